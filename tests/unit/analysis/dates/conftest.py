"""A tagger for Dutch, and documents with sentence starts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import streamproc.languages.nl
from streamproc.analysis.dates import DateTagger
from streamproc.contracts.published import DatePrecision, Published
from streamproc.contracts.timex import Timex

DUTCH = Path(streamproc.languages.nl.__path__[0]) / "dates"

Tag = Callable[..., list[Timex]]


def published_on(value: str | None) -> Published | None:
    """`Published` of a year, month or day."""
    if value is None:
        return None
    numbers = [int(part) for part in value[:10].split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else None
    if len(numbers) == 3:
        day = dt.date(*numbers)
        return Published(value=value, precision=DatePrecision.DAY, earliest=day, latest=day)
    first = dt.date(year, month or 1, 1)
    last = dt.date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return Published(
        value=value, precision=DatePrecision.MONTH if month else DatePrecision.YEAR, earliest=first, latest=last
    )


@pytest.fixture(scope="session", name="published_on")
def published_on_fixture() -> Callable[[str | None], Published | None]:
    return published_on


@pytest.fixture(scope="session")
def tagger() -> DateTagger:
    return DateTagger(DUTCH)


@pytest.fixture(scope="session")
def make_doc() -> Callable[[str], Doc]:
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def tag(tagger, make_doc) -> Tag:
    def tag_text(text: str, published: str | None = None) -> list[Timex]:
        return tagger.tag(make_doc(text), published_on(published))

    return tag_text
