"""How far each rule may be trusted: the share of its mentions that were right, actor included, on articles of our own.

Comes in: an actor of an article. Goes out: a confidence. Nothing fails.
"""

from __future__ import annotations

from types import MappingProxyType

from streamproc.analysis.actors.cast import Member

PRECISION_BY_RULE = MappingProxyType(
    {
        "gazetteer": 0.95,
        "demonym": 0.98,
        "capital": 0.85,
        "acronym-in-brackets": 0.95,
        "first-name": 0.96,
        "noun-before": 0.93,
        "part-of-name": 0.9,
        "surname": 0.7,
        "tagger": 0.75,
        "acronym": 0.8,
        "capitals": 0.82,
        "cue": 0.65,
        "head": 0.6,
        "capital-word": 0.65,
        "apposition": 0.97,
        "office": 0.7,
        "counterpart": 0.75,
        "holder": 0.7,
        "affiliation": 0.7,
        "nationality": 0.65,
        "same-noun": 0.6,
        "called-by": 0.7,
        "joined": 0.75,
        "last-of-kind": 0.6,
        "salient": 0.5,
        "nominal": 0.55,
        "pronoun": 0.6,
        "speaker": 0.8,
        "speaker-for": 0.4,
    }
)
"""Linked to the one gold actor it belongs to, over all mentions that the rule found."""


def confidence_of(member: Member) -> float:
    """The precision of the best rule that found the actor."""
    return max(PRECISION_BY_RULE[place.rule] for place in member.places)
