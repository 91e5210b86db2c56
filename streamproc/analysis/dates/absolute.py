"""Dates that the text tells in full, but for what a period before them tells: years, months, quarters, decades.

In: numbers, or a period whose year is meant. Out: a `Period`, or `OutsideCalendarError`.
"""

from __future__ import annotations

from streamproc.analysis.dates.feasts import Feast, feast_day
from streamproc.analysis.dates.periods import (
    Period,
    century_period,
    day_period,
    decade_period,
    half_period,
    make_date,
    month_period,
    quarter_period,
    season_period,
    year_period,
)


def full_year(year: int) -> int:
    """`year`, where two digits mean a year from 1950 to 2049."""
    if year >= 100:  # noqa: PLR2004  # two digits
        return year
    return year + (2000 if year < 50 else 1900)  # noqa: PLR2004  # as documented


def _year(year: int | Period) -> int:
    return year.start.year if isinstance(year, Period) else full_year(year)


def date(year: int, month: int, day: int) -> Period:
    """A day of the calendar; a year of two digits is the one from 1950 to 2049."""
    return day_period(make_date(full_year(year), month, day))


def date_in(year: int | Period, month: int, day: int) -> Period:
    """A day and month in a year, which is a number or the year of a period."""
    return day_period(make_date(_year(year), month, day))


def month(year: int | Period, number: int) -> Period:
    """A month of a year, which is a number or the year of a period."""
    return month_period(_year(year), number)


def season(year: int | Period, name: str) -> Period:
    """A season of a year."""
    return season_period(_year(year), name)


def quarter(year: int | Period, number: int) -> Period:
    """A quarter of a year."""
    return quarter_period(_year(year), number)


def half(year: int | Period, number: int) -> Period:
    """A half of a year."""
    return half_period(_year(year), number)


def year(number: int) -> Period:
    """A calendar year."""
    return year_period(full_year(number))


def decade(tens: int) -> Period:
    """The decade of the year `tens`: 1990, or 90 for that of the twentieth century; 0 and 10 are of ours."""
    if tens < 100:  # noqa: PLR2004  # two digits
        tens += 2000 if tens < 20 else 1900  # noqa: PLR2004  # the noughties and the tens are of our century
    return decade_period(tens // 10)


def decade_in(number: int, tens: int) -> Period:
    """The decade of the year `tens` (its century is ignored) in the century of an ordinal number: 19, 90 is 189."""
    return decade_period((100 * (number - 1) + tens % 100) // 10)


def century(number: int) -> Period:
    """The century of that ordinal number: 19 is 1800 to 1899."""
    return century_period(number - 1)


def feast_in(year: int | Period, which: Feast) -> Period:
    """A feast day of a year."""
    return day_period(feast_day(which, _year(year)))
