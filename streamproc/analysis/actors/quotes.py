"""Quotations, and who speaks in them.

Comes in: words, and who has appeared in the whole article. Goes out: the quotation that a word is in, and its speaker.
Nothing fails; a quotation that is never closed ends with its paragraph's last sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from streamproc.analysis.actors.cast import Member
from streamproc.analysis.actors.stage import Appearance
from streamproc.analysis.actors.words import Words

_CLOSING_BY_OPENING = {"„": "”“", "“": "”", "«": "»", "‘": "’", '"': '"'}
_SPEAKER_REACH = 8
_MAX_QUOTE_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Quote:
    """Words `first` to `last` (exclusive), marks included."""

    first: int
    last: int


def read_quotes(words: Words) -> list[Quote]:
    """The quotations in order."""
    quotes = []
    first: int | None = None
    closing = ""
    for position, word in enumerate(words.text):
        if first is not None and words.sentence[position] - words.sentence[first] > _MAX_QUOTE_SENTENCES:
            first = None
        if first is None and word in _CLOSING_BY_OPENING:
            first, closing = position, _CLOSING_BY_OPENING[word]
        elif first is not None and word in closing:
            quotes.append(Quote(first, position + 1))
            first = None
    return quotes


def speakers(quotes: list[Quote], appearances: list[Appearance], words: Words) -> dict[Quote, Member]:
    """The speaker of each quotation, as far as the words around it tell; `appearances` in the order of the text."""
    found: dict[Quote, Member] = {}
    persons = [item for item in appearances if item.member.is_person and not item.member.plural and item.subject]
    last: Member | None = None
    for quote in quotes:
        speaker = _after(quote, persons, words) or _before(quote, persons, words) or last
        if speaker is not None:
            found[quote] = last = speaker
    return found


def quote_at(position: int, quotes: list[Quote]) -> Quote | None:
    """The quotation that word `position` is inside of."""
    number = bisect_right(quotes, position, key=lambda quote: quote.first) - 1
    return quotes[number] if number >= 0 and quotes[number].first < position < quotes[number].last else None


def _after(quote: Quote, persons: list[Appearance], words: Words) -> Member | None:
    """The first person after the quotation in its sentence: „…”, zei Lavrov."""
    number = bisect_left(persons, quote.last, key=lambda item: item.first)
    if number == len(persons):
        return None
    item = persons[number]
    near = item.first <= quote.last + _SPEAKER_REACH and item.sentence == words.sentence[quote.last - 1]
    return item.member if near else None


def _before(quote: Quote, persons: list[Appearance], words: Words) -> Member | None:
    """The first person of the sentence before the quotation: Lavrov zei: „…”."""
    number = bisect_left(persons, words.bounds[words.sentence[quote.first]][0], key=lambda item: item.first)
    return persons[number].member if number < len(persons) and persons[number].first < quote.first else None
