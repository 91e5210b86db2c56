"""What one language says of actors: nouns, pronouns, demonyms, first names, and words that tell a name's kind.

Comes in: the folder ``languages/<code>/actors``. Goes out: a frozen `Lexicon`. Raises `DataError` with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from streamproc.contracts import ActorKind
from streamproc.errors import DataError
from streamproc.knowledge import Gender, Row, read_table


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
_DETERMINER_COLUMNS = ("word", "class", "number", "size")


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
    place_nouns: frozenset[str]
    """Nouns before the name of a place."""
    portfolios: tuple[str, ...]

    def noun(self, word: str) -> Noun | None:
        """The noun `word` (lower case), or the noun that the compound `word` ends in."""
        if word in self.not_nouns:
            return None
        return self.nouns.get(word) or _longest_ending(word, self.compound_nouns)

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


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon in `folder`. Raises `DataError`."""
    nouns, compounds = _read_nouns(folder / "nouns.tsv")
    names = read_table(folder / "first_names.tsv", ("name", "gender"), key="name")
    demonyms = _read_demonyms(folder / "demonyms.tsv")
    return Lexicon(
        nouns=nouns,
        compound_nouns=compounds,
        not_nouns=frozenset(_read_lines(folder / "not_nouns.txt")),
        determiners=_read_determiners(folder / "determiners.tsv"),
        sizes=_read_sizes(folder / "determiners.tsv"),
        adjectives=frozenset(_read_lines(folder / "adjectives.txt")),
        pronouns=_read_pronouns(folder / "pronouns.tsv"),
        demonyms=demonyms,
        plural_demonyms=frozenset(word for entry in demonyms for word in entry.plural),
        gender_by_first_name={row["name"]: row.choice("gender", Gender) for row in names},
        particles=frozenset(_read_lines(folder / "particles.txt")),
        prepositions=frozenset(_read_lines(folder / "prepositions.txt")),
        connectives=_read_connectives(folder / "connectives.tsv"),
        cues=_read_cues(folder / "cues.tsv"),
        places=_read_lines(folder / "places.txt"),
        others=_read_lines(folder / "others.txt"),
        name_heads=frozenset(_read_lines(folder / "name_heads.txt")),
        place_heads=frozenset(_read_lines(folder / "place_heads.txt")),
        channels=frozenset(_read_lines(folder / "channels.txt")),
        place_nouns=frozenset(_read_lines(folder / "place_nouns.txt")),
        portfolios=_read_lines(folder / "portfolios.txt"),
    )


def _read_nouns(path: Path) -> tuple[dict[str, Noun], dict[str, Noun]]:
    nouns: dict[str, Noun] = {}
    compounds: dict[str, Noun] = {}
    for row in read_table(path, ("noun", "kind", "number", "gender", "title", "compounds"), key="noun"):
        noun = Noun(
            text=row["noun"],
            kind=row.choice("kind", ActorKind),
            number=row.choice("number", Numerus),
            gender=row.choice("gender", Gender),
            title=row["title"],
        )
        nouns[noun.text] = noun
        if row.one_of("compounds", ("yes", "")):
            compounds[noun.text] = noun
    return nouns, compounds


def _read_determiners(path: Path) -> dict[str, Determiner]:
    rows = read_table(path, _DETERMINER_COLUMNS, key="word")
    return {
        row["word"]: Determiner(row.choice("class", DeterminerClass), row.choice("number", Numerus)) for row in rows
    }


def _read_sizes(path: Path) -> dict[str, int]:
    rows = [row for row in read_table(path, _DETERMINER_COLUMNS) if row["size"]]
    return {row["word"]: int(row["size"]) if row["size"].isdigit() else row.fail("size is no number") for row in rows}


def _read_pronouns(path: Path) -> dict[str, Pronoun]:
    rows = read_table(path, ("word", "person", "number", "gender", "role", "possessive"), key="word")
    return {row["word"]: _pronoun(row) for row in rows}


def _pronoun(row: Row) -> Pronoun:
    return Pronoun(
        person=int(row.one_of("person", ("1", "2", "3"))),
        number=row.choice("number", Numerus),
        gender=row.choice("gender", Gender),
        role=row.choice("role", PronounRole),
        possessive=row.one_of("possessive", ("yes", "")) != "",
    )


def _read_demonyms(path: Path) -> tuple[Demonyms, ...]:
    rows = read_table(path, ("country", "adjectives", "singular", "plural"), key="country")
    return tuple(
        Demonyms(f"country:{row['country']}", row.listed("adjectives"), row.listed("singular"), row.listed("plural"))
        for row in rows
    )


def _read_connectives(path: Path) -> dict[ConnectiveUse, frozenset[str]]:
    words: dict[ConnectiveUse, set[str]] = {use: set() for use in ConnectiveUse}
    for row in read_table(path, ("word", "use")):
        words[row.choice("use", ConnectiveUse)].add(row.required("word"))
    return {use: frozenset(found) for use, found in words.items()}


def _read_cues(path: Path) -> dict[CuePosition, dict[str, ActorKind]]:
    cues: dict[CuePosition, dict[str, ActorKind]] = {position: {} for position in CuePosition}
    for row in read_table(path, ("cue", "where", "kind")):
        cues[row.choice("where", CuePosition)][row.required("cue")] = row.choice("kind", ActorKind)
    return cues


def _read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a word list, without comments."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))
