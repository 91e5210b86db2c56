"""Which words of a sentence are taken for which entry."""

from __future__ import annotations


def rules(events) -> list[str]:
    return [event.rule for event in events]


def test_a_noun_of_two_words_needs_both(tell):
    assert rules(tell("{Spanje} rekende op de steun van {Duitsland} aan {Italië}.")) == ["steun.SUPPORT"]
    told = tell("{Spanje} sprak over de militaire steun van {Duitsland} aan {Italië}.")
    assert rules(told) == ["militaire-steun.AID"]


def test_a_particle_before_a_noun_phrase_is_the_verbs_where_an_infinitive_with_te_follows(tell):
    assert rules(tell("{Het congres} riep {België} destijds op hem alsnog aan te stellen.")) == ["oproepen.REQUEST"]


def test_common_words_do_not_crowd_out_later_ones(tell):
    events = tell("Zonder " + "steun of hulp of geld of " * 6 + "overleg veroordeelde {Rusland} {Iran}.")
    assert rules(events) == ["veroordelen.ACCUSE"]
