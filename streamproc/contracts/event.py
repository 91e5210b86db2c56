"""Events: who did what to whom, when, where, said by whom; coded after PLOVER 0.8."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import Field

from streamproc.contracts.base import SCHEMA_VERSION, Confidence, Record, Span
from streamproc.contracts.entity import ActorKind


class EventType(StrEnum):
    """The sixteen event types of PLOVER 0.8, from verbal cooperation to material conflict."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Polarity(StrEnum):
    """Whether the text says that it happened, or denies it."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How real the text says the event is; only `asserted` and `reported` events are said to have happened."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    PROPOSED = "proposed"
    NORMATIVE = "normative"


class TextSpan(Span):
    """A span that repeats its text."""

    text: str


class ActorRef(Record):
    """An actor in a role of an event."""

    actor_id: str
    name: str
    kind: ActorKind
    iso3: str | None = None
    wikidata: str | None = None
    mention: TextSpan
    """The words that the role was read from."""


class EventSentence(TextSpan):
    """The evidence: the sentence that tells of the event."""

    index: int = Field(ge=0)


class EventDate(Record):
    """When the event took place."""

    value: str
    """TIMEX3 value."""
    earliest: dt.date | None
    latest: dt.date | None
    basis: Literal["sentence", "tense", "context", "published"]
    """What the date rests on: an expression in the sentence, tense, an earlier sentence, or the publication date."""


class EventPlace(Record):
    """Where the event took place."""

    name: str
    iso3: str | None = None
    mention: TextSpan | None = None


class ArticleRef(Record):
    """The article that tells of the event."""

    article_id: str
    url: str | None
    source: str | None
    title: str | None
    language: str
    published: str | None
    """As in the article, a partial date."""


class Event(Record):
    """One event (topic `events`, key `event_id`)."""

    event_id: str
    """Hash of article, type, trigger and sentence span: a replay gives the same id."""
    type: EventType
    mode: list[str] = []
    """Modes of PLOVER, refining `type`; may be empty."""
    context: list[str] = []
    """Contexts of PLOVER: what the event is about."""
    cameo: str | None = None
    """CAMEO code of the trigger, where one fits."""
    quad_class: Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
    goldstein: float = Field(ge=-10.0, le=10.0)
    sources: list[ActorRef]
    targets: list[ActorRef]
    reciprocal: bool = False
    """A mutual act: all parties are in `sources`, none in `targets`."""
    trigger: list[TextSpan] = Field(min_length=1)
    """The words that tell of the event; more than one for a separable verb."""
    sentence: EventSentence
    date: EventDate | None = None
    place: EventPlace | None = None
    polarity: Polarity
    modality: Modality
    attribution: list[ActorRef] = []
    """Who says so, where the article does not say it itself."""
    confidence: Confidence
    rule: str
    """Id of the lexicon entry that the event was coded by."""
    article: ArticleRef
    schema_version: str = SCHEMA_VERSION
    pipeline: str
    """Version of streamproc that coded it."""
