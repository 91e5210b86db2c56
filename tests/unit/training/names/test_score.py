import gzip

from training.names.conll import read_conll
from training.names.score import Tally


def test_a_name_counts_where_span_and_label_agree():
    tally = Tally()
    tally.add({(0, 5, "PER"), (7, 9, "LOC")}, {(0, 5, "PER"), (7, 9, "ORG"), (11, 12, "ORG")})
    assert (tally.precision(), tally.recall()) == (1 / 2, 1 / 3)
    assert tally.f1() == 2 / 5
    assert tally.f1("PER") == 1


def test_merged_tallies_count_both():
    one, other = Tally(), Tally()
    one.add({(0, 5, "PER")}, {(0, 5, "PER")})
    other.add(set(), {(0, 5, "PER")})
    one.merge(other)
    assert (one.precision(), one.recall()) == (1, 1 / 2)


def test_a_conll_file_is_split_at_document_marks(tmp_path):
    path = tmp_path / "ned.gz"
    path.write_bytes(
        gzip.compress(
            "-DOCSTART- -DOCSTART- O\nIn Prep O\nCaliforni\xeb N I-LOC\n\n-DOCSTART- X O\nEen Art O\n".encode("latin-1")
        )
    )
    documents = read_conll(path)
    assert [document.sentences[0].words for document in documents] == [("In", "Californië"), ("Een",)]
    assert documents[0].sentences[0].tags == ("O", "B-LOC")
