from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.dates import periods
from streamproc.analysis.dates.periods import OutsideCalendarError, Unit, containing

DAY = dt.date(2019, 3, 3)


@pytest.mark.parametrize(
    ("unit", "value", "first", "last"),
    [
        (Unit.DAY, "2019-03-03", DAY, DAY),
        (Unit.WEEK, "2019-W09", dt.date(2019, 2, 25), DAY),
        (Unit.WEEKEND, "2019-W09-WE", dt.date(2019, 3, 2), DAY),
        (Unit.MONTH, "2019-03", dt.date(2019, 3, 1), dt.date(2019, 3, 31)),
        (Unit.QUARTER, "2019-Q1", dt.date(2019, 1, 1), dt.date(2019, 3, 31)),
        (Unit.HALF, "2019-H1", dt.date(2019, 1, 1), dt.date(2019, 6, 30)),
        (Unit.SEASON, "2019-SP", dt.date(2019, 3, 1), dt.date(2019, 5, 31)),
        (Unit.YEAR, "2019", dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        (Unit.DECADE, "201", dt.date(2010, 1, 1), dt.date(2019, 12, 31)),
        (Unit.CENTURY, "20", dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    ],
)
def test_a_day_is_in_one_period_of_each_unit(unit, value, first, last):
    period = containing(DAY, unit)
    assert (period.value, period.first, period.last, period.unit) == (value, first, last, unit)


def test_a_winter_bears_the_year_of_its_december():
    period = containing(dt.date(2020, 2, 29), Unit.SEASON)
    assert (period.value, period.first, period.last) == ("2019-WI", dt.date(2019, 12, 1), dt.date(2020, 2, 29))


def test_a_week_may_be_of_another_year_than_its_day():
    assert containing(dt.date(2021, 1, 1), Unit.WEEK).value == "2020-W53"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (dt.date(2020, 1, 31), 1, dt.date(2020, 2, 29)),
        (dt.date(2020, 3, 31), -13, dt.date(2019, 2, 28)),
        (dt.date(2020, 12, 5), 1, dt.date(2021, 1, 5)),
    ],
)
def test_months_are_added_without_leaving_the_month(day, count, expected):
    assert periods.add_months(day, count) == expected


@pytest.mark.parametrize(
    "make",
    [
        lambda: periods.make_date(2019, 2, 31),
        lambda: periods.make_date(0, 1, 1),
        lambda: periods.year_period(10_000),
        lambda: periods.add_days(dt.date.max, 1),
        lambda: periods.add_days(dt.date.min, -1),
        lambda: periods.add_months(dt.date.max, 1),
        lambda: periods.week_period(dt.date.max),
        lambda: periods.season_period(9999, "WI"),
        lambda: periods.Period("P3D").start,
    ],
)
def test_what_is_not_on_the_calendar_is_an_error(make):
    with pytest.raises(OutsideCalendarError):
        make()
