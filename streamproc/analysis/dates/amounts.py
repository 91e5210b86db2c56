"""Shifts by an amount, durations and intervals.

In: numbers (or X, where the text leaves them open) and units. Out: a `Period`, or `OutsideCalendarError`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from streamproc.analysis.dates.periods import (
    OutsideCalendarError,
    Period,
    Unit,
    add_days,
    add_months,
    containing,
    day_period,
)
from streamproc.analysis.dates.recurrence import Direction

UNKNOWN = "X"
"""A number that the text leaves open ("enkele dagen")."""
Count = int | float | str

_MONTHS = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.HALF: 6,
    Unit.SEASON: 3,
    Unit.YEAR: 12,
    Unit.DECADE: 120,
    Unit.CENTURY: 1200,
}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}
_HALVES = {
    Unit.HOUR: (30, Unit.MINUTE),
    Unit.DAY: (12, Unit.HOUR),
    Unit.YEAR: (6, Unit.MONTH),
    Unit.DECADE: (5, Unit.YEAR),
    Unit.CENTURY: (50, Unit.YEAR),
}
_YEARS = {Unit.DECADE: 10, Unit.CENTURY: 100}
_HALF = 0.5
_MAX_COUNT = 1_000_000


def _number(count: Count) -> float:
    if isinstance(count, str) or abs(count) > _MAX_COUNT:
        raise OutsideCalendarError(f"count {count}")
    return count


def _moved(day: dt.date, count: float, unit: Unit) -> dt.date:
    if unit in _DAYS:
        return add_days(day, round(count * _DAYS[unit]))
    if unit not in _MONTHS:
        return day
    months = count * _MONTHS[unit]
    whole = int(months)
    return add_days(add_months(day, whole), round((months - whole) * 30))


def shift(period: Period, count: Count, unit: str) -> Period:
    """The `unit` that lies `count` units after the one that holds the start of `period`; 0 is "this", -1 "last"."""
    kind = Unit(unit)
    number = _number(count)
    day = period.start
    if unit in _MONTHS:
        # From the first of the month, so that a month from 31 January is February.
        day = day.replace(day=1) if number == int(number) else day
    return containing(_moved(day, number, kind), kind)


def negative(count: Count) -> Count:
    """Minus `count`; an open number stays open."""
    return count if isinstance(count, str) else -count


def shift_days(period: Period, count: Count, unit: str) -> Period:
    """The day that lies `count` units after the first day of `period`: "vandaag over een week"."""
    return day_period(_moved(period.start, _number(count), Unit(unit)))


def nth(period: Period, count: int, unit: str) -> Period:
    """The nth `unit` in `period`, -1 for the last: the third quarter of a year, the last day of a month."""
    if period.last is None:
        raise OutsideCalendarError(period.value)
    kind = Unit(unit)
    if count < 0:
        return containing(period.last, kind)
    return containing(_moved(period.start, count - 1, kind), kind)


def length(count: Count, unit: str, factor: int = 1) -> Period:
    """A duration in TIMEX3: P3D, PT90M, PXM; half an hour is PT30M, a year and a half P18M."""
    kind = Unit(unit)
    if not isinstance(count, str):
        count *= factor
        if count == _HALF and kind in _HALVES:
            count, kind = _HALVES[kind]
        elif kind in _YEARS:
            count, kind = count * _YEARS[kind], Unit.YEAR
        elif kind is Unit.QUARTER or (kind is Unit.YEAR and count != int(count)):
            count, kind = count * _MONTHS[kind], Unit.MONTH
        count = int(count) if count == int(count) else count
    prefix, letters = ("PT", kind[1]) if kind in (Unit.SECOND, Unit.MINUTE, Unit.HOUR) else ("P", str(kind))
    return Period(f"{prefix}{count}{letters}", unit=kind)


def length_half(unit: str, factor: int = 1) -> Period:
    """Half of `factor` units as a duration: PT30M, P6M."""
    return length(_HALF, unit, factor)


def window(period: Period, count: Count, unit: str, direction: str) -> Period:
    """A duration that ends (`before`) or begins (`after`) on the start of `period`; open numbers have no bounds."""
    value = length(count, unit)
    kind = Unit(unit)
    if isinstance(count, str) or kind in (Unit.SECOND, Unit.MINUTE):
        return value
    day = period.start
    days = (count + 23) // 24 if kind is Unit.HOUR else count
    kind = Unit.DAY if kind is Unit.HOUR else kind
    if direction == Direction.BEFORE:
        return replace(value, first=_moved(day, -_number(days), kind), last=day)
    return replace(value, first=day, last=_moved(day, _number(days), kind))


def during(value: Period, period: Period) -> Period:
    """The duration `value`, over the days of `period`."""
    return replace(value, first=period.first, last=period.last)


def span(first: Period, last: Period) -> Period:
    """From one period to another, both within, as an ISO 8601 interval."""
    if first.first and last.last and last.last < first.first:
        raise OutsideCalendarError(f"{last.value} is before {first.value}")
    mask = f"{first.mask or first.value}/{last.mask or last.value}" if first.mask or last.mask else None
    return Period(f"{first.value}/{last.value}", first.first, last.last, last.unit, mask)


def vague(reference: str) -> Period:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""
    return Period(reference)
