"""What a name is: a person, a body of some kind, a place, or nothing that acts.

Comes in: a sequence of capitals in an article. Goes out: a `Kind` with the rule that told it, or nothing.
Nothing fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from streamproc.analysis.actors.index import NameIndex
from streamproc.analysis.actors.lexicon import ConnectiveUse, Lexicon, Noun, Numerus
from streamproc.analysis.actors.sequences import Sequences
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind

_NO_ACTOR = frozenset({ActorKind.PLACE, ActorKind.OTHER})
_MAX_PORTFOLIO_WORDS = 7
_MAX_SHORT = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of an unknown name, where cues tell one, and the rule."""

    kind: ActorKind | None
    rule: str
    noun: Noun | None = None


class Classifier:
    """Tells the kinds of the names of one article."""

    def __init__(self, lexicon: Lexicon, index: NameIndex, sequences: Sequences, words: Words) -> None:
        self._lexicon = lexicon
        self._index = index
        self._sequences = sequences
        self._words = words

    def classify(self, first: int, last: int) -> Kind | None:
        """The kind of the name from `first` to `last`, or nothing where it is no actor."""
        word = self._words.text[first]
        noun = self.noun_before(first)
        one_word = last == first + 1
        if one_word and "-" in word and word.rsplit("-", 1)[1][:1].islower():
            return self._compound(word)
        if self.is_where(first):
            return None
        kind = self.cue(first, last)
        if noun is not None and noun.number is not Numerus.PLURAL and noun.kind is not ActorKind.COUNTRY:
            foreign = noun.kind is ActorKind.PERSON and kind is not None and kind not in _NO_ACTOR and not one_word
            own = ActorKind.PERSON if noun.title else noun.kind
            return Kind(kind, "cue") if foreign else Kind(own, "noun-before", noun)
        if not one_word and word in self._lexicon.gender_by_first_name:
            return Kind(ActorKind.PERSON, "first-name")
        if kind is not None:
            return None if kind in _NO_ACTOR else Kind(kind, "cue")
        return self._guess_word(first) if one_word else self._guess_words(first, last)

    def cue(self, first: int, last: int) -> ActorKind | None:
        """The kind that a word of the name, or the ending of its last word, tells."""
        for position in range(first, last):
            kind = self._sequences.cue(position)
            if kind is not None:
                return kind
        lower = self._words.lower[last - 1]
        kind = self._lexicon.compound_kind(lower)
        if kind is None and last == first + 1:
            noun = self._lexicon.noun(lower)
            kind = noun.kind if noun is not None and noun.number is Numerus.SINGULAR else None
            kind = None if kind is ActorKind.PERSON else kind
        return kind

    def _guess_words(self, first: int, last: int) -> Kind | None:
        if self._is_dateline(first, last):
            return None
        if all(_is_acronym(word) for word in self._words.text[first:last]):
            return Kind(ActorKind.ORGANISATION, "acronym")
        determined = first > 0 and self._words.lower[first - 1] in self._lexicon.determiners
        return Kind(ActorKind.ORGANISATION if determined else ActorKind.PERSON, "capitals")

    def _guess_word(self, first: int) -> Kind | None:
        word = self._words.text[first]
        if self._is_dateline(first, first + 1) or self._lexicon.member_noun(word) is not None:
            return None
        if _is_acronym(word):
            return Kind(ActorKind.ORGANISATION, "acronym")
        if self._words.opens[first] or self._lexicon.looks_like_adjective(word):
            return None
        before = self._words.lower[first - 1]
        if before in self._lexicon.determiners:
            return None
        if before in self._lexicon.connectives[ConnectiveUse.OF] and not self._belongs_to_person(first):
            return None
        return Kind(None, "capital-word")

    def _belongs_to_person(self, first: int) -> bool:
        """Whether the name is that of the body that a person belongs to: "topman van Wirecard"."""
        noun = self._lexicon.noun(self._words.lower[first - 2]) if first > 1 else None
        return noun is not None and noun.kind in {ActorKind.PERSON, ActorKind.OFFICE}

    def _is_person(self, word: str) -> bool:
        noun = self._lexicon.noun(word)
        return noun is not None and noun.kind is ActorKind.PERSON

    def _is_dateline(self, first: int, last: int) -> bool:
        """Whether the name only tells where a text was written: "LEEUWARDEN (ANP) -"."""
        words = self._words
        if not words.opens[first] or last >= len(words):
            return False
        return all(word.isupper() for word in words.text[first:last]) and words.text[last] in {"(", "-", "–", "—"}

    def _compound(self, word: str) -> Kind | None:
        """The kind of a compound: "Hayastan-fonds" is a name; "VN-gezant" and "EU-landen" are nouns."""
        kind = self._lexicon.compound_kind(word.lower())
        if kind is None or kind in _NO_ACTOR or self._index.word(word.rsplit("-", 1)[0]):
            return None
        return Kind(kind, "cue")

    def is_where(self, first: int) -> bool:
        """Whether the words before say that the name is a place or a channel."""
        words = self._words
        start = words.bounds[words.sentence[first]][0]
        if first <= start:
            return False
        before = words.lower[first - 1]
        if before in self._lexicon.prepositions or (
            self._lexicon.is_place_noun(before) and not self._is_person(before)
        ):
            return True
        if before in self._lexicon.connectives[ConnectiveUse.CHANNEL] and words.text[first] in self._lexicon.channels:
            return True
        of = before in self._lexicon.connectives[ConnectiveUse.OF]
        return of and first - 1 > start and self._lexicon.is_place_noun(words.lower[first - 2])

    def noun_before(self, first: int) -> Noun | None:
        """The noun right before the name, or before "van" and a portfolio ("minister van Defensie Ank Bijleveld")."""
        words = self._words
        start = words.bounds[words.sentence[first]][0]
        if first <= start:
            return None
        noun = self._lexicon.noun(words.lower[first - 1].rsplit("-", 1)[-1])
        if noun is not None:
            return noun
        for preposition in range(first - 2, max(start, first - _MAX_PORTFOLIO_WORDS), -1):
            if words.lower[preposition] in self._lexicon.connectives[ConnectiveUse.PORTFOLIO]:
                match = self._index.at(words, preposition + 1, first)
                if match is None or match.last != first:
                    return None
                noun = self._lexicon.noun(words.lower[preposition - 1])
                return noun and self._with_portfolio(noun, words.text[match.first : match.last])
        return None

    def _with_portfolio(self, noun: Noun, portfolio: tuple[str, ...]) -> Noun:
        return replace(noun, title=self._lexicon.minister(noun.title, portfolio))


def _is_acronym(word: str) -> bool:
    """Whether one part of the word has two capitals: "MNLF", "PvdA", "N-VA", but not "Sint-Gillis"."""
    parts = word.split("-")
    return any(sum(map(str.isupper, part)) > 1 for part in parts) or (len(parts) > 1 and len(word) <= _MAX_SHORT)
