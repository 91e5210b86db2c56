import pytest

from streamproc.analysis.names.clusters import WordClass
from streamproc.analysis.names.features import FeatureExtractor, shape
from streamproc.analysis.names.gazetteer import Gazetteer


@pytest.fixture
def extractor():
    gazetteer = Gazetteer({"Den Haag": "place"}, {"Den": 2}, {"Angela": "first"})
    return FeatureExtractor(gazetteer, {"haag": WordClass("17", "3")}, frozenset({"den"}))


def features(extractor, words):
    return extractor.features(words, extractor.context([words]))


def test_a_shape_keeps_the_kinds_of_letters():
    assert [shape(word) for word in ("Brussel", "EU", "F-16", "D66", "'s")] == ["Xxxx", "XX", "X-dd", "Xdd", "'x"]


def test_a_listed_name_marks_its_words_and_their_neighbours(extractor):
    rows = features(extractor, ["in", "Den", "Haag"])
    assert b"GB2place" in rows[1]
    assert b"GI2place" in rows[2]
    assert b"+GB2place" in rows[0]


def test_a_capital_on_a_common_word_is_told(extractor):
    assert b"k=-c" in features(extractor, ["Den"])[0]
    assert b"k=3" in features(extractor, ["Haag"])[0]


def test_words_in_quotes_are_told(extractor):
    rows = features(extractor, ["het", "„", "Boek", "”", "ligt"])
    assert [b"Q" in row for row in rows] == [False, False, True, False, False]


def test_memory_is_bounded(extractor):
    for start in range(0, 120_000, 1000):
        words = [f"woord{number}" for number in range(start, start + 1000)]
        features(extractor, words)
    assert len(extractor._memory) <= 60_000


def test_the_letters_of_a_very_long_word_do_not_fill_the_memory(extractor):
    row = features(extractor, ["x" * 100_000])[0]
    assert max(map(len, row)) < 200
