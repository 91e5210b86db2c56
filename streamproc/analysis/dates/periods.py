"""Stretches of the calendar and their TIMEX3 values.

In: years, months, days, units. Out: `Period`. What lies outside the years 1 to 9999 or does not exist (31 February)
raises `OutsideCalendarError`, which the resolver takes as "no such time": the expression is then not resolved.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

DAY = dt.timedelta(days=1)
MAX_YEAR = 9999
MONTHS_IN_YEAR = 12


class OutsideCalendarError(Exception):
    """There is no such day, or it is outside the years 1 to 9999."""


class Unit(StrEnum):
    """Units of time, by their TIMEX3 letters; those of the clock are told from `M` by a leading T."""

    SECOND = "TS"
    MINUTE = "TM"
    HOUR = "TH"
    DAY = "D"
    WEEK = "W"
    WEEKEND = "WE"
    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    SEASON = "SN"
    YEAR = "Y"
    DECADE = "DE"
    CENTURY = "CE"


@dataclass(frozen=True, slots=True)
class Period:
    """What an expression means under one publication day.

    `first` and `last` are days, both within; None where open or unknown. `mask` is the value to show where the
    publication day is not known, if digits alone do not tell it (a weekday).
    """

    value: str
    first: dt.date | None = None
    last: dt.date | None = None
    unit: Unit | None = None
    mask: str | None = None

    @property
    def start(self) -> dt.date:
        """The first day; the period must be on the calendar."""
        if self.first is None:
            raise OutsideCalendarError(self.value)
        return self.first

    def with_suffix(self, suffix: str) -> Period:
        """The same days with `suffix` on the value: part of the day or clock time."""
        return replace(self, value=self.value + suffix, mask=self.mask and self.mask + suffix)


def make_date(year: int, month: int, day: int) -> dt.date:
    """A date, or `OutsideCalendarError`."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise OutsideCalendarError(str(error)) from None


def add_days(day: dt.date, count: int) -> dt.date:
    """The day `count` days on, or `OutsideCalendarError`."""
    try:
        return day + count * DAY
    except OverflowError as error:
        raise OutsideCalendarError(str(error)) from None


def day_period(day: dt.date) -> Period:
    """A day."""
    return Period(day.isoformat(), day, day, Unit.DAY)


def week_period(day: dt.date) -> Period:
    """The ISO week that holds `day`, Monday to Sunday."""
    monday = add_days(day, -day.weekday())
    year, week, _ = monday.isocalendar()
    return Period(f"{year:04}-W{week:02}", monday, add_days(monday, 6), Unit.WEEK)


def weekend_period(day: dt.date) -> Period:
    """Saturday and Sunday of the ISO week that holds `day`."""
    week = week_period(day)
    return Period(f"{week.value}-WE", add_days(week.start, 5), week.last, Unit.WEEKEND)


def month_period(year: int, month: int) -> Period:
    """A month."""
    first = make_date(year, month, 1)
    return Period(f"{year:04}-{month:02}", first, first.replace(day=calendar.monthrange(year, month)[1]), Unit.MONTH)


def _months(value: str, year: int, month: int, count: int, unit: Unit) -> Period:
    first = month_period(year, month)
    index = month - 1 + count - 1
    last = month_period(year + index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)
    return Period(value, first.first, last.last, unit)


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter of a calendar year, 1 to 4."""
    return _months(f"{year:04}-Q{quarter}", year, 3 * quarter - 2, 3, Unit.QUARTER)


def half_period(year: int, half: int) -> Period:
    """A half of a calendar year, 1 or 2."""
    return _months(f"{year:04}-H{half}", year, 6 * half - 5, 6, Unit.HALF)


SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the meteorological seasons of the northern hemisphere; a winter bears the year of its December."""


def season_period(year: int, season: str) -> Period:
    """A meteorological season: SP, SU, FA or WI."""
    return _months(f"{year:04}-{season}", year, SEASON_MONTH[season], 3, Unit.SEASON)


def year_period(year: int) -> Period:
    """A calendar year."""
    return Period(f"{year:04}", make_date(year, 1, 1), make_date(year, 12, 31), Unit.YEAR)


def decade_period(decade: int) -> Period:
    """Ten years by their first three digits: 199 is 1990 to 1999."""
    return Period(f"{decade:03}", make_date(max(1, 10 * decade), 1, 1), make_date(10 * decade + 9, 12, 31), Unit.DECADE)


def century_period(hundreds: int) -> Period:
    """A hundred years by their first two digits: 19 is 1900 to 1999, as TIMEX3 has it."""
    first = make_date(max(1, 100 * hundreds), 1, 1)
    return Period(f"{hundreds:02}", first, make_date(100 * hundreds + 99, 12, 31), Unit.CENTURY)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of the month `count` months on, or the last day of a shorter month."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + count
    year, month = divmod(index, MONTHS_IN_YEAR)
    if not 1 <= year <= MAX_YEAR:
        raise OutsideCalendarError(f"year {year}")
    return make_date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def season_of(day: dt.date) -> tuple[int, str]:
    """Year and name of the meteorological season that holds `day`."""
    name = ("WI", "SP", "SU", "FA")[day.month % MONTHS_IN_YEAR // 3]
    return day.year - (day.month <= 2), name  # noqa: PLR2004  # January and February end the winter of the year before


def containing(day: dt.date, unit: Unit) -> Period:  # noqa: PLR0911  # one answer per unit
    """The period of `unit` that holds `day`."""
    match unit:
        case Unit.WEEK:
            return week_period(day)
        case Unit.WEEKEND:
            return weekend_period(day)
        case Unit.MONTH:
            return month_period(day.year, day.month)
        case Unit.QUARTER:
            return quarter_period(day.year, (day.month + 2) // 3)
        case Unit.HALF:
            return half_period(day.year, (day.month + 5) // 6)
        case Unit.SEASON:
            return season_period(*season_of(day))
        case Unit.YEAR:
            return year_period(day.year)
        case Unit.DECADE:
            return decade_period(day.year // 10)
        case Unit.CENTURY:
            return century_period(day.year // 100)
        case _:
            return day_period(day)
