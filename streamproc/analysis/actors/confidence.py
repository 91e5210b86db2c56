"""How far each rule may be trusted: the share of its mentions that were right on articles kept aside for this."""

from __future__ import annotations

from types import MappingProxyType

from streamproc.analysis.actors.cast import Member

PRECISION_BY_RULE = MappingProxyType(
    {
        "gazetteer": 0.97,
        "demonym": 0.97,
        "capital": 0.85,
        "noun-before": 0.9,
        "first-name": 0.95,
        "cue": 0.85,
        "acronym": 0.8,
        "acronym-in-brackets": 0.95,
        "capitals": 0.75,
        "capital-word": 0.6,
        "part-of-name": 0.95,
    }
)


def confidence_of(member: Member) -> float:
    """The best precision among the rules that found the actor."""
    return max(PRECISION_BY_RULE.get(place.rule, 0.5) for place in member.places)
