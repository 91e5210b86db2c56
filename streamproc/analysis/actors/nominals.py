"""Noun phrases that may stand for an actor: "de oppositieleider", "zijn Amerikaanse collega", "duizenden betogers".

Comes in: words and the names among them. Goes out: `Nominal`s in order, from determiner to head noun, none overlapping
another. Nothing fails; a phrase has at most `MAX_WORDS` words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.index import NameIndex, Sort
from streamproc.analysis.actors.lexicon import ConnectiveUse, Determiner, DeterminerClass, Lexicon, Noun, Numerus
from streamproc.analysis.actors.name import Name
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind
from streamproc.knowledge import Gender, KnownActor

MAX_WORDS = 7
_NUMBER = re.compile(r"\d{1,3}(?:[.,]?\d{3})*")
_SECOND = frozenset({DeterminerClass.NUMERAL, DeterminerClass.QUANTIFIER})
_TITLES = frozenset({ActorKind.PERSON, ActorKind.OFFICE, ActorKind.COUNTRY})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase from `first` to `last` (exclusive) whose head names an actor."""

    first: int
    last: int
    noun: Noun
    head: str
    """The head noun as it stands, lower case."""
    class_: DeterminerClass | None
    """None for a phrase without a determiner."""
    plural: bool
    country: KnownActor | None
    """The country of a demonym inside the phrase."""
    body: KnownActor | None = None
    """The body that the head begins with ("PVV-leider", "D66'er")."""
    countries: frozenset[str] = frozenset()
    """Ids of the countries that the adjective of a region allows; empty where there is none."""
    title: str = ""
    """Key of the office that the noun and the portfolio after it tell, or empty."""
    size: int = 0
    """How many actors the phrase speaks of ("beide", "de drie"); 0 where it does not tell."""

    @property
    def definite(self) -> bool:
        """Whether the phrase takes up somebody whom the reader knows."""
        return self.class_ in {DeterminerClass.DEFINITE, DeterminerClass.DEMONSTRATIVE}


class NominalReader:
    """Finds the nominals of one article."""

    def __init__(self, lexicon: Lexicon, index: NameIndex, words: Words, names: list[Name]) -> None:
        self._lexicon = lexicon
        self._index = index
        self._words = words
        self._taken = {
            position: name for name in names if not _is_demonym(name) for position in range(name.first, name.last)
        }
        self._name_starts = {name.first for name in names if not _is_demonym(name)}

    def nominals(self) -> Iterator[Nominal]:
        """The nominals in order."""
        for first, end in self._words.bounds:
            position = first
            while position < end:
                nominal = self._read(position, min(end, position + MAX_WORDS))
                if nominal is not None:
                    yield nominal
                position = nominal.last if nominal else position + 1

    def _read(self, first: int, end: int) -> Nominal | None:
        """The nominal that begins at `first`."""
        determiners = self._determiners(first, end)
        country = None
        for position in range(first + len(determiners), end):
            if position in self._taken:
                return None
            noun = self._head(position)
            if noun is not None:
                return self._nominal(first, position, noun, determiners, country)
            adjective, of = self._adjective(position, bool(determiners))
            if not adjective:
                return None
            country = country or of
        return None

    def _determiners(self, first: int, end: int) -> list[Determiner]:
        """A determiner, and the numerals and quantifiers after it: "alle 137", "zijn drie"."""
        found: list[Determiner] = []
        for position in range(first, end):
            determiner = self._determiner(position)
            if determiner is None or position in self._taken or (found and determiner.class_ not in _SECOND):
                break
            found.append(determiner)
        return found

    def _determiner(self, position: int) -> Determiner | None:
        word = self._words.lower[position]
        if _NUMBER.fullmatch(word) or self._lexicon.is_number(word):
            return Determiner(DeterminerClass.NUMERAL, Numerus.PLURAL)
        return self._lexicon.determiners.get(word)

    def _head(self, position: int) -> Noun | None:
        """The noun at `position`, if it is the head of its phrase."""
        text = self._words.text[position]
        if text[0].isupper() and not self._words.opens[position]:
            return self._proper_head(position)
        return self._lexicon.noun(self._words.lower[position].rsplit("-", 1)[-1])

    def _proper_head(self, position: int) -> Noun | None:
        """A head with a capital: "de Amerikaan", "een PvdA'er", "de VN-gezant"."""
        text = self._words.text[position]
        entry = next((entry for entry in self._index.word(text) if entry.sort is Sort.DEMONYM), None)
        if entry is not None:
            plural = text in self._lexicon.plural_demonyms
            kind = ActorKind.POPULATION if plural else ActorKind.PERSON
            return Noun(text.lower(), kind, Numerus.PLURAL if plural else Numerus.SINGULAR, Gender.UNKNOWN, "")
        last = text.rsplit("-", 1)[-1]
        return self._lexicon.noun(last) if "-" in text and last.islower() else self._lexicon.member_noun(text)

    def _adjective(self, position: int, determined: bool) -> tuple[bool, KnownActor | None]:
        """Whether the word may stand before a head noun, and its country."""
        text = self._words.text[position]
        entry = next((entry for entry in self._index.word(text) if entry.sort is Sort.ADJECTIVE), None)
        if entry is not None:
            return True, entry.actor
        lower = self._words.lower[position]
        known = text in self._lexicon.adjectives or lower in self._lexicon.adjectives
        if known or text in self._lexicon.countries_by_region:
            return True, None
        if not determined or not text[0].isalpha():
            return False, None
        return self._lexicon.may_be_adjective(lower), None

    def _nominal(
        self, first: int, head: int, noun: Noun, determiners: list[Determiner], country: KnownActor | None
    ) -> Nominal | None:
        plural = noun.number is Numerus.PLURAL
        numbers = {determiner.number for determiner in determiners}
        contradicted = (Numerus.SINGULAR if plural else Numerus.PLURAL) in numbers
        if contradicted or not (determiners or plural) or self._is_title(head, noun):
            return None
        size = next((size for word in self._words.lower[first:head] if (size := self._lexicon.sizes.get(word, 0))), 0)
        return Nominal(
            first=first,
            last=head + 1,
            noun=noun,
            head=self._words.lower[head],
            class_=determiners[0].class_ if determiners else None,
            plural=plural,
            country=country or self._demonym(head),
            body=self._body(head),
            countries=self._countries(first, head),
            title=self._title(head, noun),
            size=size,
        )

    def _title(self, head: int, noun: Noun) -> str:
        """The office of the head, with the portfolio after it: "minister van Defensie"."""
        words = self._words
        after = head + 1
        if not noun.title or after + 1 >= len(words):
            return noun.title
        if words.lower[after] not in self._lexicon.connectives[ConnectiveUse.PORTFOLIO]:
            return noun.title
        match = self._index.at(words, after + 1, min(len(words), after + MAX_WORDS))
        return self._lexicon.minister(noun.title, words.text[match.first : match.last] if match else ())

    def _countries(self, first: int, head: int) -> frozenset[str]:
        by_region = self._lexicon.countries_by_region
        return next((by_region[word] for word in self._words.text[first:head] if word in by_region), frozenset())

    def _demonym(self, head: int) -> KnownActor | None:
        entries = self._index.word(self._words.text[head])
        return next((entry.actor for entry in entries if entry.sort is Sort.DEMONYM), None)

    def _body(self, head: int) -> KnownActor | None:
        text = self._words.text[head].replace("’", "'")
        stem = text.rsplit("-", 1)[0] if "-" in text else text.rsplit("'", 1)[0]
        entries = self._index.word(stem) if stem != text else ()
        return next((entry.actor for entry in entries if entry.sort is Sort.ACTOR), None)

    def _is_title(self, head: int, noun: Noun) -> bool:
        """Whether the phrase only introduces the name after it."""
        after = head + 1
        if after in self._name_starts and noun.kind is not ActorKind.POPULATION:
            return True
        words = self._words
        if noun.kind not in _TITLES or after >= len(words):
            return False
        if words.lower[after] not in self._lexicon.connectives[ConnectiveUse.PORTFOLIO]:
            return False
        match = self._index.at(words, after + 1, min(len(words), after + MAX_WORDS)) if after + 1 < len(words) else None
        return match is not None and match.sort is Sort.PORTFOLIO and match.last in self._name_starts


def _is_demonym(name: Name) -> bool:
    return bool(name.entries) and name.entries[0].sort in {Sort.ADJECTIVE, Sort.DEMONYM}
