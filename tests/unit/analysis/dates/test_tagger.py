"""The tagger over whole texts: uncertain publication dates, anchors, far-off dates, hostile length."""

from __future__ import annotations

import datetime as dt
import time
from importlib import resources

import pytest

from streamproc.analysis.dates import DateTagger
from streamproc.errors import DataError

SEED = (resources.files("streamproc.cli") / "samples" / "seed_nl_2019-03.txt").read_text(encoding="utf-8")
SEED_BODY = SEED.split("2019-03 ", 1)[1]


def _values(found):
    return [(timex.text, timex.value) for timex in found]


def test_the_seed_article_is_dated_honestly_where_only_the_month_is_known(tag):
    assert _values(tag(SEED_BODY, "2019-03")) == [
        ("afgelopen zaterdag", "XXXX-WXX-6"),
        ("zondag", "XXXX-WXX-7"),
        ("maandag", "XXXX-WXX-1"),
        ("afgelopen donderdag", "XXXX-WXX-4"),
        ("maandenlang", "PXM"),
        ("mei 2018", "2018-05"),
        ("Vorige maand", "2019-02"),
        ("intussen", "PRESENT_REF"),
        ("maandag", "XXXX-WXX-1"),
        ("de afgelopen dagen", "PXD"),
    ]


def test_the_seed_article_is_dated_exactly_where_the_day_is_known(tag):
    assert _values(tag(SEED_BODY, "2019-03-03")) == [
        ("afgelopen zaterdag", "2019-03-02"),
        ("zondag", "2019-03-03"),
        ("maandag", "2019-03-04"),
        ("afgelopen donderdag", "2019-02-28"),
        ("maandenlang", "PXM"),
        ("mei 2018", "2018-05"),
        ("Vorige maand", "2019-02"),
        ("intussen", "PRESENT_REF"),
        ("maandag", "2019-03-04"),
        ("de afgelopen dagen", "PXD"),
    ]


def test_a_masked_value_has_its_candidates_and_their_span(tag):
    [timex] = tag("Zij spraken elkaar afgelopen zaterdag.", "2019-03")
    assert timex.candidates == ["2019-02-23", "2019-03-02", "2019-03-09", "2019-03-16", "2019-03-23", "2019-03-30"]
    assert (timex.earliest, timex.latest) == (dt.date(2019, 2, 23), dt.date(2019, 3, 30))


def test_more_candidates_than_may_be_listed_are_only_spanned(tag):
    [timex] = tag("Zij spraken elkaar afgelopen zaterdag.", "2019")
    assert timex.value == "XXXX-WXX-6"
    assert timex.candidates == []
    assert (timex.earliest, timex.latest) == (dt.date(2018, 12, 29), dt.date(2019, 12, 28))


def test_what_all_publication_days_agree_on_is_exact(tag):
    assert _values(tag("Vorige maand en vorig jaar was het koud.", "2019-03")) == [
        ("Vorige maand", "2019-02"),
        ("vorig jaar", "2018"),
    ]


def test_without_a_publication_date_only_absolute_dates_are_exact(tag):
    found = tag("Gisteren sprak hij over mei 2018 en over vorig jaar.", None)
    assert _values(found) == [("Gisteren", "XXXX-XX-XX"), ("mei 2018", "2018-05"), ("vorig jaar", "XXXX")]
    assert [timex.earliest for timex in found] == [None, dt.date(2018, 5, 1), None]


def test_a_text_that_tells_its_own_day_dates_all_its_weekdays(tag):
    text = "Vandaag, 3 maart, sprak hij. Zaterdag belde hij haar. Hij wil maandag terugkeren."
    assert _values(tag(text, "2019-03")) == [
        ("Vandaag, 3 maart", "2019-03-03"),
        ("Zaterdag", "2019-03-02"),
        ("maandag", "2019-03-04"),
    ]


def test_a_last_weekday_with_its_date_leaves_a_week_of_publication_days(tag):
    text = "Afgelopen zaterdag 2 maart belde hij haar. Afgelopen donderdag was hij er niet."
    assert tag(text, "2019-03")[1].candidates == ["2019-02-28", "2019-03-07"]


def test_a_weekday_with_its_date_narrows_the_publication_day_in_the_lead_only(tag):
    lead = "Zaterdag 2 maart belde hij haar. Afgelopen donderdag was hij er niet."
    later = "Hij belde haar. Dat was zaterdag 2 maart. Afgelopen donderdag was hij er niet."
    assert tag(lead, "2019-03")[1].candidates == ["2019-02-28", "2019-03-07"]
    coming = "Zaterdag 23 maart zal hij haar bellen. Afgelopen donderdag was hij er niet."
    assert len(tag(later, "2019-03")[1].candidates) > 2
    assert len(tag(coming, "2019-03")[1].candidates) > 2


def test_the_day_after_an_unknown_saturday_is_an_unknown_sunday(tag):
    found = tag("Zaterdag viel het kabinet. Een dag later sprak de koning.", "2019-03")
    assert _values(found) == [("Zaterdag", "XXXX-WXX-6"), ("Een dag later", "XXXX-WXX-7")]


def test_a_direction_that_no_verb_tells_costs_confidence(tag):
    [told], [untold] = tag("Het kabinet viel zondag.", "2019-03-03"), tag("De raad van zondag.", "2019-03-03")
    assert untold.confidence < told.confidence


def test_a_text_that_contradicts_its_publication_date_is_not_narrowed(tag):
    text = "Vandaag, 3 mei, sprak hij. Zaterdag belde hij haar."
    assert tag(text, "2019-03")[1].value == "XXXX-WXX-6"


def test_the_same_day_is_told_by_every_expression_under_an_unknown_day(tag):
    first, second = tag("Zaterdag viel het kabinet. Diezelfde avond sprak de koning.", "2019-03")
    assert second.candidates == [f"{value}TEV" for value in first.candidates]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Op 31 februari gebeurde het.", "2019-03-03"),
        ("Op 31 februari 2019 gebeurde het.", "2019-03-03"),
        ("Het was 31-02-2019.", "2019-03-03"),
        ("Het was 29 februari 2019.", "2019-03-03"),
        ("Over 9000 jaar is het voorbij.", "2019-03-03"),
        ("Gisteren begon alles.", "0001-01-01"),
        ("Morgen eindigt alles.", "9999-12-31"),
        ("Over een week eindigt alles.", "9999-12-31"),
    ],
)
def test_a_day_that_does_not_exist_is_not_tagged(text, published, tag):
    assert tag(text, published) == []


@pytest.mark.parametrize("published", ["0001-01-01", "0001-01", "0001", "9999-12-31", "9999-12", "9999"])
def test_the_ends_of_the_calendar_do_not_crash(published, tag):
    tag(SEED_BODY + " Vorig weekend. Volgende winter. De afgelopen vijf jaar. De komende eeuw.", published)


def test_only_the_bounds_of_an_amount_are_outside_its_span(tag):
    [timex] = tag("Hij zat meer dan tien jaar vast.", "2019-03-03")
    assert (timex.text, timex.value, timex.mod) == ("tien jaar", "P10Y", "MORE_THAN")


def test_an_empty_text_has_no_times(tag):
    assert tag("", "2019-03-03") == []


def test_offsets_hold_behind_line_breaks_and_letters_outside_the_basic_plane(tag):
    text = "𝄞 Kop\n\nGuaidó kwam gisteren."
    [timex] = tag(text, "2019-03-03")
    assert text[timex.start : timex.end] == timex.text == "gisteren"


ENDLESS = {
    "weekdays": "maandag " * 1250,
    "numbers": "1 " * 5000,
    "prepositions": "van " * 2500,
    "beginnings": "de nacht van maandag op " * 420,
    "chain": "een dag later " * 700,
    "digits": "1" * 10_000,
    "dashes": "1-" * 5000,
    "clock": "kort na half " * 800,
}


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("published", ["2019-03-03", "2019"])
def test_an_endless_sentence_costs_little(name, published, tagger, make_doc, published_on):

    doc, date = make_doc(ENDLESS[name]), published_on(published)
    started = time.process_time()
    tagger.tag(doc, date)
    # About a twentieth of this on an idle machine; what is quadratic takes seconds.
    assert time.process_time() - started < 1.0


def test_data_that_do_not_validate_are_named_with_their_line(tmp_path, tagger):
    (tmp_path / "lexicon.yaml").write_text("classes: {}\nfeasts:\n  kerst: {month: 13, day: 25}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"lexicon\.yaml:3: feasts\.kerst\.month"):
        DateTagger(tmp_path)


def test_data_may_come_from_a_package(make_doc):
    packaged = DateTagger(resources.files("streamproc.languages.nl") / "dates")
    assert [timex.value for timex in packaged.tag(make_doc("Het was 3 maart 2019."), None)] == ["2019-03-03"]


def test_missing_data_are_an_error_of_data(tmp_path):
    with pytest.raises(DataError, match=r"lexicon\.yaml"):
        DateTagger(tmp_path)
