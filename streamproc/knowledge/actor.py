"""An actor that the world knows, and the offices that persons hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from streamproc.contracts import ActorKind


class Gender(StrEnum):
    """Which pronouns may stand for an actor; empty where that is unknown."""

    FEMALE = "f"
    MALE = "m"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A role that a person holds or held."""

    title: str
    """Language-neutral key, as in ``titles.tsv`` of a language: `president`, `foreign-minister`."""
    of: str | None
    """`actor_id` of the country or body."""
    since: str | None
    until: str | None
    """ISO 8601 dates, to the year, month or day; `until` is open where the office is held or its end not recorded."""
    contested: bool


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One actor with its names in each language."""

    actor_id: str
    kind: ActorKind
    name_by_language: dict[str, str]
    aliases: tuple[str, ...] = ()
    """Other names, in any language."""
    wikidata: str | None = None
    iso3: str | None = None
    country: str | None = None
    """`actor_id` of the country that it belongs to."""
    gender: Gender = Gender.UNKNOWN
    offices: tuple[Office, ...] = ()
    capital_by_language: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a country: capital or seat of government, which may stand for its government."""

    def name(self, language: str) -> str:
        """The name in `language`, else the English one."""
        return self.name_by_language.get(language) or self.name_by_language["en"]
