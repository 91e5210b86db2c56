"""What did not happen is not told as if it did."""

from __future__ import annotations

import pytest

from streamproc.contracts.event import Modality, Polarity

REAL = {Modality.ASSERTED, Modality.REPORTED}


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("{Guaidó} pleitte voor sancties tegen {het regime}.", "SANCTION"),
        ("{Frankrijk} heeft {Iran} niet aangevallen.", "ASSAULT"),
        ("{Frankrijk} kan {Iran} aanvallen.", "ASSAULT"),
        ("{Frankrijk} moet {Iran} steunen.", "SUPPORT"),
        ("{De boeren} willen het parlement bestormen.", "PROTEST"),
        ("Als {Iran} {Israël} aanvalt, volgt er oorlog.", "ASSAULT"),
        ("Heeft {Iran} {Israël} aangevallen?", "ASSAULT"),
        ("{Kiev} vreest dat {Rusland} {Odesa} zal bombarderen.", "ASSAULT"),
        ("{Kiev} eist dat {Rusland} {de gevangenen} vrijlaat.", "RETREAT"),
        ("{Kim} weigert met {Trump} te praten.", "CONSULT"),
        ("Steeds minder landen steunen {Maduro}.", "SUPPORT"),
        ("{De leider} wil met {Maduro} om tafel.", "CONSULT"),
        ("{Kiev} vroeg {Parijs} om {Rusland} te straffen.", "SANCTION"),
        ("{Rusland} is bereid tot overleg met {Amerika}.", "CONSULT"),
        ("Mocht {Iran} {Israël} aanvallen, dan volgt er oorlog.", "ASSAULT"),
        ("Misschien heeft {Iran} {Israël} aangevallen.", "ASSAULT"),
    ],
)
def test_an_unreal_deed_is_no_real_event(tell, marked, kind):
    assert not [event for event in tell(marked) if event.type == kind and event.modality in REAL]


def modality(events, kind):
    return [(event.modality, event.polarity) for event in events if event.type == kind]


def test_a_deed_that_a_party_tells_of_is_reported_with_its_teller(tell):
    events = tell("{Zelensky} zegt dat {Rusland} {Odesa} heeft gebombardeerd.")
    assert modality(events, "ASSAULT") == [(Modality.REPORTED, Polarity.POSITIVE)]
    assert [ref.name for ref in events[0].attribution] == ["Zelensky"]


def test_what_the_press_reports_stays_asserted_with_its_source(tell):
    events = tell("{Rusland} heeft {Odesa} gebombardeerd, meldt {Reuters|name|media}.")
    assert modality(events, "ASSAULT") == [(Modality.ASSERTED, Polarity.POSITIVE)]
    assert [ref.name for ref in events[0].attribution] == ["Reuters"]


def test_a_source_in_front_makes_it_reported(tell):
    events = tell("Volgens {Kiev} heeft {Rusland} {Odesa} gebombardeerd.")
    assert modality(events, "ASSAULT") == [(Modality.REPORTED, Polarity.POSITIVE)]


def test_a_denied_deed_is_negative_and_the_denier_is_named(tell):
    events = tell("{Moskou} ontkent dat {het leger} {Odesa} heeft gebombardeerd.")
    assert modality(events, "ASSAULT") == [(Modality.REPORTED, Polarity.NEGATIVE)]
    assert [ref.name for ref in events[0].attribution] == ["Moskou"]


def test_a_quoted_deed_is_attributed_to_its_speaker(tell):
    events = tell("„{Rusland} heeft vannacht {Odesa} gebombardeerd”, zei {Zelensky}.")
    assert modality(events, "ASSAULT") == [(Modality.REPORTED, Polarity.POSITIVE)]
    assert [ref.name for ref in events[0].attribution] == ["Zelensky"]


@pytest.mark.parametrize("quotes", ["„”", "“”", "«»", '""'])
def test_a_quotation_may_have_any_marks(tell, quotes):
    said = f"{quotes[0]}{{Rusland}} heeft vannacht {{Odesa}} gebombardeerd{quotes[1]}, zei {{Zelensky}}."
    assert modality(tell(said), "ASSAULT") == [(Modality.REPORTED, Polarity.POSITIVE)]


def test_what_one_says_of_oneself_is_asserted(tell):
    events = tell("{De premier} zei dat {de premier} {Oekraïne} steunt.")
    assert modality(events, "SUPPORT") == [(Modality.ASSERTED, Polarity.POSITIVE)]


def test_the_future_is_planned(tell):
    assert modality(tell("{De bonden} zullen in maart staken."), "PROTEST") == [(Modality.PLANNED, Polarity.POSITIVE)]


def test_what_is_dated_after_the_publication_is_planned(tell):
    events = tell("{De bonden} demonstreren <21 maart|2019-03-21> bij {het ministerie}.")
    assert modality(events, "PROTEST") == [(Modality.PLANNED, Polarity.POSITIVE)]


def test_a_condition_makes_it_conditional(tell):
    events = tell("{Frankrijk} steunt {de regering}, als die luistert.")
    assert modality(events, "SUPPORT") == [(Modality.CONDITIONAL, Polarity.POSITIVE)]


def test_a_refusal_is_a_rejection(tell):
    kinds = {event.type for event in tell("{De premier} wil niet met {de rebellen} onderhandelen.")}
    assert kinds == {"REJECT"}


def test_not_only_is_no_negation(tell):
    assert modality(tell("{Rusland} steunt niet alleen {Maduro}."), "SUPPORT")
