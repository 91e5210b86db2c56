"""Sentences with their actors marked, coded by the Dutch coder."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import streamproc.languages.nl
from streamproc.analysis.events import EventCoder
from streamproc.analysis.events.sentence import Sentence, sentences
from streamproc.contracts import Published
from streamproc.contracts.entity import Entity, EntityMention
from streamproc.contracts.event import Event
from streamproc.contracts.timex import Timex
from streamproc.text.article import CleanArticle

FOLDER = Path(streamproc.languages.nl.__file__).parent / "events"
MARK = re.compile(r"\{([^}|]+)(?:\|(\w+))?(?:\|(\w+))?\}|<([^>|]+)\|([^>]+)>|([^{<]+)")

Tell = Callable[..., list[Event]]


class Marked:
    """A text with actors as `{words|form|kind}` and dates as `<words|value>`; sentences end at line breaks."""

    def __init__(self, marked: str) -> None:
        self.text, self.dates = "", []
        mentions: dict[str, list[EntityMention]] = {}
        kinds: dict[str, str] = {}
        for match in MARK.finditer(marked):
            actor, form, kind, date, value, plain = match.groups()
            start = len(self.text)
            self.text += actor or date or plain
            end = len(self.text)
            if actor:
                mention = EntityMention(start=start, end=end, text=actor, form=form or "name", rule="test")
                mentions.setdefault(actor.casefold(), []).append(mention)
                kinds.setdefault(actor.casefold(), kind or "country")
            elif date:
                self.dates.append(_timex(start, end, date, value))
        self.entities = [
            Entity(actor_id=key, kind=kinds[key], name=found[0].text, named=True, confidence=1.0, mentions=found)
            for key, found in mentions.items()
        ]


def _timex(start: int, end: int, text: str, value: str) -> Timex:
    kind = "DURATION" if value.startswith("P") and value[1:2].isdigit() else "DATE"
    day = dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    return Timex(
        start=start, end=end, text=text, type=kind, value=value, earliest=day, latest=day, precision="day", rule="test",
        confidence=1.0,
    )  # fmt: skip


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.blank("nl")


@pytest.fixture(scope="session")
def coder() -> EventCoder:
    return EventCoder(FOLDER)


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


def _doc(nlp: Language, text: str) -> spacy.tokens.Doc:
    doc = nlp(text)
    for token in doc:
        token.is_sent_start = token.i == 0 or "\n" in doc[token.i - 1].text_with_ws
    return doc


@pytest.fixture(scope="session")
def tell(nlp: Language, coder: EventCoder) -> Tell:
    """Codes a marked text published on 10 March 2019."""

    def run(marked: str) -> list[Event]:
        parsed = Marked(marked)
        day = dt.date(2019, 3, 10)
        published = Published(value="2019-03-10", precision="day", earliest=day, latest=day)
        article = CleanArticle(
            article_id="test", text=parsed.text, language="nl", language_confidence=1.0, published=published
        )
        return coder.code(_doc(nlp, parsed.text), article, parsed.entities, parsed.dates)

    return run


@pytest.fixture(scope="session")
def sentence_of(nlp: Language, coder: EventCoder) -> Callable[[str], Sentence]:
    """The only sentence of a marked text."""

    def run(marked: str) -> Sentence:
        parsed = Marked(marked)
        doc = _doc(nlp, parsed.text)
        return next(iter(sentences(doc, parsed.entities, coder.verbs, coder.grammar.prepositions)))

    return run
