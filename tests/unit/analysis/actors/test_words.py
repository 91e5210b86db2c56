"""Words as names need them."""

from __future__ import annotations

import pytest

from streamproc.analysis.actors.words import read_words, split_words


@pytest.mark.parametrize(
    "word", ["N-VA", "CD&V", "sp.a", "V.S.", "Houthi's", "PvdA'er", "J.P.", "VN-Veiligheidsraad", "NU.nl"]
)
def test_a_name_with_marks_inside_is_one_word(word):
    assert split_words(word) == (word,)


def test_marks_around_a_word_are_words_of_their_own():
    assert split_words("(„Nee”, zei hij.)") == ("(", "„", "Nee", "”", ",", "zei", "hij", ".", ")")


def test_the_first_word_of_a_sentence_and_of_a_quotation_opens():
    text = "De man zei: „Nee.” Toen ging hij."
    words = read_words(text, [(0, 18), (19, 33)])
    assert [word for word, opens in zip(words.text, words.opens, strict=True) if opens] == ["De", "„", "Nee", "Toen"]


def test_offsets_are_code_points_of_the_text():
    text = "👍 Renée kwam."
    words = read_words(text, [(0, len(text))])
    assert [text[start:end] for start, end in zip(words.start, words.end, strict=True)] == list(words.text)
