"""How real an event is said to be."""

from __future__ import annotations

from dataclasses import dataclass, field

from streamproc.analysis.events.sentence import Unit
from streamproc.contracts.entity import ActorKind
from streamproc.contracts.event import EventType, Modality, Polarity


@dataclass(slots=True)
class Verdict:
    """Type, polarity, modality and attribution of an event."""

    type: EventType
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    attribution: list[Unit] = field(default_factory=list)
    flipped: bool = False
    """Whether the type is another than that of the entry."""

    def flip(self, kind: EventType) -> None:
        """Makes it an event of another type."""
        self.type, self.flipped = kind, True

    def deny(self, deniers: list[Unit]) -> None:
        """Makes it a deed that somebody denies."""
        self.polarity, self.modality, self.attribution = Polarity.NEGATIVE, Modality.REPORTED, deniers

    def attribute(self, speakers: list[Unit]) -> None:
        """Tells who says so: what a party tells of is reported, what the press reports stays asserted."""
        self.attribution = speakers
        if not speakers or any(entity.kind is not ActorKind.MEDIA for unit in speakers for entity in unit.entities):
            self.modality = Modality.REPORTED
