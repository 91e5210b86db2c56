"""Sentences: where they end, where they do not, and that time is linear."""

from __future__ import annotations

import time

import pytest

from streamproc.analysis.syntax import Syntax, sentence_spans, sentences_of
from streamproc.languages import language


@pytest.fixture(scope="module")
def syntax():
    return Syntax(language("nl"))


def _sentences(syntax, text):
    return [text[start:end] for start, end in syntax.split(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Jansen en prof. Pietersen spraken mr. De Vries.", 1),
        ("J.P. Balkenende sprak met George W. Bush.", 1),
        ("Dat is d.w.z. niets. Maar o.a. Frankrijk stemde tegen.", 2),
        ("Zij eindigde als nr. 3 en won 1.500 euro.", 1),
        ("Hij werd op 3. mei herkozen.", 1),
        ("Dat gebeurde in 2019. De president trad af.", 2),
        ("Hij woont in de V.S. De president niet.", 2),
        ("De V.S. steunen het plan.", 1),
        ("Verdachte Mohammed B. De rechtbank sprak hem vrij.", 2),
        ("“Ik ga niet weg.” Dat zei Maduro.", 2),
        ("„Waarom niet?” vroeg Lavrov.", 1),
        ("Hij zei: ‘Kom!’ Toen ging hij.", 2),
        ("«Nee.» Meer wilde hij niet kwijt.", 2),
        ("Het was voorbij. 's Avonds kwam hij terug.", 2),
        ("Kwam hij? – dat vroeg iedereen zich af.", 1),
        ("Wacht eens... Nee!", 2),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(syntax, text, count):
    assert len(_sentences(syntax, text)) == count


def test_closing_quotes_belong_to_the_sentence_they_close(syntax):
    assert _sentences(syntax, "“Ik blijf.” Hij ging.") == ["“Ik blijf.”", "Hij ging."]


def test_a_heading_stands_alone_and_a_wrapped_line_does_not(syntax):
    text = "Guaidó wil terug\n\nDe oppositieleider sprak maandag in de hoofdstad met\nzijn aanhangers over de toekomst."
    assert _sentences(syntax, text) == [
        "Guaidó wil terug",
        "De oppositieleider sprak maandag in de hoofdstad met\nzijn aanhangers over de toekomst.",
    ]


def test_items_of_a_list_are_sentences(syntax):
    assert _sentences(syntax, "Er zijn twee eisen:\n- meer loon;\n- minder werk.") == [
        "Er zijn twee eisen:",
        "- meer loon;",
        "- minder werk.",
    ]


def test_sentences_exclude_the_white_space_around_them(syntax):
    doc = syntax.read(" \n Een.  Twee. \n\n")
    assert [(span.start, span.end) for span in sentences_of(doc)] == [(3, 7), (9, 14)]
    assert [span.text for span in sentence_spans(doc)] == ["Een.", "Twee."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t"])
def test_white_space_has_no_sentences(syntax, text):
    assert sentences_of(syntax.read(text)) == []


@pytest.mark.parametrize("unit", ["(", "x", ". ", "a.b.", "\n", "http://a/", "„", "A. ", "\n\n"])
def test_hostile_text_takes_linear_time(syntax, unit):
    text = (unit * 200_000)[:200_000]
    start = time.perf_counter()
    doc = syntax.read(text)
    assert doc.text == text
    assert time.perf_counter() - start < 5


def test_words_are_forgotten_after_reading(syntax):
    before = len(syntax._nlp.vocab.strings)
    with syntax.reading():
        syntax.read(" ".join(f"woord{number}" for number in range(1000)))
    assert len(syntax._nlp.vocab.strings) == before
