"""An actor that the world knows, and the offices that persons hold."""

from __future__ import annotations

import calendar
import datetime as dt
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

    def held_at(self, earliest: dt.date, latest: dt.date) -> bool:
        """Whether the office may have been held on one of the days from `earliest` to `latest`."""
        return self.days_from(earliest, latest) == 0

    def days_from(self, earliest: dt.date, latest: dt.date) -> int:
        """Days between the term and the days from `earliest` to `latest`; 0 where they meet."""
        since, until = _first_day(self.since), _last_day(self.until)
        return max((since - latest).days, (earliest - until).days, 0)


def _first_day(date: str | None) -> dt.date:
    if date is None:
        return dt.date.min
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def _last_day(date: str | None) -> dt.date:
    if date is None:
        return dt.date.max
    first = _first_day(date)
    if len(date) == len("2000"):
        return dt.date(first.year, 12, 31)
    if len(date) == len("2000-01"):
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


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
