from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.dates import clock
from streamproc.analysis.dates.periods import OutsideCalendarError, day_period

DAY = day_period(dt.date(2019, 3, 3))


def test_a_night_lasts_into_the_next_day():
    night = clock.part(DAY, "NI")
    assert (night.value, night.first, night.last) == ("2019-03-03TNI", dt.date(2019, 3, 3), dt.date(2019, 3, 4))


@pytest.mark.parametrize(
    ("hour", "minute", "part", "value"),
    [
        (8, -30, "EV", "T19:30"),
        (3, 15, None, "T15:15"),
        (5, 0, "MO", "T05:00"),
        (12, 0, None, "T12:00"),
        (9, 0, None, "T09:00"),
    ],
)
def test_a_spoken_time_is_of_the_half_of_the_day_that_is_told(hour, minute, part, value):
    assert clock.spoken(DAY, hour, minute, part).value == f"2019-03-03{value}"


def test_a_time_of_a_part_of_a_day_is_of_that_day():
    assert clock.clock(clock.part(DAY, "EV"), 20, 15).value == "2019-03-03T20:15"


@pytest.mark.parametrize(("hour", "minute"), [(25, 0), (12, 60), (-1, 0)])
def test_there_is_no_such_time(hour, minute):
    with pytest.raises(OutsideCalendarError):
        clock.clock(DAY, hour, minute)
