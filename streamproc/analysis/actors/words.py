"""The words of an article as names need them: "N-VA", "CD&V", "sp.a", "V.S." and "Houthi's" are one word each.

Comes in: text and the offsets of its sentences. Goes out: `Words`, parallel lists over all words and punctuation marks.
Nothing fails; time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’&.+]\w+)*|\S")
_OPENING_MARKS = frozenset("\"'“„‘‚«(–—-•*")


@dataclass(frozen=True, slots=True)
class Words:
    """Words by position; `sentence[i]` is the number of the sentence that word `i` is in."""

    text: tuple[str, ...]
    lower: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    sentence: tuple[int, ...]
    opens: tuple[bool, ...]
    """Whether the word has its capital perhaps only because a sentence or quotation begins with it."""
    bounds: tuple[tuple[int, int], ...]
    """First and last position (exclusive) of each sentence."""

    def __len__(self) -> int:
        return len(self.text)

    def is_capital(self, position: int) -> bool:
        """Whether the word begins with a capital."""
        return self.text[position][0].isupper()


def split_words(text: str) -> tuple[str, ...]:
    """`text` cut as `read_words` cuts it."""
    return tuple(match.group() for match in _WORD.finditer(text))


def read_words(text: str, sentences: Iterable[tuple[int, int]]) -> Words:
    """The words of all `sentences`, which are offsets into `text`."""
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    opens: list[bool] = []
    bounds = []
    for number, (start, end) in enumerate(sentences):
        first = len(found)
        opening = True
        for match in _WORD.finditer(text, start, end):
            word = match.group()
            found.append(word)
            starts.append(match.start())
            ends.append(match.end())
            numbers.append(number)
            opens.append(opening)
            opening = word in _OPENING_MARKS or (opening and not word[0].isalnum()) or word == ":"
        bounds.append((first, len(found)))
    lower = tuple(word.lower().replace("’", "'") for word in found)
    return Words(tuple(found), lower, tuple(starts), tuple(ends), tuple(numbers), tuple(opens), tuple(bounds))
