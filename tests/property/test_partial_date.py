import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from streamproc.contracts import DatePrecision
from streamproc.text.partial_date import parse_published

ZONES = st.sampled_from(["", "Z", "+01:00", "-0930", " UTC", "+14"])


@given(st.text(max_size=70) | st.text("0123456789-:TZ+ .,MarchSun", max_size=40))
def test_any_string_is_a_date_or_none_and_a_date_is_in_its_final_form(text):
    published = parse_published(text)
    if published is not None:
        assert published.earliest <= published.latest
        assert parse_published(published.value) == published


@given(st.dates())
def test_a_coarser_date_spans_a_finer_one(day):
    year, month, exact = (parse_published(day.isoformat()[:length]) for length in (4, 7, 10))
    assert year.earliest <= month.earliest <= exact.earliest == day == exact.latest <= month.latest <= year.latest
    assert [date.precision for date in (year, month, exact)] == [
        DatePrecision.YEAR,
        DatePrecision.MONTH,
        DatePrecision.DAY,
    ]


@given(st.datetimes(), ZONES, st.sampled_from(["T", " ", "t"]))
def test_a_time_falls_on_the_day_that_is_written(moment, zone, separator):
    published = parse_published(moment.isoformat(separator) + zone)
    assert published.precision is DatePrecision.TIME
    assert published.earliest == published.latest == moment.date()
    assert dt.datetime.fromisoformat(published.value).replace(tzinfo=None) == moment
