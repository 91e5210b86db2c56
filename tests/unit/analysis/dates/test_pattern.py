from __future__ import annotations

import pytest

from streamproc.analysis.dates.pattern import Element, expand


def _plain(pattern):
    return sorted(" ".join(element.symbol for element in sequence.elements) for sequence in expand(pattern))


def test_choices_and_options_are_expanded():
    assert _plain("(de|het)? <unit> (a b|c)?") == sorted(
        [
            "<unit>",
            "<unit> a b",
            "<unit> c",
            "de <unit>",
            "de <unit> a b",
            "de <unit> c",
            "het <unit>",
            "het <unit> a b",
            "het <unit> c",
        ]
    )


def test_a_class_captures_under_one_or_more_names():
    [sequence] = expand("<weekday_part:w,p> <day:d>")
    assert sequence.elements == (Element("<weekday_part>", ("w", "p")), Element("<day>", ("d",)))
    assert sequence.captures == {"w", "p", "d"}


def test_brackets_enclose_what_is_tagged():
    [sequence] = expand("in [<year:y>] en")
    assert (sequence.first, sequence.last) == (1, 2)


def test_a_backslash_makes_a_mark_literal():
    assert _plain(r"a \( b \)") == ["a ( b )"]


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "(a",
        "a)",
        "a b)",
        "<Upper>",
        "<open",
        "(a|b",
        "[ ]",
        "a? b?",
        "(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)",
        "a " * 20,
    ],
)
def test_a_bad_pattern_is_an_error(pattern):
    with pytest.raises(ValueError, match="pattern"):
        expand(pattern)
