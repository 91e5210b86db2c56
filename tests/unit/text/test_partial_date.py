import datetime as dt

import pytest

from streamproc.contracts import DatePrecision, Published
from streamproc.text.partial_date import parse_published


def test_a_year_spans_the_whole_year():
    assert parse_published("2019") == Published(
        value="2019", precision=DatePrecision.YEAR, earliest=dt.date(2019, 1, 1), latest=dt.date(2019, 12, 31)
    )


@pytest.mark.parametrize(("month", "last"), [("2019-02", 28), ("2020-02", 29), ("1900-02", 28), ("2019-12", 31)])
def test_a_month_only_date_spans_the_whole_month(month, last):
    published = parse_published(month)
    assert published.precision is DatePrecision.MONTH
    assert (published.earliest.isoformat(), published.latest.isoformat()) == (f"{month}-01", f"{month}-{last}")


def test_a_day_is_itself():
    day = dt.date(2019, 3, 3)
    assert parse_published(" 2019-03-03\n") == Published(
        value="2019-03-03", precision=DatePrecision.DAY, earliest=day, latest=day
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2019-03-03T12:00:00Z", "2019-03-03T12:00:00Z"),
        ("2019-03-03t12:00:00z", "2019-03-03T12:00:00Z"),
        ("2019-03-03T12:00:00+01:00", "2019-03-03T12:00:00+01:00"),
        ("2019-03-03T12:00:00-00:00", "2019-03-03T12:00:00-00:00"),
        ("2019-03-03 12:00", "2019-03-03T12:00:00"),
        ("2019-03-03T12:00:00+0100", "2019-03-03T12:00:00+01:00"),
        ("2019-03-03T12:00:00+01", "2019-03-03T12:00:00+01:00"),
        ("2019-03-03 12:00:00 +0100", "2019-03-03T12:00:00+01:00"),
        ("2019-03-03 12:00:00 UTC", "2019-03-03T12:00:00Z"),
        ("2019-03-03T12:00:00.123456Z", "2019-03-03T12:00:00.123456Z"),
        ("2019-03-03T12:00:00,5", "2019-03-03T12:00:00.5"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("Sun, 03 Mar 2019 12:00:00 +0100", "2019-03-03T12:00:00+01:00"),
        ("Sun, 3 Mar 2019 12:00 GMT", "2019-03-03T12:00:00Z"),
        ("3 mar 2019 12:00:00 CET", "2019-03-03T12:00:00+01:00"),
        ("Sun, 03 Mar 2019 12:00:00 -0500 (EST)", "2019-03-03T12:00:00-05:00"),
        ("Sun, 03 Mar 2019 12:00:00 ABCD", "2019-03-03T12:00:00"),
    ],
)
def test_a_time_is_written_as_iso_8601(written, value):
    published = parse_published(written)
    assert published.value == value
    assert published.precision is DatePrecision.TIME
    assert dt.datetime.fromisoformat(published.value)


def test_a_date_of_mail_without_a_time_is_a_day():
    assert parse_published("Sun, 03 Mar 2019").value == "2019-03-03"


@pytest.mark.parametrize("written", ["2019-03-03T23:30:00-11:00", "2019-03-03T00:30:00+14:00"])
def test_the_day_is_the_local_day_as_written(written):
    published = parse_published(written)
    assert published.earliest == published.latest == dt.date(2019, 3, 3)


@pytest.mark.parametrize(("written", "year"), [("0001", 1), ("9999", 9999), ("0476-09-04", 476)])
def test_years_run_from_1_to_9999(written, year):
    assert parse_published(written).earliest.year == year
    assert parse_published(written).value == written


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "0000", "0000-01", "19", "201", "20190", "10000", "-2019", "+2019", "٢٠١٩", "2019-", "2019-3"),
        *("2019-00", "2019-13", "2019-02-30", "2019-02-29", "2019-00-10", "2019-03-00", "2019-03-32", "2019-W10"),
        *("2019-03-03T", "2019-03-03T12", "2019-03-03T24:00:00Z", "2019-03-03T12:60", "2019-03-03T12:00:61"),
        *("2019-03-03T12:00:00+24:00", "2019-03-03T12:00:00+01:60", "2019-03-03T12:00:00+1", "2019-03-03T12:00:00Zulu"),
        *("gisteren", "3 maart 2019", "Sun, 30 Feb 2019 12:00:00 GMT", "Sun, 03 Foo 2019", "1551571200", "2019-03-03x"),
        *("Sun, 03 Mar 2019 25:00:00 GMT", "2019 03", "2019-03-03 2019-03-04", "2" * 10_000, "\x00", "\ud800", "NaN"),
    ],
)
def test_what_does_not_exist_is_no_date(written):
    assert parse_published(written) is None
