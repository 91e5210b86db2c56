"""When an event took place, as far as its sentence says."""

from __future__ import annotations


def test_the_date_of_the_clause_is_taken(tell):
    events = tell(
        "{Israël} bombardeerde <zaterdag|2019-03-02> {Gaza}, nadat {Hamas} <vrijdag|2019-03-01> {Israël} beschoot."
    )
    assert {(event.sources[0].name, event.date.value) for event in events} == {
        ("Israël", "2019-03-02"),
        ("Hamas", "2019-03-01"),
    }


def test_the_basis_is_told(tell):
    (event,) = tell("{Israël} bombardeerde <zaterdag|2019-03-02> {Gaza}.")
    assert event.date.basis == "sentence"
    assert event.date.earliest == event.date.latest


def test_without_a_date_there_is_none(tell):
    (event,) = tell("{Israël} bombardeerde {Gaza}.")
    assert event.date is None


def test_a_duration_dates_nothing(tell):
    (event,) = tell("{Israël} bombardeerde <drie dagen|P3D> lang {Gaza}.")
    assert event.date is None


def test_a_clause_that_shares_the_subject_shares_the_date(tell):
    events = tell("{Israël} prees <zaterdag|2019-03-02> {Egypte} en veroordeelde {Iran}.")
    assert {event.date.value for event in events} == {"2019-03-02"}
