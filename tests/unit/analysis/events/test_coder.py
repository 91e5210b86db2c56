"""The event coder as others use it."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streamproc import __version__
from streamproc.contracts.entity import ActorKind
from streamproc.contracts.ids import event_id

SEED = (
    "{Rusland} is bereid tot bilateraal overleg met {de Verenigde Staten} over de crisis.\n"
    "Tijdens het telefoongesprek, geïnitieerd door {Pompeo}, veroordeelde {Lavrov} de bedreigingen die {de VS} heeft"
    " geuit tegen “het wettelijke gezag” van {Venezuela}.\n"
    "Steeds minder landen steunen nog {het bewind}.\n"
    "{Zij|pronoun} blokkeerden <donderdag|2019-02-28> in de raad het {Amerikaanse|demonym} voorstel voor noodhulp.\n"
    "{Hij|pronoun} is intussen erkend door {meer dan vijftig landen|nominal}, waaronder {de Verenigde Staten}.\n"
    "{De oppositieleider|nominal} pleitte voor meer internationale sancties tegen {het regime}."
)


def told(events):
    return {
        (event.type.value, tuple(ref.name for ref in event.sources), tuple(ref.name for ref in event.targets))
        for event in events
    }


def test_an_article_is_coded(tell):
    assert told(tell(SEED)) == {
        ("AGREE", ("Rusland",), ("de Verenigde Staten",)),
        ("ACCUSE", ("Lavrov",), ("de VS",)),
        ("THREATEN", ("de VS",), ("Venezuela",)),
        ("REJECT", ("Zij",), ("Amerikaanse",)),
        ("SUPPORT", ("meer dan vijftig landen", "de Verenigde Staten"), ("Hij",)),
        ("REQUEST", ("De oppositieleider",), ("het regime",)),
    }


def test_the_same_input_gives_the_same_bytes(tell):
    assert [event.to_json() for event in tell(SEED)] == [event.to_json() for event in tell(SEED)]


def test_events_are_in_order_of_their_triggers(tell):
    starts = [event.trigger[0].start for event in tell(SEED)]
    assert starts == sorted(starts)


def test_ids_are_hashes_of_what_they_name(tell):
    for event in tell(SEED):
        spans = [(span.start, span.end) for span in event.trigger]
        assert event.event_id == event_id("test", event.type, spans, (event.sentence.start, event.sentence.end))


def test_each_event_says_what_it_rests_on(tell, coder):
    for event in tell(SEED):
        assert event.rule in coder.lexicon.entries
        assert event.pipeline == __version__
        assert 0.4 <= event.confidence <= 1.0
        assert event.cameo


def test_a_separated_verb_has_both_its_parts_as_trigger(tell):
    (event,) = tell("{De politie} pakte {drie mannen} op.")
    assert [span.text for span in event.trigger] == ["pakte", "op"]


def test_a_mutual_act_has_all_parties_as_sources(tell):
    (event,) = tell("{Lavrov} overlegde met {Pompeo}.")
    assert event.reciprocal
    assert [ref.name for ref in event.sources] == ["Lavrov", "Pompeo"]
    assert event.targets == []


def test_a_crowd_protests_where_a_force_attacks(tell):
    (crowd,) = tell("{Betogers|nominal|population} bestormden {het parlement}.")
    (force,) = tell("{Soldaten|nominal|armed_group} bestormden {het parlement}.")
    assert crowd.type == "PROTEST"
    assert force.type == "ASSAULT"
    assert force.sources[0].kind is ActorKind.ARMED_GROUP


def test_another_particle_makes_another_verb(tell):
    assert tell("{Guaidó} riep zichzelf uit tot president.") == []


def test_a_text_without_actors_has_no_events(tell):
    assert tell("Gisteren werd de aanval veroordeeld.") == []


WORDS = st.sampled_from(
    [
        *[
            "{Rusland}",
            "{Iran}",
            "{Hij|pronoun}",
            "{Amerikaanse|demonym}",
            "veroordeelde",
            "steunt",
            "riep",
            "op",
            "heeft",
            "werd",
            "aangevallen",
            "en",
            ",",
            "die",
        ],
        *[
            "dat",
            "als",
            "niet",
            "„",
            "”",
            "(",
            ")",
            ";",
            ":",
            "?",
            ".",
            "te",
            "om",
            "door",
            "van",
            "met",
            "tegen",
            "zijn",
            "sancties",
            "akkoord",
            "wil",
            "zou",
            "volgens",
            "zegt",
            "bereid",
            "tot",
        ],
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_jumble_of_words_is_coded_with_right_offsets(tell, words):
    marked = " ".join(words)
    for event in tell(marked):
        text = event.sentence.text
        for span in event.trigger:
            assert text[span.start - event.sentence.start : span.end - event.sentence.start] == span.text
        assert event.sources or event.targets
        assert not {ref.actor_id for ref in event.sources} & {ref.actor_id for ref in event.targets}


@pytest.mark.parametrize(
    "text",
    [
        "{Rusland} veroordeelde {Iran} , " * 40 + ".",
        "{Rusland} zegt dat " * 60 + "{Iran} {China} steunt.",
        "„" * 200 + "{Rusland} steunt {Iran}" + "”" * 20,
        "die " * 240 + "{Rusland} steunt {Iran}",
        ("{Rusland} " + "sloot een akkoord met " * 20 + "{Iran}.\n") * 60,
    ],
)
def test_hostile_text_takes_bounded_time(tell, text):
    start = time.perf_counter()
    tell(text)
    assert time.perf_counter() - start < 5


def test_a_sentence_without_end_is_not_coded(tell):
    assert tell("{Rusland} steunt {Iran} " + "en dan nog wat " * 100) == []
