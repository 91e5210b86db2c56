"""Times that recur (weekdays, days of the year, feasts): which of them is meant, by its direction from a day.

In: a period, what recurs, and a `Direction`. Out: a `Period`, or `OutsideCalendarError`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from streamproc.analysis.dates.feasts import Feast, feast_day
from streamproc.analysis.dates.periods import (
    OutsideCalendarError,
    Period,
    Unit,
    add_days,
    containing,
    day_period,
    half_period,
    make_date,
    month_period,
    quarter_period,
    season_of,
    season_period,
)


class Direction(StrEnum):
    """Where a time lies that recurs (a weekday, a month): `past` and `future` let the present one count.

    `begun` is a past that is certain ("sinds mei"), where `past` may be a tense misread; `ahead` is what a present
    tense tells, today or later.
    """

    BEFORE = "before"
    BEGUN = "begun"
    PAST = "past"
    NEAR = "near"
    AHEAD = "ahead"
    FUTURE = "future"
    AFTER = "after"


_FAR_DAYS, _CLOSE_DAYS, _CLOSE_MONTH_DAYS = 200, 60, 160
"""A day so far away gives way to the same day of another year that is so close: a tense may be misread.

A present tense tells even less of a month: "in oktober", written in February, is that of the year before.
"""


def weekday(period: Period, number: int, direction: str) -> Period:
    """The nearest ISO weekday before, on or before (`past`), on or after (`ahead`) or after the start of `period`."""
    day = period.start
    if direction == Direction.AHEAD:
        return _masked_weekday(add_days(day, (number - day.isoweekday()) % 7), number)
    if direction in (Direction.AFTER, Direction.FUTURE):
        step = (number - day.isoweekday()) % 7 or 7
    elif direction == Direction.BEFORE:
        step = -((day.isoweekday() - number) % 7 or 7)
    else:
        step = -((day.isoweekday() - number) % 7)
    return _masked_weekday(add_days(day, step), number)


def _masked_weekday(day: dt.date, number: int) -> Period:
    return replace(day_period(day), mask=f"XXXX-WXX-{number}")


def weekday_in(period: Period, number: int) -> Period:
    """The ISO weekday in the week of the start of `period`."""
    week = containing(period.start, Unit.WEEK)
    return _masked_weekday(add_days(week.start, number - 1), number)


def nth_weekday(period: Period, nth: int, number: int) -> Period:
    """The nth ISO weekday in `period`, -1 for the last."""
    if period.last is None:
        raise OutsideCalendarError(period.value)
    if nth < 0:
        last = period.last
        return day_period(add_days(last, -((last.isoweekday() - number) % 7)))
    first = period.start
    return day_period(add_days(first, (number - first.isoweekday()) % 7 + 7 * (nth - 1)))


def _recurring(period: Period, make: Callable[[int], Period], direction: str, close_days: int = _CLOSE_DAYS) -> Period:
    today = period.start
    around = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            around.append(make(year))
        except OutsideCalendarError:
            continue
    begun = [p for p in around if p.start <= today]
    ahead = [p for p in around if p.start > today]
    match direction:
        case Direction.BEFORE:
            found = [p for p in begun if p.last and p.last < today][-1:]
        case Direction.BEGUN:
            found = begun[-1:]
        case Direction.AFTER:
            found = ahead[:1]
        case Direction.PAST:
            found = _unless_close(today, begun[-1:], ahead[:1])
        case Direction.AHEAD:
            found = _unless_close(today, [p for p in around if p.last and p.last >= today][:1], begun[-1:], close_days)
        case Direction.FUTURE:
            found = [p for p in around if p.last and p.last >= today][:1]
        case _:
            found = sorted(around, key=lambda p: abs((p.start - today).days))[:1]
    if not found:
        raise OutsideCalendarError("no such day nearby")
    return found[0]


def _unless_close(
    today: dt.date, told: list[Period], other: list[Period], close_days: int = _CLOSE_DAYS
) -> list[Period]:
    """What the tense tells, unless that is far and the other one is close."""
    if not told or not other:
        return told or other
    far, close = (abs((periods[0].start - today).days) for periods in (told, other))
    return other if far > _FAR_DAYS and close <= close_days else told


def month_near(period: Period, month: int, direction: str) -> Period:
    """The month of that number in the year that `direction` from the start of `period` tells."""
    return _recurring(period, lambda year: month_period(year, month), direction, _CLOSE_MONTH_DAYS)


def date_near(period: Period, month: int, day: int, direction: str) -> Period:
    """The day and month in the year that `direction` from the start of `period` tells."""
    return _recurring(period, lambda year: day_period(make_date(year, month, day)), direction)


def season_near(period: Period, season: str, direction: str) -> Period:
    """The season in the year that `direction` from the start of `period` tells."""
    return _recurring(period, lambda year: season_period(year, season), direction)


def season_shift(period: Period, season: str, count: int) -> Period:
    """The season in the calendar year `count` years from that of `period`; 0 in winter is the winter that runs."""
    day = period.start
    year = day.year if season_of(day) != (day.year - 1, season) else day.year - 1
    return season_period(year + count, season)


def part_near(period: Period, kind: str, number: int, direction: str) -> Period:
    """The quarter or half year of that number, in the year that `direction` from the start of `period` tells."""
    make = quarter_period if kind == Unit.QUARTER else half_period
    return _recurring(period, lambda year: make(year, number), direction)


def feast(period: Period, which: Feast, direction: str) -> Period:
    """A feast day in the year that `direction` from the start of `period` tells."""
    return _recurring(period, lambda year: day_period(feast_day(which, year)), direction)
