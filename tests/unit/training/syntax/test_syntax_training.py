import gzip

import pytest
import spacy
from spacy.tokens import Doc

from training.syntax import corpus
from training.syntax.conllu import Word, read_sentences, text_of
from training.syntax.lemmas import VERBS, learn
from training.syntax.mend import Mender, attach_punctuation

GOLD = """# text = Hij wachtte op de trein.
1\tHij\thij\tPRON\tVNW\tPerson=3\t2\tnsubj\t_\t_
2\twachtte\twachten\tVERB\tWW|pv\tVerbForm=Fin\t0\troot\t_\t_
3\top\top\tADP\tVZ\t_\t5\tcase\t_\t_
4\tde\tde\tDET\tLID\t_\t5\tdet\t_\t_
5\ttrein\ttrein\tNOUN\tN\tNumber=Sing\t2\tobl:arg\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\tLET\t_\t2\tpunct\t_\t_

"""


def sentence(*rows):
    """Words of rows "form upos head label"; heads from 1, 0 for the root."""
    words = []
    for index, row in enumerate(rows):
        form, upos, head, label = row.split()
        number = int(head) - 1
        is_root = number < 0
        words.append(Word(form, "", upos.strip("_"), "", "", index if is_root else number, label, True))
    return tuple(words)


def labels(words):
    return [word.deprel for word in words]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.conllu.gz"
    path.write_bytes(gzip.compress(GOLD.encode()))
    return read_sentences(path)


def test_a_sentence_is_read_with_heads_from_nought_and_the_root_on_itself(gold):
    (words,) = gold
    assert [word.head for word in words] == [1, 1, 4, 4, 1, 1]
    assert words[1].deprel == "ROOT"
    assert [word.space_after for word in words] == [True, True, True, True, False, True]
    assert text_of(words) == "hijwachtteopdetrein."


def test_a_line_of_too_few_columns_is_an_error(tmp_path):
    path = tmp_path / "bad.conllu.gz"
    path.write_bytes(gzip.compress(b"1\tHij\n\n"))
    with pytest.raises(ValueError, match="expected 10 columns"):
        read_sentences(path)


def test_the_seams_of_compounds_go(tmp_path):
    path = tmp_path / "seams.conllu.gz"
    path.write_bytes(gzip.compress(GOLD.replace("trein\ttrein", "trein\tsnel_trein").encode()))
    assert read_sentences(path)[0][4].lemma == "sneltrein"


def test_a_coordinator_belongs_to_the_conjunct_after_it():
    words = sentence("appels NOUN 0 ROOT", "en CCONJ 1 cc:preconj", "peren NOUN 1 conj")
    mended = Mender([]).mend(words)
    assert (mended[1].deprel, mended[1].head) == ("cc", 2)


def test_a_coordinator_that_opens_the_sentence_is_a_mark():
    mended = Mender([]).mend(sentence("Maar CCONJ 3 cc", "hij PRON 3 nsubj", "kwam _ 0 ROOT"))
    assert labels(mended) == ["mark", "nsubj", "ROOT"]


def test_an_adverb_of_a_noun_is_amod_but_not_of_a_predicate():
    of_a_noun = sentence("ook _ 2 advmod", "Rusland PROPN 3 nsubj", "kwam _ 0 ROOT")
    of_a_predicate = sentence("ook _ 3 advmod", "is _ 3 cop", "lid NOUN 0 ROOT")
    assert labels(Mender([]).mend(of_a_noun))[0] == "amod"
    assert labels(Mender([]).mend(of_a_predicate))[0] == "advmod"


def test_an_argument_stays_one_where_gold_has_its_verb_with_its_preposition(gold):
    waits = sentence("wachtte _ 0 ROOT", "op ADP 3 case", "hulp NOUN 1 obl:arg")
    walks = sentence("liep _ 0 ROOT", "naar ADP 3 case", "huis NOUN 1 obl:arg")
    mender = Mender(gold)
    assert labels(mender.mend(waits))[2] == "obl:arg"
    assert labels(mender.mend(walks))[2] == "obl"


def test_a_tree_with_a_conjunct_on_the_wrong_side_is_left_out():
    assert Mender([]).mend(sentence("peren NOUN 2 conj", "appels NOUN 0 ROOT")) is None


def test_a_comma_belongs_to_the_clause_that_it_opens_and_a_bracket_to_its_partner():
    words = sentence(
        "Hij PRON 2 nsubj",
        "zei _ 0 ROOT",
        ", PUNCT 2 punct",
        "dat _ 6 mark",
        "hij PRON 6 nsubj",
        "kwam _ 2 ccomp",
        "( PUNCT 2 punct",
        "nu _ 6 advmod",
        ") PUNCT 2 punct",
        ". PUNCT 6 punct",
    )
    heads = [word.head for word in attach_punctuation(words)]
    assert heads[2] == 5
    assert heads[6] == heads[8]
    assert heads[9] == 1


def test_no_sentence_of_the_test_set_is_in_another_part(tmp_path):
    other = GOLD.replace("trein", "bus")
    many = "".join(GOLD.replace("trein", f"trein{n}") for n in range(40))
    contents = {corpus.NEWS: GOLD + many, corpus.TEST: GOLD, corpus.CONVERTED: GOLD + other}
    for name in (corpus.NEWS, corpus.TEST, corpus.CONVERTED, *corpus.ENCYCLOPEDIA):
        (tmp_path / name).write_bytes(gzip.compress(contents.get(name, many + other).encode()))
    parts = corpus.read_corpus(tmp_path)
    texts = [{text_of(s) for s in part} for part in (parts.test, parts.held_out, (*parts.gold, *parts.converted))]
    assert len(parts.test) == 1
    assert all(texts)
    assert not texts[0] & texts[1]
    assert not (texts[0] | texts[1]) & texts[2]


def test_words_without_tags_are_missing_values():
    doc = corpus.to_doc(spacy.blank("nl").vocab, sentence("Hij PRON 2 nsubj", "kwam _ 0 ROOT"))
    assert isinstance(doc, Doc)
    assert not doc.has_annotation("TAG")
    assert doc.has_annotation("DEP")


def test_what_the_treebank_says_of_a_word_is_learned(gold):
    tables = learn(gold)
    assert tables.endings
    assert ("VERB.Fin", "wachtte") not in tables.exceptions or tables.exceptions["VERB.Fin", "wachtte"] == "wachten"


def test_every_list_of_verbs_is_well_formed():
    for path in VERBS:
        assert learn([], [path]).endings


def test_a_malformed_list_of_verbs_is_an_error(tmp_path):
    path = tmp_path / "verbs.tsv"
    path.write_text("infinitive\tstem\nlopen\tloop\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected an infinitive"):
        learn([], [path])
