"""The two sides of an event, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from streamproc.analysis.events.groups import Group
from streamproc.analysis.events.sentence import Unit


class Evidence(StrEnum):
    """What a side rests on, a feature of the confidence."""

    NONE = "none"
    SUBJECT = "subject"
    OBJECT = "object"
    AGENT = "agent"
    PREPOSITION = "preposition"
    GENITIVE = "genitive"
    DEMONYM = "demonym"
    SHARED = "shared"
    """Subject of the clause that this one continues, or of the one that it hangs in."""
    CLAUSE = "clause"
    """Subject of a clause that tells what is said, or of what the object is told of."""
    POSSESSIVE = "possessive"
    LIGHT = "light"
    """Subject of a light verb whose object is the trigger."""


@dataclass(slots=True)
class Side:
    """The parties on one side."""

    units: list[Unit] = field(default_factory=list)
    evidence: Evidence = Evidence.NONE

    @property
    def actor_ids(self) -> frozenset[str]:
        """All actors on this side."""
        return actor_ids(self.units)

    def without(self, actors: frozenset[str]) -> Side:
        """The side but for the mentions that only tell of `actors`."""
        units = [unit for unit in self.units if not unit.actor_ids <= actors]
        return Side(units, self.evidence) if units else Side()


def side(group: Group | None, evidence: Evidence) -> Side:
    """The parties of a group; an empty side without one."""
    return Side(list(group.units), evidence) if group is not None else Side()


def actor_ids(units: list[Unit]) -> frozenset[str]:
    """All actors that the units mention."""
    found: set[str] = set()
    for unit in units:
        found |= unit.actor_ids
    return frozenset(found)
