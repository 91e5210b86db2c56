from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from streamproc.analysis.dates.feasts import Feast, easter_sunday, feast_day
from streamproc.analysis.dates.periods import OutsideCalendarError


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2019, 4, 21), (2025, 4, 20), (2038, 4, 25)],
)
def test_easter_is_on_the_day_of_the_almanac(year, month, day):
    assert easter_sunday(year) == dt.date(year, month, day)


def test_a_feast_is_fixed_or_hangs_on_easter_or_on_a_weekday():
    assert feast_day(Feast(month=12, day=25), 2019) == dt.date(2019, 12, 25)
    assert feast_day(Feast(easter=49), 2021) == dt.date(2021, 5, 23)
    assert feast_day(Feast(month=9, weekday=2, nth=3), 2021) == dt.date(2021, 9, 21)


def test_a_feast_of_no_such_day_is_outside_the_calendar():
    with pytest.raises(OutsideCalendarError):
        feast_day(Feast(month=2, day=29), 2019)


@pytest.mark.parametrize(
    "fields", [{}, {"month": 5}, {"month": 5, "day": 1, "easter": 0}, {"month": 13, "day": 1}, {"day": 1}]
)
def test_a_feast_told_by_halves_does_not_validate(fields):
    with pytest.raises(ValidationError):
        Feast(**fields)
