from __future__ import annotations

import pytest

from streamproc.analysis.dates import absolute
from streamproc.analysis.dates.periods import year_period


@pytest.mark.parametrize(("given", "year"), [(19, 2019), (49, 2049), (50, 1950), (99, 1999), (1848, 1848)])
def test_a_year_of_two_digits_is_from_1950_to_2049(given, year):
    assert absolute.year(given).value == str(year)


@pytest.mark.parametrize(("tens", "value"), [(1990, "199"), (60, "196"), (2010, "201"), (10, "201"), (1930, "193")])
def test_a_decade_has_three_digits(tens, value):
    assert absolute.decade(tens).value == value


def test_a_century_is_counted_from_one():
    assert absolute.century(19).value == "18"
    assert absolute.decade_in(19, 1990).value == "189"


def test_a_month_may_be_of_the_year_of_a_period():
    assert absolute.month(year_period(2017), 11).value == "2017-11"
    assert absolute.date_in(year_period(2018), 2, 12).value == "2018-02-12"
