"""The days on which an article may have been published, and what an expression means over all of them.

In: `Published` (or None) and a function from a supposed publication day to a `Period`. Out: `Resolved`: an exact value
where all days agree, else a masked one with its candidates. One set of days serves a whole document: what narrows it
(its own "afgelopen zaterdag 2 maart") narrows it for every expression.

All operations of the algebra are monotone in the publication day: where its ends agree, so does all that is between
them, and where they do not, bisection finds the distinct values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from streamproc.analysis.dates.periods import DAY, OutsideCalendarError, Period, Unit
from streamproc.contracts.published import Published

MAX_CANDIDATES = 31
MAX_DAYS = 366
"""Of longer spans no day is ruled out."""
_ENOUGH_WEEKS = 3
"""Fewer days of one weekday may be a coincidence (12 February of two years)."""
_UNKNOWN_DAYS = (dt.date(1358, 2, 3), dt.date(2461, 11, 28))
"""Two days that differ in every digit: what they agree on depends on no publication day."""
_FIELD = re.compile(r"[-/T]|[^-/T]+")


@dataclass(frozen=True, slots=True)
class Worlds:
    """Supposed publication days, `first` to `last`; `known` is false where nothing is known of them."""

    first: dt.date
    last: dt.date
    known: bool

    @classmethod
    def of(cls, published: Published | None) -> Worlds:
        """The days that `published` allows."""
        if published is None:
            return cls(*_UNKNOWN_DAYS, known=False)
        return cls(published.earliest, published.latest, known=True)

    def narrowed(self, holds: Callable[[dt.date], bool]) -> Worlds:
        """The days on which `holds` is true; all days if there are none, since then the text contradicts itself."""
        if not self.known or not 0 < (self.last - self.first).days < MAX_DAYS:
            return self
        days = [day for offset in range((self.last - self.first).days + 1) if holds(day := self.first + offset * DAY)]
        return Worlds(days[0], days[-1], known=True) if days else self


Meaning = Callable[[dt.date], Period]


@dataclass(slots=True)
class Resolved:
    """What an expression means: `value` as shown, its bounds and candidates, and its meaning on each supposed day."""

    value: str
    first: dt.date | None
    last: dt.date | None
    candidates: list[str]
    sample: Period
    """Its meaning on the first supposed day."""
    depth: int = 0
    """How many expressions it hangs on, one on the other."""
    _meaning: Meaning | None = None
    _known: dict[dt.date, Period] = field(default_factory=dict)

    def at(self, day: dt.date) -> Period:
        """Its meaning if `day` is the publication day. Raises `OutsideCalendarError`."""
        if self._meaning is None:
            return self.sample
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._meaning(day)
        return found


def resolve(meaning: Meaning, worlds: Worlds, depth: int = 0) -> Resolved | None:
    """What `meaning` says over `worlds`; None where there is no such time on any of its days."""
    known: dict[dt.date, Period] = {}

    def at(day: dt.date) -> Period:
        if day not in known:
            known[day] = meaning(day)
        return known[day]

    try:
        first, last = at(worlds.first), at(worlds.last)
    except OutsideCalendarError:
        return None
    if first == last:
        return Resolved(first.value, first.first, first.last, [], first, depth)
    if not worlds.known:
        return Resolved(_mask([first, last]), None, None, [], first, depth, meaning, known)
    if first.value == last.value:
        return Resolved(first.value, first.first, last.last, [], first, depth, meaning, known)
    try:
        distinct = _distinct(at, worlds)
    except OutsideCalendarError:
        return None
    values = list(dict.fromkeys(period.value for period in distinct))
    candidates = values if len(values) <= MAX_CANDIDATES else []
    return Resolved(
        _weekday_mask(distinct) or _mask(distinct), first.first, last.last, candidates, first, depth, meaning, known
    )


def _distinct(at: Meaning, worlds: Worlds) -> list[Period]:
    """The meanings in the order of the days; more than `MAX_CANDIDATES` are not looked for."""
    length = (worlds.last - worlds.first).days
    if length > MAX_CANDIDATES:
        probes = [at(worlds.first + length * step // MAX_CANDIDATES * DAY) for step in range(MAX_CANDIDATES + 1)]
        if len({probe.value for probe in probes}) == len(probes):
            return probes
    found: list[Period] = [at(worlds.first)]
    pending = [(worlds.first, worlds.last)]
    while pending and len(found) <= MAX_CANDIDATES:
        low, high = pending.pop()
        if at(low).value == at(high).value:
            continue
        if (high - low).days == 1:
            found.append(at(high))
            continue
        middle = low + (high - low) // 2
        pending += [(middle, high), (low, middle)]
    if len(found) > MAX_CANDIDATES:
        found.append(at(worlds.last))
    return found


def _weekday_mask(periods: list[Period]) -> str | None:
    """The mask of a weekday, where all are days of the same one: the day after an unknown Saturday is a Sunday."""
    weekdays = {period.first.isoweekday() for period in periods if period.first and period.unit is Unit.DAY}
    tails = {period.value.partition("T")[2] for period in periods}
    if len(periods) < _ENOUGH_WEEKS or len(weekdays) != 1 or len(tails) != 1 or periods[0].unit is not Unit.DAY:
        return None
    tail = tails.pop()
    return f"XXXX-WXX-{weekdays.pop()}" + (f"T{tail}" if tail else "")


def _mask(periods: list[Period]) -> str:
    """One value for several: that of their masks where these agree, else what they have in common, the rest as X."""
    masks = {period.mask for period in periods}
    if len(masks) == 1 and (mask := masks.pop()):
        return mask
    rows = [_FIELD.findall(period.value) for period in periods]
    if len({len(row) for row in rows}) > 1:
        return "X" * 4
    return "".join(_common(column) for column in zip(*rows, strict=True))


def _common(column: tuple[str, ...]) -> str:
    if len(set(column)) == 1:
        return column[0]
    letters = column[0].rstrip("0123456789") if not column[0].isalpha() else ""
    if not all(value.startswith(letters) for value in column):
        letters = ""
    return letters + "X" * (len(column[0]) - len(letters))
