"""What a tagger of names says of the words of an article: a vote beside those of cues and of known names.

Comes in: words, and `NameSpan`s of the same text. Goes out: the span at a word. Nothing fails; time is linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.words import Words
from streamproc.analysis.names import NameSpan
from streamproc.contracts import ActorKind

_KIND_BY_LABEL = {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Vote:
    """Words `first` to `last` (exclusive) are a name of something."""

    first: int
    last: int
    kind: ActorKind | None
    """None for places, peoples and what is no actor."""
    confidence: float


class Votes:
    """The votes on the words of one article."""

    def __init__(self, words: Words, spans: Iterable[NameSpan]) -> None:
        self._votes = list(_votes(words, spans))
        self._by_word = {position: vote for vote in self._votes for position in range(vote.first, vote.last)}

    def __iter__(self) -> Iterator[Vote]:
        return iter(self._votes)

    def on(self, first: int, last: int) -> Vote | None:
        """The first vote on one of the words from `first` to `last` (exclusive)."""
        return next((self._by_word[position] for position in range(first, last) if position in self._by_word), None)


def _votes(words: Words, spans: Iterable[NameSpan]) -> Iterator[Vote]:
    position = 0
    for span in spans:
        while position < len(words) and words.end[position] <= span.start_char:
            position += 1
        first = position
        while position < len(words) and words.start[position] < span.end_char:
            position += 1
        if position > first:
            yield Vote(first, position, _KIND_BY_LABEL.get(span.label), span.confidence)
