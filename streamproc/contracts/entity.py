"""Actors of an article and where they are mentioned."""

from __future__ import annotations

from enum import StrEnum

from streamproc.contracts.base import Confidence, Record, Span


class ActorKind(StrEnum):
    """What sort of actor: PLOVER-like, as the annotation guidelines define them."""

    PERSON = "person"
    COUNTRY = "country"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    PARTY = "party"
    ARMED_GROUP = "armed_group"
    IPO = "ipo"
    COMPANY = "company"
    MEDIA = "media"
    POPULATION = "population"
    OFFICE = "office"
    PLACE = "place"
    OTHER = "other"


class MentionForm(StrEnum):
    """How a mention names its actor."""

    NAME = "name"
    ALIAS = "alias"
    DEMONYM = "demonym"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class EntityMention(Span):
    """One mention of an actor; `text` repeats the span so that a reader can check it."""

    text: str
    form: MentionForm
    rule: str
    """Which rule found it and tied it to its actor."""


class Role(Record):
    """An office that the actor holds or held, or that the article gives it."""

    title: str
    of: str | None = None
    """`actor_id` of the country or body in which the office is held."""
    since: str | None = None
    until: str | None = None
    contested: bool = False


class Entity(Record):
    """An actor with all its mentions in one article."""

    actor_id: str
    """Stable across articles and languages, `<kind>:<slug>`; local to the article where `named` is false."""
    kind: ActorKind
    name: str
    """Canonical name; for an actor without a name its first mention."""
    named: bool
    wikidata: str | None = None
    iso3: str | None = None
    """ISO 3166-1 alpha-3 of a country or of a government's country."""
    country: str | None = None
    """`actor_id` of the country that the actor belongs to."""
    roles: list[Role] = []
    candidates: list[str] = []
    """Where the name may mean several known actors and nothing tells which: their `actor_id`s."""
    confidence: Confidence
    mentions: list[EntityMention]
