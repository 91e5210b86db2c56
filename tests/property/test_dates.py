"""Whatever the text and the publication date, tagging gives records that hold together."""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path

import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import streamproc.languages.nl
from streamproc.analysis.dates import DateTagger
from streamproc.analysis.dates.numerals import numeral_readings
from streamproc.analysis.dates.tokens import tokenise
from streamproc.contracts.published import DatePrecision, Published

DUTCH = Path(streamproc.languages.nl.__path__[0]) / "dates"
TAGGER = DateTagger(DUTCH)
CHECKED = {rule.id for rule in TAGGER.rules if rule.check}
NLP = spacy.blank("nl")
NLP.add_pipe("sentencizer")

WORDS = [
    *[
        "de",
        "het",
        "een",
        "in",
        "op",
        "van",
        "voor",
        "na",
        "tot",
        "en",
        "met",
        "om",
        "over",
        "half",
        "kwart",
        "begin",
        "eind",
        "halverwege",
        "vorige",
        "vorig",
        "volgende",
        "komende",
        "afgelopen",
        "deze",
        "dit",
        "die",
        "dezelfde",
        "dag",
        "week",
        "weken",
        "maand",
        "maanden",
        "jaar",
        "jaren",
        "eeuw",
        "uur",
        "minuten",
        "kwartaal",
        "helft",
        "maandag",
        "zaterdag",
        "zondagavond",
        "nacht",
        "ochtend",
        "'s",
        "avonds",
        "januari",
        "mei",
        "december",
        "zomer",
        "winter",
        "kerst",
        "pasen",
        "gisteren",
        "morgen",
        "vannacht",
        "twee",
        "drie",
        "anderhalf",
        "enkele",
        "tientallen",
        "eerste",
        "negentiende",
        "geleden",
        "later",
        "eerder",
        "lang",
        "elke",
        "per",
        "keer",
        "tussen",
        "1",
        "3",
        "12",
        "31",
        "2019",
        "1999",
        "0000",
        "9999",
        "15.30",
        "24.00",
        "03-03-2019",
        "31/2/19",
        "2018-2019",
        "'80",
        "19e",
        "wil",
        "zei",
        "is",
        "geweest",
        "zal",
        "heeft",
        ",",
        ".",
        "(",
        ")",
        "–",
        "“",
        "”",
        "jaren",
        "tachtig",
        "nu",
        "onlangs",
    ],
    "\n\n",
]
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.text(max_size=200))


@st.composite
def publications(draw):
    """A publication date by day, month or year, or none."""
    day = draw(st.dates())
    match draw(st.sampled_from([None, "day", "month", "year"])):
        case None:
            return None
        case "day":
            return Published(value=day.isoformat(), precision=DatePrecision.DAY, earliest=day, latest=day)
        case "month":
            last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
            return Published(
                value=day.isoformat()[:7], precision=DatePrecision.MONTH, earliest=day.replace(day=1), latest=last
            )
        case _:
            first, last = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
            return Published(value=day.isoformat()[:4], precision=DatePrecision.YEAR, earliest=first, latest=last)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, publications())
def test_tagging_never_fails_and_its_records_hold_together(text, published):
    doc = NLP(text)
    position = 0
    for timex in TAGGER.tag(doc, published):
        assert position <= timex.start < timex.end <= len(doc.text)
        position = timex.end
        assert doc.text[timex.start : timex.end] == timex.text
        assert timex.earliest is None or timex.latest is None or timex.earliest <= timex.latest
        assert len(timex.candidates) <= 31
        assert not timex.candidates or "X" in timex.value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
)
def test_a_known_day_gives_one_of_the_candidates_of_its_month(text, day):
    month = Published(
        value=day.isoformat()[:7],
        precision=DatePrecision.MONTH,
        earliest=day.replace(day=1),
        latest=day.replace(day=calendar.monthrange(day.year, day.month)[1]),
    )
    exact = Published(value=day.isoformat(), precision=DatePrecision.DAY, earliest=day, latest=day)
    doc = NLP(text)
    found = TAGGER.tag(doc, month)
    if CHECKED & {timex.rule for timex in found}:
        return  # the text tells its own day, which need not be this one
    by_start = {timex.start: timex for timex in TAGGER.tag(doc, exact)}
    for timex in found:
        other = by_start.get(timex.start)
        if other is None:
            continue
        if timex.candidates:
            assert other.value in timex.candidates
        if timex.earliest and timex.latest and other.earliest and other.latest:
            assert timex.earliest <= other.earliest
            assert other.latest <= timex.latest


@given(st.text(max_size=300))
def test_tokens_are_in_order_and_leave_out_only_white_space(text):
    tokens = tokenise(text)
    position = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert not text[position:start].strip()
        assert start < end
        position = end
    assert not text[position:].strip()


@given(st.from_regex(r"\A\d[\d.,:/'-]{0,14}\Z"))
def test_numerals_are_read_or_left_alone(word):
    for symbol, value in numeral_readings(word, "dmy"):
        assert symbol.startswith("<")
        assert value is not None
