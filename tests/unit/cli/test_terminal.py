"""Hostile text on the terminal."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from streamproc.cli.terminal import counted, printable, printable_lines, shortened, styled

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)


@given(ANY_TEXT)
def test_nothing_that_a_terminal_obeys_is_left(text):
    assert printable(text).isprintable()


@given(ANY_TEXT)
def test_of_several_lines_only_breaks_and_tabs_are_left(text):
    assert all(line.replace("\t", "").isprintable() for line in printable_lines(text).split("\n"))


@given(ANY_TEXT, st.integers(min_value=2, max_value=50))
def test_a_shortened_text_is_no_longer_than_asked(text, most):
    assert len(shortened(text, most)) <= most


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sergej Lavrov", "Sergej Lavrov"),
        ("Curaçao en België", "Curaçao en België"),
        ("een\n\ntwee\tdrie", "een twee drie"),
        ("\x1b[2Jweg", "\\x1b[2Jweg"),
        ("\x9b31mrood", "\\x9b31mrood"),
        ("om\u202egekeerd", "om\\u202egekeerd"),
        ("nul\x00", "nul\\x00"),
        ("half \ud800", "half \\ud800"),
    ],
)
def test_what_is_not_plain_to_see_is_an_escape(text, expected):
    assert printable(text) == expected


def test_markup_of_rich_in_an_article_is_text():
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="truecolor", width=80).print(styled("[red]x[/red] [link=y]"))
    assert out.getvalue() == "[red]x[/red] [link=y]\n"


def test_a_text_is_cut_at_a_word():
    assert shortened("Rusland is bereid tot overleg", 20) == "Rusland is bereid…"


def test_a_count_agrees_with_its_noun():
    assert [counted(number, "article") for number in (0, 1, 1204)] == ["0 articles", "1 article", "1,204 articles"]
