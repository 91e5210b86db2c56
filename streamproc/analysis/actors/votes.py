"""What a tagger of names says of the words of an article: a vote beside those of cues and of known names.

Comes in: words, and `NameSpan`s of the same text. Goes out: the vote on a word, and the kind of a name after the vote.
Nothing fails; time is linear. Thresholds were chosen on articles of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from streamproc.analysis.actors.classify import Kind
from streamproc.analysis.actors.words import Words
from streamproc.analysis.names import NameSpan
from streamproc.contracts import ActorKind

SURE = 0.95
"""A name that nothing else tells of must be this certain."""
_CONTRADICTS = 0.85
_WEAK = frozenset({"capitals", "capital-word", "cue", "acronym"})
"""Rules that a vote may overrule."""
_NEEDS_VOTE = frozenset({"capitals", "capital-word", "cue"})
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

    def __init__(self, words: Words, spans: Iterable[NameSpan] | None) -> None:
        """Without `spans` there is no tagger, and cues alone tell."""
        self._present = spans is not None
        self._votes = list(_votes(words, spans or ()))
        self._by_word = {position: vote for vote in self._votes for position in range(vote.first, vote.last)}

    def __iter__(self) -> Iterator[Vote]:
        return iter(self._votes)

    def settle(self, kind: Kind, first: int, last: int) -> Kind | None:
        """The kind of the name from `first` to `last`, of which cues tell `kind`; nothing where it is no actor."""
        if not self._present or kind.rule not in _WEAK:
            return kind
        vote = self._on(first, last)
        if vote is None:
            return None if kind.rule in _NEEDS_VOTE else kind
        if vote.kind is None:
            return None if vote.confidence > _CONTRADICTS else kind
        guessed = kind.rule == "capitals" or (kind.kind is None and vote.confidence > _CONTRADICTS)
        return replace(kind, kind=vote.kind) if guessed else kind

    def _on(self, first: int, last: int) -> Vote | None:
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
