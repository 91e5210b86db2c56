"""Where a sequence of capitals begins and ends: "Ursula von der Leyen", "Bank of Japan", "Moutaz D.".

Comes in: the words of an article. Goes out: positions. Nothing fails; a sequence has at most `MAX_WORDS` words.
"""

from __future__ import annotations

import re

from streamproc.analysis.actors.index import NameIndex, Sort
from streamproc.analysis.actors.lexicon import ConnectiveUse, CuePosition, Lexicon
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind

MAX_WORDS = 9
_MAX_LINKS = 3
_PREFIXED = re.compile(r"([a-z]{1,3})[-'’][^\W\d_a-z]")


class Sequences:
    """Reads the sequences of capitals of one article."""

    def __init__(self, lexicon: Lexicon, index: NameIndex, openers: frozenset[str], words: Words) -> None:
        self._lexicon = lexicon
        self._index = index
        self._openers = openers
        self._words = words
        self._lower_case = frozenset(word for word in words.text if word[0].islower())

    def may_begin(self, position: int, end: int) -> bool:
        """Whether a name may begin at `position`: whether its capital is more than the start of a sentence."""
        words = self._words
        if self.has_head(position):
            return True
        if not words.is_capital(position) or self.is_title(position, end):
            return False
        if not words.opens[position]:
            return True
        lower = words.lower[position]
        before_name = position + 1 < end and self.is_part(position + 1)
        if lower in self._openers or (lower in self._lower_case and not before_name):
            return False
        return lower not in self._lexicon.adjectives

    def has_head(self, position: int) -> bool:
        """Whether the word is a noun in lower case that begins the name of a body: "kabinet-Rutte"."""
        head, hyphen, rest = self._words.text[position].partition("-")
        return bool(hyphen) and head.lower() in self._lexicon.name_heads and rest[:1].isupper()

    def is_head(self, position: int, end: int) -> bool:
        """Whether the word is a noun in lower case that begins a name with the next word: "rechtbank Amsterdam"."""
        after = position + 1
        return self._words.text[position] in self._lexicon.place_heads and after < end and self._words.is_capital(after)

    def is_title(self, position: int, end: int) -> bool:
        """Whether the capital is that of a noun, before a name or at the start of a sentence."""
        words = self._words
        if self.cue(position):
            return False
        noun = self._lexicon.noun(words.lower[position].rsplit("-", 1)[-1])
        if noun is None:
            return False
        before_name = position + 1 < end and words.is_capital(position + 1)
        return (
            words.opens[position] or (before_name and noun.kind is ActorKind.PERSON) or words.text[position].isupper()
        )

    def end(self, first: int, end: int) -> int:
        """The end of the sequence that begins at `first`, with particles and initials inside it."""
        position = first + 1
        end = min(end, first + MAX_WORDS)
        while position < end:
            step = self._step(first, position, end)
            if not step:
                break
            position += step
        return position

    def is_part(self, position: int) -> bool:
        """Whether the word may go on in a name: a capital, or a prefix with one ("al-Assad", "d'Estaing")."""
        if self._words.is_capital(position):
            return True
        match = _PREFIXED.match(self._words.text[position])
        return match is not None and (match[1] in self._lexicon.particles or f"{match[1]}'" in self._lexicon.particles)

    def cue(self, position: int) -> ActorKind | None:
        """The kind that the word tells anywhere in a name."""
        return self._lexicon.cues[CuePosition.ANY].get(self._words.text[position])

    def _step(self, first: int, position: int, end: int) -> int:
        """How many words at `position` the sequence goes on for; 0 where it ends."""
        words = self._words
        text = words.text[position]
        if text == ".":
            initial = words.text[position - 1]
            return int(len(initial) == 1 and initial.isupper() and words.end[position - 1] == words.start[position])
        if self.is_part(position):
            return 0 if self._is_adjective(first, position, end) else 1
        after = position + 1
        if after < end and text == "&" and words.is_capital(after):
            return 2
        if after < end and words.lower[position] in self._lexicon.connectives[ConnectiveUse.SUFFIX]:
            return 2 if words.text[after] == "." else 0
        return self._linked(first, position, end)

    def _is_adjective(self, first: int, position: int, end: int) -> bool:
        """Whether the capital is only that of a demonym: "mag Honiara Chinese agenten"."""
        match = self._index.at(self._words, position, end)
        return match is not None and match.sort is Sort.ADJECTIVE and self.cue(first) is None

    def _linked(self, first: int, position: int, end: int) -> int:
        """The length of the particles from `position` with the word after them, if they link it to the name."""
        words = self._words
        linking = self._lexicon.connectives[ConnectiveUse.NAME] | self._lexicon.particles
        after = position
        while after < end and words.lower[after] in linking and after - position < _MAX_LINKS:
            after += 1
        if after == position or after >= end or not self.is_part(after):
            return 0
        return after + 1 - position if self._joins(first, position, after, end) else 0

    def _joins(self, first: int, position: int, after: int, end: int) -> bool:
        """Whether the small words from `position` join the words before and after them to one name."""
        small = self._words.lower[position]
        if any(self.cue(before) for before in range(first, position)):
            return small in self._lexicon.connectives[ConnectiveUse.NAME]
        given = all(self._words.text[before] in self._lexicon.gender_by_first_name for before in range(first, position))
        if given and small in self._lexicon.particles:
            return True
        if small not in self._lexicon.particles or small in self._lexicon.connectives[ConnectiveUse.GIVEN]:
            return False
        return self._index.at(self._words, after, end) is None and self._index.at(self._words, first, position) is None
