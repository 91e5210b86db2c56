"""Names to actors.

Comes in: the names of an article in order. Goes out: a `Cast`, whose members are tied to known actors where that is
certain, and else have an id that is made of their name. Nothing fails. The rules, precise ones first:

1. a word that is part of the longer name of somebody in the article is that actor ("Maduro");
2. a name with one known bearer is that bearer; one of several is told by office, nationality, the other actors of the
   article and its date (`bearers`);
3. an acronym in brackets is the name before it;
4. any other name is an actor of its own; bearers that it may have been are its candidates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from streamproc.analysis.actors.bearers import Context, bearer
from streamproc.analysis.actors.cast import Cast, Member, Place
from streamproc.analysis.actors.index import NameIndex, Sort, fold
from streamproc.analysis.actors.lexicon import ConnectiveUse, Lexicon
from streamproc.analysis.actors.name import Name
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind, Published
from streamproc.knowledge import KnownActor

_BODIES = frozenset(
    {ActorKind.PARTY, ActorKind.ORGANISATION, ActorKind.COMPANY, ActorKind.MEDIA, ActorKind.IPO, ActorKind.ARMED_GROUP}
)
_MAX_NAMESAKES = 20
"""Longer names that share a word, of one article: more are no news text."""


@dataclass(slots=True)
class Linked:
    """The names with their members, in order."""

    cast: Cast
    members: list[tuple[Name, Member]] = field(default_factory=list)


class Linker:
    """Ties the names of articles in one language to actors."""

    def __init__(self, lexicon: Lexicon, index: NameIndex, broader_titles: dict[str, tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._index = index
        self._broader_titles = broader_titles

    def link(self, names: list[Name], words: Words, published: Published | None) -> Linked:
        """The cast of the article that has `names` and was `published` then."""
        context = Context(_certain(names), published, self._broader_titles)
        linking = _Linking(self._index, self._lexicon.particles, words, names, context)
        linked = Linked(linking.cast)
        for name in names:
            member, rule = linking.member(name)
            member.places.append(Place(name.first, name.last, name.form, rule))
            _describe(member, name)
            if member.is_person:
                member.affiliations.update(self._body_before(name, words))
            if linked.members:
                self._affiliate(*linked.members[-1], name, member, words)
            linked.members.append((name, member))
        return linked

    def _affiliate(self, before: Name, person: Member, name: Name, body: Member, words: Words) -> None:
        """Note that a person belongs to the body after the name: "Sigrid Kaag (D66)", "Sigrid Kaag van D66"."""
        between = words.lower[before.last : name.first]
        of = self._lexicon.connectives[ConnectiveUse.OF]
        bracketed = between == ("(",)
        belongs = bracketed or (between[:1] and between[0] in of and self._determines(between[1:]))
        if belongs and person.is_person and body.kind in _BODIES:
            person.affiliations[body.actor_id] = None

    def _determines(self, between: tuple[str, ...]) -> bool:
        return not between or (len(between) == 1 and between[0] in self._lexicon.determiners)

    def _body_before(self, name: Name, words: Words) -> dict[str, None]:
        """The body that the title before the name begins with: "FNV-voorzitter Han Busker"."""
        title = words.text[name.first - 1] if name.first > 0 and name.titles else ""
        entries = self._index.word(title.rsplit("-", 1)[0]) if "-" in title else ()
        return {entry.actor.actor_id: None for entry in entries[:1] if entry.actor and entry.actor.kind in _BODIES}


def _describe(member: Member, name: Name) -> None:
    """Note what the words before the name tell of the actor."""
    if name.noun:
        member.titles[name.noun] = None
    if member.is_person:
        member.titles.update(dict.fromkeys(name.titles))
        member.gender = member.gender or name.gender
        member.country = member.country or name.country


class _Linking:
    """Ties the names of one article to members; its longer names are known from the start."""

    def __init__(
        self, index: NameIndex, particles: frozenset[str], words: Words, names: Iterable[Name], context: Context
    ) -> None:
        self.cast = Cast(context.published)
        self._index = index
        self._words = words
        self._particles = particles
        self._context = context
        self._by_part: dict[str, dict[str, Name]] = {}
        self._by_acronym: dict[str, Name] = {}
        previous: Name | None = None
        for name in names:
            self._learn(name, previous)
            previous = name

    def _learn(self, name: Name, previous: Name | None) -> None:
        if self._is_bracketed(name, previous) and previous is not None and _abbreviates(name.text, previous.text):
            self._by_acronym[name.text] = previous
        parts = self._parts(name)
        if len(parts) > 1 and name.is_person:
            for part in parts:
                longer = self._by_part.setdefault(part, {})
                if len(longer) < _MAX_NAMESAKES:
                    longer.setdefault(fold(name.text), name)

    def _is_bracketed(self, name: Name, previous: Name | None) -> bool:
        return previous is not None and name.first == previous.last + 1 and self._words.text[previous.last] == "("

    def _parts(self, name: Name) -> list[str]:
        """The words of a name that may stand for it, folded; "van der Plas" gives "plas"."""
        words = self._words.text[name.first : name.last]
        return [fold(word) for word in words if word.lower() not in self._particles and word[0].isalnum()]

    def member(self, name: Name) -> tuple[Member, str]:
        """The member that `name` names, and the rule that says so."""
        longer = self._longer(name)
        if longer is not None:
            return self.member(longer)[0], "part-of-name"
        known, candidates = self._known(name)
        if known is not None:
            return self.cast.known(known), name.rule
        long_form = self._by_acronym.get(name.text)
        if long_form is not None and long_form is not name:
            return self.member(long_form)[0], "acronym-in-brackets"
        kind = name.kind or (candidates[0].kind if candidates else ActorKind.ORGANISATION)
        member = self.cast.unknown(kind, name.text)
        member.candidates.update(dict.fromkeys(actor.actor_id for actor in candidates))
        return member, name.rule

    def _longer(self, name: Name) -> Name | None:
        """The longer name of a person in the article that `name` is part of."""
        is_capital = bool(name.entries) and name.entries[0].sort is Sort.CAPITAL
        if not name.is_person and not is_capital and (name.kind is not None or name.entries):
            return None
        parts = self._parts(name)
        if not parts:
            return None
        found = self._by_part.get(parts[-1], {})
        if is_capital:  # "Washington" after "George Washington"
            found = {text: other for text, other in found.items() if other.first < name.first}
        longer = [
            other
            for other in found.values()
            if len(other_parts := self._parts(other)) > len(parts) and set(parts) <= set(other_parts)
        ]
        ending = [other for other in longer if self._parts(other)[-1] == parts[-1]] or longer
        before = [other for other in ending if other.first < name.first]
        return (before or ending)[-1 if before else 0] if ending else None

    def _known(self, name: Name) -> tuple[KnownActor | None, tuple[KnownActor, ...]]:
        """The known actor that `name` names, or nobody and those that it may name."""
        commonly = tuple(entry.actor for entry in name.entries if entry.actor is not None)
        perhaps = self._index.bearers(name.text) if name.is_person else ()
        if not commonly and not perhaps:
            return None, ()
        found = bearer(name, commonly, perhaps, self._context)
        return found, () if found else (commonly or perhaps)


def _certain(names: Iterable[Name]) -> frozenset[str]:
    """Ids of the countries and bodies that the article names."""
    return frozenset(
        entry.actor.actor_id
        for name in names
        for entry in name.entries
        if entry.actor is not None and entry.actor.kind is not ActorKind.PERSON and len(name.entries) == 1
    )


def _abbreviates(short: str, long: str) -> bool:
    """Whether the capitals of `short` begin words of `long` in this order."""
    capitals = [letter for letter in short if letter.isupper()]
    initials = iter(letter for word in long.replace("-", " ").split() for letter in word[0].upper())
    return len(capitals) > 1 and all(any(letter == initial for initial in initials) for letter in capitals)
