"""Who is on stage: the actors that the text has mentioned so far, most recent last.

Comes in: mentions in the order of the text. Goes out: answers to who may be meant by the next nominal or pronoun.
Nothing fails; looking back is bounded by `REACH` mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.cast import Member

REACH = 120


@dataclass(frozen=True, slots=True)
class Appearance:
    """One mention that the text has passed."""

    member: Member
    first: int
    last: int
    """Positions of its words, `last` exclusive."""
    sentence: int
    subject: bool
    """Not after a preposition: it may be the subject of its clause."""
    head: str = ""
    """Of a nominal: its head noun."""
    row: tuple[Member, ...] = ()
    """The actors that stand in a row, itself last ("Cuba, Bolivia")."""
    group: tuple[Member, ...] = ()
    """The row, where it ends with "and" before this one ("Cuba, Bolivia en Peru"); else empty."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much speaks for a candidate; chosen so that most references are right on articles of our own."""

    sentences_back: int
    distance: float
    """Against each sentence in between."""
    subject: float
    """For a subject."""
    count: float
    """For each mention so far, up to six."""
    words: float
    """Against every ten words in between."""
    margin: float = 0.0
    """By how much the best must beat the next, else nobody is taken up."""


class Stage:
    """The appearances so far."""

    def __init__(self) -> None:
        self._appearances: list[Appearance] = []
        self._count: Counter[str] = Counter()

    def enter(self, appearance: Appearance) -> None:
        """Note the next appearance."""
        self._appearances.append(appearance)
        self._count[appearance.member.actor_id] += 1

    def in_order(self) -> list[Appearance]:
        """All appearances in the order of the text."""
        return sorted(self._appearances, key=lambda item: item.first)

    def recent(self, fits: Callable[[Appearance], bool] = lambda _: True, reach: int = REACH) -> Iterator[Appearance]:
        """Appearances that fit among the last `reach`, the most recent first."""
        return (appearance for appearance in reversed(self._appearances[-reach:]) if fits(appearance))

    def last(self, fits: Callable[[Appearance], bool]) -> Appearance | None:
        """The most recent appearance that fits."""
        return next(self.recent(fits), None)

    def ending_at(self, position: int) -> Appearance | None:
        """The appearance whose last word is right before `position`."""
        return next((found for found in self.recent(reach=4) if found.last == position), None)

    def salient(
        self,
        position: int,
        sentence: int,
        fits: Callable[[Appearance], bool],
        weights: Weights,
        *,
        apart_from: Member | None = None,
    ) -> Member | None:
        """The member most likely to be taken up at word `position` of `sentence`, among those that fit."""
        scores: dict[str, float] = {}
        members: dict[str, Member] = {}
        for item in self.recent():
            distance = sentence - item.sentence
            if distance > weights.sentences_back:
                break
            member = item.member
            if member is apart_from or not fits(item):
                continue
            members.setdefault(member.actor_id, member)
            score = -weights.distance * distance + (weights.subject if item.subject else 0.0)
            score += weights.count * min(self._count[member.actor_id], 6)
            score -= weights.words * (position - item.first) / 10
            scores[member.actor_id] = max(score, scores.get(member.actor_id, -1e9))
        ranked = sorted(scores, key=lambda actor_id: -scores[actor_id])
        if not ranked or (len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < weights.margin):
            return None
        return members[ranked[0]]
