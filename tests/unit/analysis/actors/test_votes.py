"""The vote of a tagger of names beside cues."""

from __future__ import annotations

import pytest

from streamproc.analysis.actors.classify import Kind
from streamproc.analysis.actors.votes import Votes
from streamproc.analysis.actors.words import read_words
from streamproc.analysis.names import NameSpan
from streamproc.contracts import ActorKind

TEXT = "Gisteren sprak Karel Pauwels."
WORDS = read_words(TEXT, [(0, len(TEXT))])
GUESS = Kind(ActorKind.PERSON, "capitals")


def vote(label, confidence=0.99):
    return Votes(WORDS, [NameSpan(15, 28, label, confidence)])


def test_a_vote_is_on_the_words_of_its_span():
    (found,) = vote("PER")
    assert WORDS.text[found.first : found.last] == ("Karel", "Pauwels")


@pytest.mark.parametrize(
    ("votes", "settled"),
    [
        (vote("PER"), ActorKind.PERSON),
        (vote("ORG"), ActorKind.ORGANISATION),
        (vote("LOC"), None),
        (vote("LOC", 0.5), ActorKind.PERSON),
        (Votes(WORDS, []), None),
        (Votes(WORDS, None), ActorKind.PERSON),
    ],
)
def test_a_mere_guess_yields_to_the_vote(votes, settled):
    kind = votes.settle(GUESS, 2, 4)
    assert (kind.kind if kind else None) is settled


def test_a_precise_rule_does_not_yield():
    kind = Kind(ActorKind.COMPANY, "noun-before")
    assert vote("LOC").settle(kind, 2, 4) is kind


def test_a_cue_keeps_the_kind_that_it_tells():
    kind = Kind(ActorKind.COMPANY, "cue")
    assert vote("ORG").settle(kind, 2, 4) == kind


def test_a_name_that_no_cue_tells_is_found_by_the_tagger(entity):
    assert entity("De winst van Karstenberg daalde, aldus Karstenberg zelf.", "Karstenberg").entity.named
