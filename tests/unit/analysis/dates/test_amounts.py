from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.dates import amounts
from streamproc.analysis.dates.periods import OutsideCalendarError, day_period, month_period, year_period

TODAY = day_period(dt.date(2019, 3, 31))


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (-1, "D", "2019-03-30"),
        (1, "W", "2019-W14"),
        (-1, "M", "2019-02"),
        (11, "M", "2020-02"),
        (-1, "Q", "2018-Q4"),
        (2, "Y", "2021"),
        (-1, "DE", "200"),
        (-1, "CE", "19"),
        (-1.5, "Y", "2017"),
        (-1.5, "M", "2019-02"),
        (0, "WE", "2019-W13-WE"),
    ],
)
def test_a_shift_is_as_coarse_as_its_unit(count, unit, value):
    assert amounts.shift(TODAY, count, unit).value == value


@pytest.mark.parametrize(("count", "unit"), [(9000, "Y"), ("X", "D"), (10**9, "D"), (-9000, "CE")])
def test_a_shift_off_the_calendar_is_an_error(count, unit):
    with pytest.raises(OutsideCalendarError):
        amounts.shift(TODAY, count, unit)


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        ((3, "D"), "P3D"),
        ((90, "TM"), "PT90M"),
        ((1, "TM", 15), "PT15M"),
        (("X", "M"), "PXM"),
        (("X", "TH"), "PTXH"),
        ((1.5, "Y"), "P18M"),
        ((1.5, "M"), "P1.5M"),
        ((0.5, "TH"), "PT30M"),
        ((0.5, "CE"), "P50Y"),
        ((2, "DE"), "P20Y"),
        ((1, "Q"), "P3M"),
    ],
)
def test_a_length_is_an_iso_duration(arguments, value):
    assert amounts.length(*arguments).value == value


def test_a_window_ends_or_begins_today():
    past, coming = amounts.window(TODAY, 5, "Y", "before"), amounts.window(TODAY, 1, "M", "after")
    assert (past.value, past.first, past.last) == ("P5Y", dt.date(2014, 3, 31), dt.date(2019, 3, 31))
    assert (coming.value, coming.first, coming.last) == ("P1M", dt.date(2019, 3, 31), dt.date(2019, 4, 30))


def test_an_open_window_has_no_bounds():
    assert amounts.window(TODAY, "X", "D", "before").first is None


def test_an_interval_runs_from_the_first_to_the_last():
    interval = amounts.span(month_period(2019, 1), month_period(2019, 3))
    assert (interval.value, interval.first, interval.last) == (
        "2019-01/2019-03",
        dt.date(2019, 1, 1),
        dt.date(2019, 3, 31),
    )


def test_an_interval_that_ends_before_it_begins_is_an_error():
    with pytest.raises(OutsideCalendarError):
        amounts.span(year_period(2019), year_period(2018))
