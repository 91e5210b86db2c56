import pytest
import spacy

from training.names.inline import read_inline

NLP = spacy.blank("nl")


def read(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return read_inline(tmp_path, NLP)


def test_marks_become_tags(tmp_path):
    (document,) = read(tmp_path, "# no text\n[Piraeus Bank|ORG] sloot. | In [Athene|LOC]!\n")
    first, second = document.sentences
    assert (first.words, second.words) == (("Piraeus", "Bank", "sloot", "."), ("In", "Athene", "!"))
    assert [sentence.tags for sentence in document.sentences] == [("B-ORG", "I-ORG", "O", "O"), ("O", "B-LOC", "O")]


@pytest.mark.parametrize("line", ["[Athene|STAD] brandt.", "[Athene LOC] brandt.", "Athene|LOC] brandt."])
def test_a_wrong_mark_is_refused(tmp_path, line):
    with pytest.raises(ValueError, match="Athene"):
        read(tmp_path, line)
