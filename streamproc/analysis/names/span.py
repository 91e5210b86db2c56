"""One name in a text. Nothing fails."""

from __future__ import annotations

from dataclasses import dataclass

LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
"""Persons; organisations; places and countries; demonyms; works, events, laws, products and the rest."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: where it is, and of what."""

    start_char: int
    """Code points from the start of the text."""
    end_char: int
    """Code points from the start of the text, exclusive."""
    label: str
    """One of `LABELS`."""
    confidence: float
    """Marginal probability of the least certain word of the name, 0 to 1."""
