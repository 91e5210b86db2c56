"""Found and marked names to precision, recall and F1. Nothing fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

TOTAL = "all"

Span = tuple[int, int, str]
"""Start, end and label."""


@dataclass(slots=True)
class Tally:
    """Counts of names that agree in span and label, by label and for all."""

    hits: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def add(self, found: AbstractSet[Span], marked: AbstractSet[Span]) -> None:
        """Counts the names of one document."""
        for counter, spans in ((self.hits, found & marked), (self.found, found), (self.marked, marked)):
            counter.update(label for _, _, label in spans)
            counter[TOTAL] += len(spans)

    def merge(self, other: Tally) -> None:
        """Counts what `other` counted too."""
        self.hits.update(other.hits)
        self.found.update(other.found)
        self.marked.update(other.marked)

    def precision(self, label: str = TOTAL) -> float:
        """Share of the found names that are marked so."""
        return self.hits[label] / max(1, self.found[label])

    def recall(self, label: str = TOTAL) -> float:
        """Share of the marked names that are found."""
        return self.hits[label] / max(1, self.marked[label])

    def f1(self, label: str = TOTAL) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits[label] / max(1, self.found[label] + self.marked[label])
