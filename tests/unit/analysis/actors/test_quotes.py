"""Quotations: where they begin and end."""

from __future__ import annotations

import pytest

from streamproc.analysis.actors.quotes import quote_at, read_quotes
from streamproc.analysis.actors.words import read_words


@pytest.mark.parametrize("marks", ["„”", "“”", "«»", '""', "‘’"])
def test_a_quotation_runs_from_mark_to_mark(marks):
    text = f"Hij zei: {marks[0]}Ik ga nu{marks[1]} en ging."
    words = read_words(text, [(0, len(text))])
    (quote,) = read_quotes(words)
    assert words.text[quote.first : quote.last] == (marks[0], "Ik", "ga", "nu", marks[1])
    assert quote_at(quote.first + 1, [quote]) is quote
    assert quote_at(quote.last, [quote]) is None


def test_a_quotation_that_is_never_closed_is_none():
    text = "„Ik ga."
    assert read_quotes(read_words(text, [(0, len(text))])) == []
