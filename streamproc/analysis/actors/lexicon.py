"""What one language says of actors: nouns, pronouns, demonyms, first names, and words that tell a name's kind.

Comes in: words. Goes out: what the language says of them. Nothing fails; `read_lexicon` reads the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from streamproc.contracts import ActorKind
from streamproc.knowledge import Gender


class Numerus(StrEnum):
    """Grammatical number; empty where the word has both."""

    SINGULAR = "sg"
    PLURAL = "pl"
    EITHER = ""


class DeterminerClass(StrEnum):
    """What a determiner says of its noun."""

    DEFINITE = "definite"
    DEMONSTRATIVE = "demonstrative"
    POSSESSIVE = "possessive"
    INDEFINITE = "indefinite"
    QUANTIFIER = "quantifier"
    NUMERAL = "numeral"


class PronounRole(StrEnum):
    """Whether a pronoun is a subject, an object, or either."""

    SUBJECT = "subject"
    OBJECT = "object"
    BOTH = "both"


class ConnectiveUse(StrEnum):
    """What a small word does inside or between names."""

    PORTFOLIO = "portfolio"
    """Between a minister and the portfolio."""
    NAME = "name"
    """Inside the name of a body that begins with a cue."""
    GIVEN = "given"
    """Between a given name and a surname only."""
    AND = "and"
    """Between actors."""
    OF = "of"
    """Before the body that somebody belongs to."""
    CHANNEL = "channel"
    """Before a name that tells by what means, not who."""
    SUFFIX = "suffix"
    """After a surname, with a period."""
    PLURAL_VERB = "plural-verb"
    """A verb in the plural that has no such ending."""
    SINGULAR_VERB = "singular-verb"
    AGENT = "agent"
    """Before somebody who does or says something."""
    PREPOSITION = "preposition"
    """Before a phrase that is no subject."""


class CuePosition(StrEnum):
    """Where in a name a cue must stand."""

    ANY = "any"
    COMPOUND = "compound"
    ADJECTIVE = "adjective"
    """The ending of an adjective with a capital: no name."""
    INFLECTED = "inflected"
    """The ending of an adjective between a determiner and its noun."""
    NUMBER = "number"
    """The ending of a numeral."""
    PLURAL_VERB = "plural-verb"
    """The ending of a finite verb in the plural."""
    MEMBER = "member"
    """The ending of a word for a member of the body that the word begins with."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names actors."""

    text: str
    kind: ActorKind
    number: Numerus
    gender: Gender
    title: str
    """Key of an office, or empty."""


@dataclass(frozen=True, slots=True)
class Determiner:
    """A word that opens a noun phrase."""

    class_: DeterminerClass
    number: Numerus


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun."""

    person: int
    number: Numerus
    gender: Gender
    role: PronounRole
    possessive: bool
    """The same word may be a possessive."""


@dataclass(frozen=True, slots=True)
class Demonyms:
    """Words for what and who is of one country."""

    country: str
    """`actor_id`."""
    adjectives: tuple[str, ...]
    singular: tuple[str, ...]
    plural: tuple[str, ...]


_Value = TypeVar("_Value")

_MIN_COMPOUND_PREFIX = 3
_MAX_ENDING = 24


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that names and other mentions of actors are made of."""

    nouns: dict[str, Noun]
    compound_nouns: dict[str, Noun]
    """Nouns that are looked for at the end of compounds."""
    not_nouns: frozenset[str]
    """Words that only look like such compounds."""
    determiners: dict[str, Determiner]
    sizes: dict[str, int]
    """How many a determiner speaks of: "beide" is two."""
    adjectives: frozenset[str]
    pronouns: dict[str, Pronoun]
    demonyms: tuple[Demonyms, ...]
    plural_demonyms: frozenset[str]
    countries_by_region: dict[str, frozenset[str]]
    """Ids of the countries that the adjective of a region may be said of."""
    gender_by_first_name: dict[str, Gender]
    particles: frozenset[str]
    prepositions: frozenset[str]
    connectives: dict[ConnectiveUse, frozenset[str]]
    cues: dict[CuePosition, dict[str, ActorKind]]
    places: tuple[str, ...]
    others: tuple[str, ...]
    name_heads: frozenset[str]
    """Nouns in lower case that begin the name of a body with a hyphen ("kabinet-Rutte")."""
    place_heads: frozenset[str]
    """Nouns in lower case that begin the name of a body before a place ("rechtbank Amsterdam")."""
    channels: frozenset[str]
    """Names that are no actors after a preposition of the use `channel`."""
    homographs: frozenset[str]
    """Names of actors that are also words of the language."""
    place_nouns: frozenset[str]
    """Nouns before the name of a place."""
    portfolios: tuple[str, ...]
    title_by_portfolio: dict[str, str]
    """Keys of the offices of ministers."""

    def noun(self, word: str) -> Noun | None:
        """The noun `word` (lower case), or the noun that the compound `word` ends in."""
        if word in self.not_nouns:
            return None
        return self.nouns.get(word) or _longest_ending(word, self.compound_nouns)

    def minister(self, title: str, portfolio: tuple[str, ...]) -> str:
        """The office `title` with the words of a portfolio after it; other offices than a minister's have none."""
        return self.title_by_portfolio.get(" ".join(portfolio), title) if title == "minister" else title

    def compound_kind(self, word: str) -> ActorKind | None:
        """The kind that the end of the compound `word` tells."""
        return _longest_ending(word, self.cues[CuePosition.COMPOUND])

    def is_place_noun(self, word: str) -> bool:
        """Whether the name after `word` (lower case) is a place."""
        return any(word[start:] in self.place_nouns for start in _ending_starts(word)) or word in self.place_nouns

    def may_be_adjective(self, word: str) -> bool:
        """Whether `word` (lower case) may stand between a determiner and its noun."""
        return _longest_ending(word, self.cues[CuePosition.INFLECTED]) is not None

    def is_number(self, word: str) -> bool:
        """Whether `word` (lower case) is a numeral that is no determiner by itself ("vijftigduizend")."""
        return _longest_ending(word, self.cues[CuePosition.NUMBER]) is not None

    def is_plural_verb(self, word: str) -> bool:
        """Whether `word` (lower case) looks like a finite verb in the plural."""
        listed = word in self.connectives[ConnectiveUse.PLURAL_VERB]
        return listed or _longest_ending(word, self.cues[CuePosition.PLURAL_VERB]) is not None

    def member_noun(self, word: str) -> Noun | None:
        """The noun for a member of a body ("PvdA'er"), or nothing."""
        kind = _longest_ending(word, self.cues[CuePosition.MEMBER])
        if kind is None:
            return None
        number = Numerus.SINGULAR if kind is ActorKind.PERSON else Numerus.PLURAL
        return Noun(word.lower(), kind, number, Gender.UNKNOWN, "")

    def looks_like_adjective(self, word: str) -> bool:
        """Whether the capitalised `word` has the ending of an adjective."""
        return _longest_ending(word, self.cues[CuePosition.ADJECTIVE]) is not None


def _longest_ending(word: str, by_ending: dict[str, _Value]) -> _Value | None:
    for start in _ending_starts(word):
        found = by_ending.get(word[start:])
        if found is not None:
            return found
    return None


def _ending_starts(word: str) -> range:
    """Where the ending of a compound may begin; bounded, so that a long word costs no more than a short one."""
    return range(max(_MIN_COMPOUND_PREFIX, len(word) - _MAX_ENDING), len(word))
