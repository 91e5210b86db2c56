from streamproc.analysis.names import NameSpan
from streamproc.analysis.names.vote import vote


def span(start, label, confidence):
    return NameSpan(start, start + 5, label, confidence)


def labels(spans, texts):
    return [found.label for found in vote(spans, texts)]


def test_the_label_that_most_of_the_document_gives_wins():
    spans = [span(0, "PER", 0.9), span(10, "PER", 0.8), span(20, "LOC", 0.5)]
    assert labels(spans, ["Assad"] * 3) == ["PER", "PER", "PER"]


def test_a_close_vote_changes_nothing():
    spans = [span(0, "PER", 0.9), span(10, "LOC", 0.85)]
    assert labels(spans, ["Paris", "Paris"]) == ["PER", "LOC"]


def test_other_words_do_not_vote():
    spans = [span(0, "PER", 0.9), span(10, "PER", 0.9), span(20, "LOC", 0.4)]
    assert labels(spans, ["Assad", "Assad", "Damascus"]) == ["PER", "PER", "LOC"]


def test_a_vote_leaves_offsets_and_confidence_alone():
    spans = [span(0, "PER", 0.9), span(10, "PER", 0.8), span(20, "LOC", 0.5)]
    assert vote(spans, ["Assad"] * 3)[2] == NameSpan(20, 25, "PER", 0.5)
