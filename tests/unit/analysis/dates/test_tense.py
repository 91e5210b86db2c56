from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

import streamproc.languages.nl
from streamproc.analysis.dates.recurrence import Direction
from streamproc.analysis.dates.tense import TenseTeller
from streamproc.analysis.dates.tokens import tokenise

TELLER = TenseTeller.load(Path(streamproc.languages.nl.__path__[0]) / "dates" / "tense.yaml")


def _direction(text, make_doc):
    before, _, rest = text.partition("[")
    expression, _, after = rest.partition("]")
    tokens = tokenise(before + expression + after)
    first = tokens.index_at(len(before))
    last = tokens.index_at(len(before) + len(expression))
    return TELLER.direction(tokens, (0, len(tokens)), (first, last), make_doc(tokens.text))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Dat zei hij [zondag].", Direction.PAST),
        ("De man is [zondag] aangehouden.", Direction.PAST),
        ("Hij heeft [zondag] het parlement ontbonden.", Direction.PAST),
        ("Dat meldt het persbureau [zondag].", Direction.PAST),
        ("Een tirade, [zaterdag] afgestoken door de voorzitter, was gericht tegen hem.", Direction.PAST),
        ("De bonden zeiden dat zij [vrijdag] staken.", Direction.AHEAD),
        ("Hij wil [maandag] terugkeren.", Direction.FUTURE),
        ("De wil van de kanselier werd [maandag] gebroken.", Direction.PAST),
        ("[Woensdag] rijden de boeren opnieuw.", Direction.AHEAD),
        ("De top beraadt zich [dinsdag].", Direction.AHEAD),
        ("De brug is [dinsdag] dicht.", Direction.AHEAD),
        ("De brug wordt [dinsdag] gesloten.", Direction.AHEAD),
        ("De Kamer wordt [maandag] ontbonden.", Direction.AHEAD),
        ("De Kamer zal [maandag] worden ontbonden.", Direction.FUTURE),
        ("De ministers ontbonden [maandag] de Kamer.", Direction.PAST),
        ("Hij zit sinds [mei] vast.", Direction.BEGUN),
        ("Met ingang van [zaterdag] gold het verbod.", Direction.FUTURE),
        ("De raad van [zondag].", Direction.NEAR),
    ],
)
def test_the_clause_tells_the_direction(text, direction, make_doc):
    assert _direction(text, make_doc) == direction


def test_the_morphology_of_the_document_is_heard_before_the_lexicon(make_doc):
    text = "Zij plixten zondag het akkoord."
    words = ["Zij", "plixten", "zondag", "het", "akkoord", "."]
    vocab = make_doc("").vocab
    doc = Doc(
        vocab,
        words,
        spaces=[True, True, True, True, False, False],
        morphs=["", "VerbForm=Fin|Tense=Past", "", "", "", ""],
    )
    tokens = tokenise(text)
    assert TELLER.direction(tokens, (0, 6), (2, 3), doc) == Direction.PAST
