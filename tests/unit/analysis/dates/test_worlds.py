from __future__ import annotations

import datetime as dt

from streamproc.analysis.dates.amounts import shift
from streamproc.analysis.dates.periods import OutsideCalendarError, day_period
from streamproc.analysis.dates.recurrence import Direction, weekday
from streamproc.analysis.dates.worlds import Worlds, resolve

MARCH = Worlds(dt.date(2019, 3, 1), dt.date(2019, 3, 31), known=True)
NEVER = Worlds.of(None)


def test_what_is_the_same_on_all_days_is_exact():
    resolved = resolve(lambda day: shift(day_period(day), -1, "M"), MARCH)
    assert (resolved.value, resolved.candidates) == ("2019-02", [])


def test_candidates_are_in_order_and_complete():
    resolved = resolve(lambda day: shift(day_period(day), 0, "W"), MARCH)
    assert resolved.value == "2019-WXX"
    assert resolved.candidates == ["2019-W09", "2019-W10", "2019-W11", "2019-W12", "2019-W13"]


def test_a_weekday_is_masked_as_a_weekday_even_within_a_year():
    resolved = resolve(lambda day: weekday(day_period(day), 6, Direction.BEFORE), MARCH)
    assert resolved.value == "XXXX-WXX-6"
    assert (resolved.first, resolved.last) == (dt.date(2019, 2, 23), dt.date(2019, 3, 30))


def test_without_a_publication_date_only_the_shape_of_the_value_is_left():
    assert resolve(lambda day: shift(day_period(day), -1, "D"), NEVER).value == "XXXX-XX-XX"
    assert resolve(lambda day: shift(day_period(day), -1, "W"), NEVER).value == "XXXX-WXX"
    assert resolve(lambda day: shift(day_period(day), -1, "Q"), NEVER).value == "XXXX-QX"


def test_one_meaning_on_each_day_can_be_asked_for():
    resolved = resolve(lambda day: shift(day_period(day), -1, "D"), MARCH)
    assert resolved.at(dt.date(2019, 3, 14)).value == "2019-03-13"


def test_what_is_not_on_the_calendar_is_not_resolved():
    def never(_day):
        raise OutsideCalendarError("never")

    assert resolve(never, MARCH) is None


def test_narrowing_keeps_the_days_that_agree():
    narrowed = MARCH.narrowed(lambda day: day.isoformat() == "2019-03-03")
    assert (narrowed.first, narrowed.last) == (dt.date(2019, 3, 3), dt.date(2019, 3, 3))


def test_a_contradiction_narrows_nothing():
    assert MARCH.narrowed(lambda _day: False) == MARCH
    assert NEVER.narrowed(lambda _day: True) == NEVER
