import pytest
import spacy

from training.names.treebank import read_treebank

NLP = spacy.blank("nl")
CONLLU = """# sent_id = doc1.p.1.s.1
1\tIn\tin\tADP\t_\t_\t2\tcase\t_\t_
2\tParijs\tParijs\tPROPN\t_\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# sent_id = doc1.p.1.s.2
1\tNiets\tniets\tPRON\t_\t_\t0\troot\t_\t_

"""


def write(folder, text):
    (folder / "x.conllu").write_text(CONLLU, encoding="utf-8")
    (folder / "nl-ud-ne.tsv").write_text(
        f"file\tsent_id\tstart\tend\tlabel\ttext\nx.conllu\tdoc1.p.1.s.1\t2\t2\tLOC\t{text}\n", encoding="utf-8"
    )
    (folder / "nl-ud-sentences.tsv").write_text(
        "file\tsent_id\ttokens\tspans\nx.conllu\tdoc1.p.1.s.1\t3\t1\nx.conllu\tdoc1.p.1.s.2\t1\t0\n", encoding="utf-8"
    )


def test_sentences_of_an_article_become_one_document(tmp_path):
    write(tmp_path, "Parijs")
    (document,) = read_treebank(tmp_path, tmp_path, NLP)
    assert [sentence.words for sentence in document.sentences] == [("In", "Parijs", "."), ("Niets",)]
    assert document.sentences[0].tags == ("O", "B-LOC", "O")


def test_an_annotation_of_other_words_is_refused(tmp_path):
    write(tmp_path, "Londen")
    with pytest.raises(ValueError, match="Londen"):
        read_treebank(tmp_path, tmp_path, NLP)
