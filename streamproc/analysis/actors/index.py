"""Names that are known: what the world knows, in one language, together with names that are no actors.

Comes in: the knowledge base and a lexicon. Goes out: `NameIndex`, which finds the longest known name at a word.
Nothing fails.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from streamproc.analysis.actors.lexicon import Lexicon
from streamproc.analysis.actors.words import Words, split_words
from streamproc.contracts import ActorKind, MentionForm
from streamproc.knowledge import Knowledge, KnownActor


class Sort(Enum):
    """What a known name stands for."""

    ACTOR = auto()
    CAPITAL = auto()
    """A capital: a place, or the government that sits there."""
    ADJECTIVE = auto()
    """An adjective of a country."""
    DEMONYM = auto()
    """A noun for people of a country."""
    PLACE = auto()
    PORTFOLIO = auto()
    OTHER = auto()
    """A name that is no actor."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a known name."""

    sort: Sort
    form: MentionForm
    actor: KnownActor | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A known name in the words of an article."""

    first: int
    last: int
    """Exclusive."""
    entries: tuple[Entry, ...]

    @property
    def sort(self) -> Sort:
        """The sort of the first meaning; the meanings of a name that is an actor come first."""
        return self.entries[0].sort


class NameIndex:
    """All known names of one language by their first words."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, language: str) -> None:
        entries_by_name: dict[tuple[str, ...], list[Entry]] = {}
        for name, entry in _names(knowledge, lexicon, language):
            entries = entries_by_name.setdefault(split_words(name), [])
            if all(entry.actor is not other.actor or entry.sort is not other.sort for other in entries):
                entries.append(entry)
        self._words: dict[str, tuple[Entry, ...]] = {
            name[0]: tuple(entries) for name, entries in entries_by_name.items() if len(name) == 1
        }
        self._names: dict[str, list[tuple[tuple[str, ...], tuple[Entry, ...]]]] = {}
        for words, entries in entries_by_name.items():
            self._names.setdefault(words[0], []).append((words, tuple(entries)))
        for names in self._names.values():
            names.sort(key=lambda item: -len(item[0]))
        self._bearers = _bearers(knowledge, language)

    def at(self, words: Words, first: int, end: int) -> Match | None:
        """The longest known name that begins with word `first` and ends before `end`."""
        for name, entries in self._names.get(words.text[first].replace("’", "'"), ()):
            last = first + len(name)
            if last <= end and (last == first + 1 or words.text[first + 1 : last] == name[1:]):
                return Match(first, last, entries)
        return None

    def bearers(self, surname: str) -> tuple[KnownActor, ...]:
        """Persons in office, now or once, whose last name is `surname`, though it alone may not be enough."""
        return self._bearers.get(fold(surname), ())

    def word(self, word: str) -> tuple[Entry, ...]:
        """The meanings of the name that is exactly the word `word`."""
        return self._words.get(word, ())


def fold(text: str) -> str:
    """`text` in lower case, without accents and without the ending of a genitive."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).removesuffix("'s")


def _bearers(knowledge: Knowledge, language: str) -> dict[str, tuple[KnownActor, ...]]:
    bearers: dict[str, dict[str, KnownActor]] = {}
    for actor in knowledge.actor_by_id.values():
        if actor.kind is not ActorKind.PERSON or not actor.offices:
            continue
        for name in (actor.name(language), *actor.name_by_language.values()):
            _, _, surname = fold(name).partition(" ")
            for part in filter(None, (surname, surname.rsplit(" ", 1)[-1])):
                bearers.setdefault(part, {})[actor.actor_id] = actor
    return {surname: tuple(actors.values()) for surname, actors in bearers.items()}


def _names(knowledge: Knowledge, lexicon: Lexicon, language: str) -> Iterator[tuple[str, Entry]]:
    """All names with their meanings; of equal names the most telling meaning first."""
    places = frozenset((*lexicon.places, *lexicon.others))
    for actor in knowledge.actor_by_id.values():
        yield from _names_of_actor(actor, language, places)
    for demonyms in lexicon.demonyms:
        actor = knowledge.actor_by_id[demonyms.country]
        yield from _each(demonyms.adjectives, Entry(Sort.ADJECTIVE, MentionForm.DEMONYM, actor))
        yield from _each(demonyms.singular + demonyms.plural, Entry(Sort.DEMONYM, MentionForm.DEMONYM, actor))
    for actor in knowledge.actor_by_id.values():
        capitals = actor.capital_by_language.get(language, ())
        yield from _each(capitals, Entry(Sort.CAPITAL, MentionForm.ALIAS, actor))
    yield from _each(lexicon.portfolios, Entry(Sort.PORTFOLIO, MentionForm.NAME))
    yield from _each(lexicon.places, Entry(Sort.PLACE, MentionForm.NAME))
    yield from _each(lexicon.others, Entry(Sort.OTHER, MentionForm.NAME))


def _names_of_actor(actor: KnownActor, language: str, places: frozenset[str]) -> Iterator[tuple[str, Entry]]:
    own = actor.name(language)
    for name in dict.fromkeys((own, *actor.name_by_language.values())):
        # "Georgia" is a country in English, and a place in Dutch.
        if name == own or actor.kind is not ActorKind.COUNTRY or name not in places:
            yield name, Entry(Sort.ACTOR, MentionForm.NAME, actor)
    # A surname names its bearer; the other names of persons and all those of bodies and countries are aliases.
    for alias in actor.aliases:
        is_surname = actor.kind is ActorKind.PERSON and alias in actor.name(language)
        yield alias, Entry(Sort.ACTOR, MentionForm.NAME if is_surname else MentionForm.ALIAS, actor)


def _each(names: Iterable[str], entry: Entry) -> Iterator[tuple[str, Entry]]:
    return ((name, entry) for name in names)
