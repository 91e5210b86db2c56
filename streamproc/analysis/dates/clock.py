"""Parts of the day and times of the clock.

In: the period on whose first day they are. Out: that day with a part of the day or a clock time, or
`OutsideCalendarError`.
"""

from __future__ import annotations

from dataclasses import replace

from streamproc.analysis.dates.periods import OutsideCalendarError, Period, add_days, day_period
from streamproc.analysis.dates.recurrence import Direction

PARTS = frozenset({"MO", "MI", "AF", "EV", "NI"})
"""Parts of the day: morning, midday, afternoon, evening, night."""
_NOON = 12
_MIDNIGHT = 24
_MINUTES = 60
_SPOKEN_AFTERNOON = 7
"""Spoken hours before this one, without a part of the day, are taken to be of the afternoon."""


def part(period: Period, name: str) -> Period:
    """A part of the first day of `period`: MO, MI, AF, EV, NI; a night lasts into the next day."""
    day = same_day(period)
    if name == "NI" and day.last:
        day = replace(day, last=add_days(day.last, 1))
    return day.with_suffix(f"T{name}")


def same_day(period: Period) -> Period:
    """The first day of `period`, without part of the day or clock time."""
    day = day_period(period.start)
    mask = period.mask.partition("T")[0] if period.mask else None
    return replace(day, mask=mask)


def clock(period: Period, hour: int, minute: int, part_of_day: str | None = None) -> Period:
    """A clock time on the first day of `period`; `part_of_day` tells the half of the day of a twelve-hour `hour`."""
    if not (0 <= hour <= _MIDNIGHT and 0 <= minute < _MINUTES):
        raise OutsideCalendarError(f"clock {hour}:{minute}")
    day = same_day(period)
    if part_of_day in ("AF", "EV") and hour < _NOON:
        hour += _NOON
    elif part_of_day == "NI" and hour == _NOON:
        hour = _MIDNIGHT
    return day.with_suffix(f"T{hour:02}:{minute:02}")


def spoken(period: Period, hour: int, minute: int, part_of_day: str | None = None) -> Period:
    """A clock time in words: `minute` may be negative ("half acht" is 8, -30); one to six are in the afternoon."""
    hour, minute = divmod(hour * 60 + minute, 60)
    if part_of_day is None and 0 < hour < _SPOKEN_AFTERNOON:
        part_of_day = "AF"
    if part_of_day is not None and hour == 0:
        hour = _NOON
    return clock(period, hour, minute, part_of_day)


def night(period: Period, direction: str) -> Period:
    """The night after the day of `period` in the future, else the night before it."""
    ahead = direction in (Direction.AHEAD, Direction.FUTURE, Direction.AFTER)
    return part(period if ahead else day_period(add_days(period.start, -1)), "NI")
