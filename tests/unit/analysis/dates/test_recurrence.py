from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.dates import recurrence
from streamproc.analysis.dates.feasts import Feast
from streamproc.analysis.dates.periods import OutsideCalendarError, day_period, month_period
from streamproc.analysis.dates.recurrence import Direction

SUNDAY = day_period(dt.date(2019, 3, 3))


@pytest.mark.parametrize(
    ("weekday", "direction", "value"),
    [
        (7, Direction.PAST, "2019-03-03"),
        (7, Direction.BEFORE, "2019-02-24"),
        (7, Direction.AHEAD, "2019-03-03"),
        (7, Direction.FUTURE, "2019-03-10"),
        (7, Direction.AFTER, "2019-03-10"),
        (6, Direction.NEAR, "2019-03-02"),
        (1, Direction.FUTURE, "2019-03-04"),
    ],
)
def test_a_weekday_is_the_nearest_in_its_direction(weekday, direction, value):
    period = recurrence.weekday(SUNDAY, weekday, direction)
    assert (period.value, period.mask) == (value, f"XXXX-WXX-{weekday}")


@pytest.mark.parametrize(
    ("month", "direction", "value"),
    [
        (3, Direction.PAST, "2019-03"),
        (3, Direction.BEFORE, "2018-03"),
        (3, Direction.AFTER, "2020-03"),
        (5, Direction.BEGUN, "2018-05"),
        (5, Direction.NEAR, "2019-05"),
        (12, Direction.NEAR, "2018-12"),
        (10, Direction.FUTURE, "2019-10"),
    ],
)
def test_a_month_is_the_nearest_in_its_direction(month, direction, value):
    assert recurrence.month_near(SUNDAY, month, direction).value == value


def test_a_past_far_back_gives_way_to_a_day_close_ahead():
    assert recurrence.date_near(SUNDAY, 4, 1, Direction.PAST).value == "2019-04-01"
    assert recurrence.date_near(SUNDAY, 4, 1, Direction.BEGUN).value == "2018-04-01"


def test_a_leap_day_is_found_only_in_a_leap_year_nearby():
    assert recurrence.date_near(SUNDAY, 2, 29, Direction.NEAR).value == "2020-02-29"
    with pytest.raises(OutsideCalendarError):
        recurrence.date_near(day_period(dt.date(2018, 3, 3)), 2, 29, Direction.NEAR)


def test_the_winter_that_runs_is_this_winter():
    february, october = day_period(dt.date(2018, 2, 9)), day_period(dt.date(2018, 10, 9))
    assert recurrence.season_shift(february, "WI", 0).value == "2017-WI"
    assert recurrence.season_shift(october, "WI", 0).value == "2018-WI"


def test_the_nth_and_the_last_weekday_of_a_month():
    august = month_period(2021, 8)
    assert recurrence.nth_weekday(august, 1, 1).value == "2021-08-02"
    assert recurrence.nth_weekday(august, -1, 7).value == "2021-08-29"


def test_a_feast_in_the_past_is_that_of_last_year():
    assert recurrence.feast(SUNDAY, Feast(month=12, day=25), Direction.PAST).value == "2018-12-25"
