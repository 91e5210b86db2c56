"""What the text spoke of last: the time that "die dag", "een jaar later" and a bare clock time refer to.

In: resolved expressions in the order of the text. Out: the last of them, the last day, and the part of the day, if any.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.dates.clock import PARTS
from streamproc.analysis.dates.periods import Unit
from streamproc.analysis.dates.worlds import Resolved

MAX_DEPTH = 40
"""Expressions that hang one on the other; a longer chain starts anew, so that work stays bounded."""


@dataclass(slots=True)
class Anchors:
    """The state of one document."""

    last: Resolved | None = None
    clock_part: str | None = None
    """Part of the day of the last day-like expression in the sentence, for twelve-hour clock times."""
    _day: Resolved | None = None
    _day_sentence: int = -2
    _story_day: Resolved | None = None
    _sentence: int = -1
    _sentence_start: int = -1

    def enter(self, sentence: int) -> None:
        """Start a sentence, given by the index of its first token."""
        if sentence != self._sentence_start:
            self._sentence += 1
            self._sentence_start, self.clock_part = sentence, None

    @property
    def day(self) -> Resolved | None:
        """The day spoken of: the last one of this sentence or the one before, else the last told from publication.

        A date far back in the text ("op 12 februari") is background; a weekday or "gisteren" is the day of the story.
        """
        if self._day and self._day_sentence >= self._sentence - 1:
            return self._day
        return self._story_day

    def note(self, resolved: Resolved, *, deictic: bool) -> None:
        """Take `resolved` as what the text spoke of last; `deictic` if it is told from the publication day."""
        if resolved.sample.first is None or resolved.depth > MAX_DEPTH:
            return
        self.last = resolved
        if resolved.sample.unit is not Unit.DAY:
            return
        self._day, self._day_sentence = resolved, self._sentence
        if deictic:
            self._story_day = resolved
        tail = resolved.sample.value.rpartition("T")[2]
        if tail in PARTS:
            self.clock_part = tail
