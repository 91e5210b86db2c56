import sys
import time
import unicodedata

import pytest

from streamproc.text.unicode import clean_line, clean_text

VISIBLE_FORMAT = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize(
    "text",
    [
        "De minister overlegt.\n\n  Ingesprongen, met  twee spaties.\tTab. \n",
        " “Aanhaling” – € 5, 50\u00a0%, één, 😀, 日本, Εὐρώπη ",
        "regel\u2028regel\u2029alinea",
        "",
    ],
)
def test_clean_text_passes_unchanged(text):
    assert clean_text(text) == text


def test_text_is_composed():
    assert clean_text("coo\u0308rdinatie") == "coördinatie"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85"])
def test_line_ends_become_line_feeds(end):
    assert clean_text(f"a{end}b") == "a\nb"


def test_every_control_and_format_character_and_surrogate_is_dropped_but_tab_line_ends_and_visible_signs():
    gone = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs"}
        and chr(code) not in "\t\n\r\x0b\x0c\x85"
        and code not in VISIBLE_FORMAT
    ]
    assert len(gone) > 2000
    assert clean_text("".join(gone)) == ""
    assert all(clean_text(chr(code)) == chr(code) for code in VISIBLE_FORMAT)


def test_nothing_else_is_dropped():
    kept = "".join(
        chr(code)
        for code in range(0x20, 0x30000)
        if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cs", "Cn"}
        and unicodedata.is_normalized("NFD", chr(code))
    )
    assert sorted(clean_text(" ".join(kept))) == sorted(" ".join(kept))


def test_what_is_dropped_does_not_keep_characters_from_being_composed():
    assert clean_text("e\u200d\u0301") == "é"


def test_marks_beyond_thirty_are_cut_where_text_must_be_composed():
    cleaned = clean_text("x" + "\u0301\u0316" * 50 + "y")
    assert len(cleaned) == 1 + 30 + 1
    assert unicodedata.is_normalized("NFC", cleaned)


def test_marks_out_of_order_take_linear_time():
    start = time.perf_counter()
    clean_text("x" + "\u0301\u0316" * 250_000)
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Kop \n over\ttwee  regels ", "Kop over twee  regels"),
        ("Kop\x00\u200b", "Kop"),
        ("\n\x1b\u202e ", None),
        ("", None),
        (None, None),
    ],
)
def test_a_line_has_no_line_ends_and_no_blanks_around(text, line):
    assert clean_line(text) == line
