"""Who is on stage: the actors that the text has mentioned so far, most recent last.

Comes in: mentions in the order of the text. Goes out: answers to who may be meant by the next nominal or pronoun.
Nothing fails; looking back is bounded by `REACH` mentions.
"""

from __future__ import annotations

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
    group: tuple[Member, ...] = ()
    """The actors that it is joined with, itself last ("Rusland en China")."""


class Stage:
    """The appearances so far."""

    def __init__(self) -> None:
        self._appearances: list[Appearance] = []

    def enter(self, appearance: Appearance) -> None:
        """Note the next appearance."""
        self._appearances.append(appearance)

    def recent(self, fits: Callable[[Appearance], bool] = lambda _: True, reach: int = REACH) -> Iterator[Appearance]:
        """Appearances that fit among the last `reach`, the most recent first."""
        return (appearance for appearance in reversed(self._appearances[-reach:]) if fits(appearance))

    def last(self, fits: Callable[[Appearance], bool]) -> Appearance | None:
        """The most recent appearance that fits."""
        return next(self.recent(fits), None)

    def ending_at(self, position: int) -> Appearance | None:
        """The appearance whose last word is right before `position`."""
        return next((found for found in self.recent(reach=4) if found.last == position), None)

    def salient(self, sentence: int, fits: Callable[[Appearance], bool], sentences: int) -> Appearance | None:
        """The one most likely to be taken up in `sentence`: a subject of it or of the sentences before, else the last.

        In the sentence itself the most recent appearance counts, in earlier ones the first subject.
        """
        for number in range(sentence, sentence - sentences - 1, -1):
            found = [item for item in self.recent(fits) if item.sentence == number]
            subjects = [item for item in found if item.subject]
            if found:
                best = subjects or found
                return best[0] if number == sentence else best[-1]
        return None
