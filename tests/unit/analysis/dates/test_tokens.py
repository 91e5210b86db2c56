from __future__ import annotations

import pytest

from streamproc.analysis.dates.tokens import MAX_WORD, sentence_ranges, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Om 15.30 uur", ["om", "15.30", "uur"]),
        ("’s Avonds laat", ["'s", "avonds", "laat"]),
        ("3/3/'19 t/m 03-03-2019", ["3/3/'19", "t", "/", "m", "03-03-2019"]),
        ("de 19e eeuw", ["de", "19", "e", "eeuw"]),
        ("jaren ’80", ["jaren", "'80"]),
        ("de 45-jarige", ["de", "45-jarige"]),
        ("18u30", ["18", "u", "30"]),
        ("zo'n week", ["zo'n", "week"]),
        ("(2018)", ["(", "2018", ")"]),
        ("", []),
    ],
)
def test_tokens_are_folded_words_and_numbers(text, words):
    assert tokenise(text).words == words


def test_offsets_point_into_the_text():
    tokens = tokenise("Op  3\nmei")
    assert [tokens.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == ["Op", "3", "mei"]


def test_a_token_of_absurd_length_is_no_word():
    assert tokenise("a" * (MAX_WORD + 1)).words == [""]


def test_sentences_are_ranges_of_tokens_and_empty_ones_are_left_out():
    text = "Een dag. Twee."
    tokens = tokenise(text)
    assert sentence_ranges(tokens, [(0, 8), (8, 8), (9, 14)]) == [(0, 3), (3, 5)]


def test_a_blank_line_ends_a_sentence():
    text = "Kop in mei\n \n2018 was lang. Einde.\n\n"
    tokens = tokenise(text)
    assert sentence_ranges(tokens, [(0, 27), (28, len(text))]) == [(0, 3), (3, 7), (7, 9)]
