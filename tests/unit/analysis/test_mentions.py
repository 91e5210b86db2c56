"""Mentions: named actors only, counted by form, with their events."""

from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.analyser import load_analyser
from streamproc.analysis.mentions import mentions_of
from streamproc.contracts import MentionForm
from streamproc.contracts.ids import mention_id
from streamproc.text import CleanArticle, Limits

TEXT = (
    "Rusland steunt de Venezolaanse president Nicolás Maduro. "
    "De betogers riepen leuzen. Volgens Rusland is Maduro de president van Venezuela."
)


@pytest.fixture(scope="module")
def enriched():
    article = CleanArticle(article_id="a1", text=TEXT, language="nl", language_confidence=1.0, source="ANP")
    return load_analyser(Limits()).analyse(article, processed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def by_actor(enriched):
    return {mention.actor_id: mention for mention in mentions_of(enriched)}


def test_only_named_actors_have_a_record(enriched, by_actor):
    assert set(by_actor) == {"country:rus", "country:ven", "person:nicolas-maduro"}
    assert any(not entity.named for entity in enriched.entities)


def test_mentions_are_sorted_by_actor(enriched):
    ids = [mention.actor_id for mention in mentions_of(enriched)]
    assert ids == sorted(ids)


def test_the_count_is_the_sum_of_the_forms(by_actor):
    venezuela = by_actor["country:ven"]
    assert venezuela.by_form == {MentionForm.DEMONYM: 1, MentionForm.NAME: 1}
    assert venezuela.count == 2


def test_events_are_counted_on_the_side_of_the_actor(by_actor):
    assert by_actor["country:rus"].events_as_source == 1
    assert by_actor["country:rus"].events_as_target == 0
    assert by_actor["person:nicolas-maduro"].events_as_target == 1


def test_a_replay_gives_the_same_ids(by_actor):
    assert by_actor["country:rus"].mention_id == mention_id("a1", "country:rus")
    assert by_actor["country:rus"].source == "ANP"
