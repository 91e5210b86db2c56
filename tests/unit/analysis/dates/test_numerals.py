from __future__ import annotations

import pytest

from streamproc.analysis.dates.numerals import numeral_readings


@pytest.mark.parametrize(
    ("word", "symbol", "value"),
    [
        ("31", "<day>", 31),
        ("2019", "<year>", 2019),
        ("15.30", "<clock>", (15, 30)),
        ("24:00", "<clock>", (24, 0)),
        ("03-04-2019", "<full_date>", (2019, 4, 3)),
        ("3/4/'19", "<full_date>", (19, 4, 3)),
        ("2019-04-03", "<full_date>", (2019, 4, 3)),
        ("2018-2019", "<years>", (2018, 2019)),
        ("2018/19", "<years>", (2018, 2019)),
        ("2019-04", "<year_month>", (2019, 4)),
        ("11-22", "<days>", (11, 22)),
        ("3/4", "<short_date>", (4, 3)),
        ("2,5", "<number>", 2.5),
        ("1.500", "<number>", 1500),
        ("'80", "<short_year>", 80),
    ],
)
def test_a_numeral_has_the_reading(word, symbol, value):
    assert (symbol, value) in numeral_readings(word, "dmy")


@pytest.mark.parametrize(
    "word", ["0800-1995", "12-34-5678", "1.10.42", "123456", "1" * 40, "45-jarige", "2019-2018", "24.15.99"]
)
def test_what_is_no_time_has_no_reading_of_one(word):
    symbols = {symbol for symbol, _ in numeral_readings(word, "dmy")}
    assert not symbols & {"<full_date>", "<year>", "<years>", "<clock>", "<day>", "<year_month>"}


def test_the_order_of_day_and_month_is_that_of_the_language():
    assert ("<full_date>", (2019, 3, 4)) in numeral_readings("3/4/2019", "mdy")
