from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import streamproc.languages
from streamproc.analysis.parsing import UNPARSED, Parser
from streamproc.errors import ConfigurationError

MODEL = Path(streamproc.languages.__file__).parent / "nl" / "syntax"
VOCAB = spacy.blank("nl").vocab

SENTENCES = (
    "Rusland riep donderdag zijn ambassadeur terug .",
    "De betogers werden door de politie aangehouden .",
    "De minister lost het probleem morgen op .",
)


@pytest.fixture(scope="module")
def parser():
    return Parser(MODEL)


def document(*sentences):
    words = [word for sentence in sentences for word in sentence.split(" ")]
    starts = [index == 0 for sentence in sentences for index in range(len(sentence.split(" ")))]
    return Doc(VOCAB, words=words, sent_starts=starts)


def annotation(doc):
    return [(t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.dep_, t.head.i) for t in doc]


def word(doc, text):
    return next(token for token in doc if token.text == text)


def test_a_parsed_sentence_has_tags_features_lemmas_and_a_tree(parser):
    doc = document(*SENTENCES)
    parser.parse(doc, [0])
    assert (word(doc, "Rusland").dep_, word(doc, "Rusland").head.text) == ("nsubj", "riep")
    assert (word(doc, "ambassadeur").dep_, word(doc, "ambassadeur").head.text) == ("obj", "riep")
    assert word(doc, "riep").dep_ == "ROOT"
    assert word(doc, "riep").pos_ == "VERB"
    assert word(doc, "riep").morph.get("Tense") == ["Past"]
    assert word(doc, "riep").tag_.startswith("WW|pv|verl")


def test_a_verb_is_joined_with_its_particle(parser):
    doc = document(*SENTENCES)
    parser.parse(doc, [0, 2])
    assert word(doc, "riep").lemma_ == "terugroepen"
    assert word(doc, "lost").lemma_ == "oplossen"


def test_the_agent_of_a_passive_is_found(parser):
    doc = document(*SENTENCES)
    parser.parse(doc, [1])
    assert word(doc, "politie").dep_ == "obl:agent"
    assert word(doc, "betogers").dep_ == "nsubj:pass"


def test_only_the_named_sentences_are_parsed(parser):
    doc = document(*SENTENCES)
    parser.parse(doc, [1])
    first, second, third = doc.sents
    assert {token.dep_ for token in (*first, *third)} == {UNPARSED}
    assert UNPARSED not in {token.dep_ for token in second}
    assert {token.pos for token in (*first, *third)} == {0}


@pytest.mark.parametrize("sentences", [[], [0], [2, 0], [0, 1, 2]])
def test_sentences_stay_as_they_were(parser, sentences):
    doc = document(*SENTENCES)
    before = [(span.start, span.end) for span in doc.sents]
    parser.parse(doc, sentences)
    assert [(span.start, span.end) for span in doc.sents] == before


def test_every_sentence_is_one_tree_even_of_nonsense(parser):
    doc = document("? ! , . ; : ( )", "de de de de", "a", "en of maar want", "ja nee misschien . nee ja")
    parser.parse(doc, range(5))
    for sentence in doc.sents:
        assert len([token for token in sentence if token.head == token]) == 1
        assert all(token.head in sentence for token in sentence)


def test_a_sentence_is_parsed_alike_with_and_without_others(parser):
    alone, among = document(*SENTENCES), document(*SENTENCES)
    parser.parse(alone, [1])
    parser.parse(among, [0, 1, 2])
    assert annotation(list(alone.sents)[1]) == annotation(list(among.sents)[1])


def test_parsing_twice_gives_the_same(parser):
    once, twice = document(*SENTENCES), document(*SENTENCES)
    parser.parse(once, [0, 1, 2])
    parser.parse(twice, [0, 1, 2])
    assert annotation(once) == annotation(twice)
    parser.parse(twice, [0, 1, 2])
    assert annotation(once) == annotation(twice)


def test_white_space_is_no_part_of_the_tree(parser):
    plain = document("Rusland riep zijn ambassadeur terug .")
    words = ["Rusland", " ", "riep", "\n", "zijn", "ambassadeur", "terug", ".", "\n\n"]
    spaced = Doc(VOCAB, words=words, sent_starts=[True] + [False] * 8)
    parser.parse(plain, [0])
    parser.parse(spaced, [0])
    solid = [token for token in spaced if not token.is_space]
    assert [t.dep_ for t in solid] == [t.dep_ for t in plain]
    assert [t.head.text for t in solid] == [t.head.text for t in plain]
    assert {t.dep_ for t in spaced if t.is_space} == {UNPARSED}
    assert {t.head.text for t in spaced if t.is_space} == {"riep"}


def test_a_sentence_of_white_space_is_left_alone(parser):
    doc = Doc(VOCAB, words=["\n", "Ja", "."], sent_starts=[True, True, False])
    parser.parse(doc, [0, 1])
    assert doc[0].dep_ == UNPARSED
    assert [span.text for span in doc.sents] == ["\n", "Ja ."]


def test_an_endless_sentence_is_parsed_as_one_tree(parser):
    doc = Doc(VOCAB, words=["woord", ","] * 700, sent_starts=[True] + [False] * 1399)
    parser.parse(doc, [0])
    assert len(list(doc.sents)) == 1
    assert UNPARSED not in {token.dep_ for token in doc}


def test_the_vocabulary_of_the_pipeline_does_not_grow_with_the_words_of_the_text(parser):
    parser.parse(document(*SENTENCES), [0, 1, 2])
    before = len(parser._nlp.vocab.strings)
    for number in range(50):
        parser.parse(document(f"Zomaarwoord{number} riep iets{number} ."), [0])
    assert len(parser._nlp.vocab.strings) == before


def test_a_sentence_that_is_not_there_is_an_error(parser):
    with pytest.raises(IndexError):
        parser.parse(document("Ja ."), [1])


def test_a_missing_pipeline_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError, match="no_such_package"):
        Parser("no_such_package")
    with pytest.raises(ConfigurationError, match="cannot load"):
        Parser(tmp_path)


def test_a_pipeline_without_a_parser_is_a_configuration_error(tmp_path):
    spacy.blank("nl").to_disk(tmp_path)
    with pytest.raises(ConfigurationError, match="has no parser"):
        Parser(tmp_path)


def test_the_pipeline_has_no_pickle():
    suffixes = {path.suffix for path in MODEL.rglob("*") if path.is_file()}
    assert not suffixes & {".pkl", ".pickle"}
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 8_000_000
