"""Words to names: known names, sequences of capitals, demonyms.

Comes in: the words of an article. Goes out: the names of actors in the order of the text, none overlapping another.
Nothing fails. The rules in the order in which they are tried, precise ones first:

1. a known name that is no part of a longer sequence of capitals;
2. a sequence of capitals whose kind cues tell (`classify`);
3. a word at the start of a sentence that is the last word of a person's name elsewhere in the article;
4. a name of which only a tagger of names is sure.
The tagger, where the language has one, also has a vote on names whose cues are weak (`votes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.classify import Classifier
from streamproc.analysis.actors.index import Match, NameIndex, Sort
from streamproc.analysis.actors.lexicon import ConnectiveUse, Lexicon, Noun
from streamproc.analysis.actors.name import Name
from streamproc.analysis.actors.sequences import Sequences
from streamproc.analysis.actors.votes import SURE, Vote, Votes
from streamproc.analysis.actors.words import Words
from streamproc.analysis.names import NameSpan
from streamproc.contracts import ActorKind, MentionForm
from streamproc.knowledge import Gender

_NO_ACTOR = frozenset({Sort.PLACE, Sort.PORTFOLIO, Sort.OTHER})
_TITLE_REACH = 7
_RULE_BY_SORT = {Sort.CAPITAL: "capital", Sort.ADJECTIVE: "demonym", Sort.DEMONYM: "demonym"}


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Finds the names of one language."""

    lexicon: Lexicon
    index: NameIndex
    openers: frozenset[str]

    def names(self, words: Words, spans: Iterable[NameSpan] | None = None) -> list[Name]:
        """The names in `words`; `spans` are those that a tagger found in the same text."""
        scan = _Scan(self, words, Votes(words, spans))
        names = [name for first, end in words.bounds for name in scan.sentence(first, end)]
        names += scan.surnames(names)
        return sorted([*names, *scan.tagged(names)], key=lambda name: name.first)


class _Scan:
    """One pass over an article."""

    def __init__(self, recogniser: Recogniser, words: Words, votes: Votes) -> None:
        self._votes = votes
        self._lexicon = recogniser.lexicon
        self._index = recogniser.index
        self._openers = recogniser.openers
        self._words = words
        self._sequences = Sequences(self._lexicon, self._index, self._openers, words)
        self._inside = frozenset(
            word for word, opens in zip(words.text, words.opens, strict=True) if not opens and word[0].isupper()
        )
        """Words that have a capital though no sentence begins with them."""
        self._last_name: Name | None = None
        """The name before, nothing where that was no actor: a name that is joined with it is of its sort."""
        self._classifier = Classifier(self._lexicon, self._index, self._sequences, words)

    def sentence(self, first: int, end: int) -> Iterator[Name]:
        """The names between the words `first` and `end`."""
        position = first
        while position < end:
            match = self._index.at(self._words, position, end)
            if match is None and not self._may_begin(position, end):
                position += 1
                continue
            begun = position
            name, position = self._read(match, position, end)
            if name:
                self._last_name = name
                yield name
            elif self._words.is_capital(begun):
                self._last_name = None

    def _may_begin(self, position: int, end: int) -> bool:
        return self._sequences.may_begin(position, end) or self._sequences.is_head(position, end)

    def surnames(self, names: list[Name]) -> Iterator[Name]:
        """Words that are the last word of a person's name elsewhere in the article."""
        words = self._words
        taken = {position for name in names for position in range(name.first, name.last)}
        surnames = {words.text[name.last - 1] for name in names if name.last > name.first + 1 and name.is_person}
        for position, word in enumerate(words.text):
            if word in surnames and word[0].isupper() and position not in taken:
                yield self._name(position, position + 1, "surname", kind=ActorKind.PERSON)

    def tagged(self, names: list[Name]) -> Iterator[Name]:
        """Names of persons and bodies that only the tagger found, where it is sure."""
        taken = {position for name in names for position in range(name.first, name.last)}
        for vote in self._votes:
            free = taken.isdisjoint(range(vote.first, vote.last))
            if (
                free
                and vote.kind is not None
                and vote.confidence >= SURE
                and self._may_act(vote)
                and not self._is_mere_opener(vote)
            ):
                told = self._classifier.cue(vote.first, vote.last) if vote.kind is ActorKind.ORGANISATION else None
                yield self._name(vote.first, vote.last, "tagger", kind=told or vote.kind)

    def _may_act(self, vote: Vote) -> bool:
        """Whether nothing that is known speaks against the name: a place, a portfolio, a word that opens a sentence."""
        first = vote.first
        if not self._words.is_capital(first):
            return False
        if vote.last == first + 1 and self._words.opens[first] and self._words.lower[first] in self._openers:
            return False
        match = self._index.at(self._words, first, self._words.bounds[self._words.sentence[first]][1])
        return match is None or (match.sort not in _NO_ACTOR and match.sort is not Sort.CAPITAL)

    def _read(self, match: Match | None, first: int, end: int) -> tuple[Name | None, int]:
        """The name that begins at `first`, if any, and where to go on."""
        if match is not None and self._is_mere_opener(match):
            return None, match.last
        headed = self._headed(first, end)
        if headed is not None:
            return headed, headed.last
        last = self._sequences.end(first, end) if self._words.is_capital(first) else first
        if match is not None and (match.last >= last or self._stands_alone(match, last)):
            return self._known(match, end), match.last
        if last <= first or (match is None and self._opens_before_name(first, last)):
            return None, first + 1
        last = self._cut(first, last)
        return self._unknown(first, last), last

    def _headed(self, first: int, end: int) -> Name | None:
        """The name that a noun in lower case begins: "kabinet-Rutte", "rechtbank Amsterdam"."""
        if self._sequences.has_head(first):
            return self._name(first, self._sequences.end(first, end), "head", kind=ActorKind.GOVERNMENT)
        if self._sequences.is_head(first, end):
            return self._name(first, self._sequences.end(first + 1, end), "head", kind=ActorKind.ORGANISATION)
        return None

    def _is_mere_opener(self, match: Match | Vote) -> bool:
        """Whether the name is but a word with which a sentence begins: "Vooruit kijken is moeilijk"."""
        first = match.first
        if match.last > first + 1 or not self._words.opens[first]:
            return False
        if self._words.lower[first] in self._openers:
            return True
        word = self._words.text[first]
        return word in self._lexicon.homographs and word not in self._inside and not self._acts(first)

    def _acts(self, position: int) -> bool:
        """Whether a verb in the singular, or "and" and another name, comes after the word."""
        words = self._words
        after = position + 1
        if after + 1 >= words.bounds[words.sentence[position]][1]:
            return False
        uses = self._lexicon.connectives
        joined = words.lower[after] in uses[ConnectiveUse.AND] and words.is_capital(after + 1)
        return joined or words.lower[after] in uses[ConnectiveUse.SINGULAR_VERB]

    def _stands_alone(self, match: Match, last: int) -> bool:
        """Whether the known name is a name by itself, though capitals follow it up to `last`."""
        if match.sort is Sort.PORTFOLIO:
            return True
        given = self._lexicon.gender_by_first_name
        if self._words.text[match.first] in given:
            return False
        has_cue = self._classifier.cue(match.last, last) is not None
        following = self._index.at(self._words, match.last, last)
        if following is not None and following.last == last:
            return True
        if match.sort in {Sort.ADJECTIVE, Sort.DEMONYM}:
            return not has_cue or following is not None
        if self._words.text[match.last] in given and last > match.last + 1:
            return True
        actor = match.entries[0].actor
        return not has_cue and match.sort is Sort.ACTOR and actor is not None and actor.kind is ActorKind.COUNTRY

    def _opens_before_name(self, first: int, last: int) -> bool:
        """Whether the word only opens the sentence, and a name follows it ("Honderdduizenden Venezolanen")."""
        given = self._lexicon.gender_by_first_name
        if not self._words.opens[first] or last == first + 1 or self._words.text[first] in given:
            return False
        match = self._index.at(self._words, first + 1, last)
        if match is not None and match.last == last and match.sort is not Sort.PLACE:
            return True
        return not self._sequences.cue(first) and self._words.text[first + 1] in given and last > first + 2

    def _cut(self, first: int, last: int) -> int:
        """The end of the name that begins at `first`, where a known name follows it ("Anwar Gargash Doha")."""
        if self._words.text[first] not in self._lexicon.gender_by_first_name:
            return last
        for position in range(first + 2, last):
            match = self._index.at(self._words, position, last)
            if match is not None and match.last == last and match.sort in {Sort.ACTOR, Sort.CAPITAL}:
                is_person = match.entries[0].actor and match.entries[0].actor.kind is ActorKind.PERSON
                return last if is_person and match.last == match.first + 1 else position
        return last

    def _known(self, match: Match, end: int) -> Name | None:
        if match.sort in _NO_ACTOR:
            return None
        if match.sort is Sort.CAPITAL and self._classifier.is_where(match.first):
            return None
        if match.sort is Sort.ADJECTIVE and self._is_language(match, end):
            return None
        if self._words.text[match.first] in self._lexicon.channels and self._classifier.is_where(match.first):
            return None
        noun = self._classifier.noun_before(match.first)
        return self._name(match.first, match.last, _RULE_BY_SORT.get(match.sort, "gazetteer"), match=match, noun=noun)

    def _unknown(self, first: int, last: int) -> Name | None:
        told = self._classifier.classify(first, last)
        kind = self._votes.settle(told, first, last) if told else None
        if kind is None or (kind.kind is None and not self._joins_actor(first)):
            return None
        form = MentionForm.ALIAS if kind.rule == "acronym" else MentionForm.NAME
        return self._name(first, last, kind.rule, noun=kind.noun, kind=kind.kind, form=form)

    def _joins_actor(self, first: int) -> bool:
        """Whether the word, which no cue tells anything of, is likely to be an actor by the words before it."""
        before = self._words.lower[first - 1]
        if before in self._lexicon.connectives[ConnectiveUse.AND] or before == ",":
            return self._last_name is not None and self._last_name.last == first - 1
        uses = (ConnectiveUse.OF, ConnectiveUse.AGENT)
        return any(before in self._lexicon.connectives[use] for use in uses)

    def _is_language(self, match: Match, end: int) -> bool:
        """Whether the demonym is a language ("in het Frans"): without ending, and without a noun after it."""
        if self._words.text[match.first].endswith("e"):
            return False
        after = self._words.text[match.last] if match.last < end else "."
        return not after[0].isalpha() or after in self._openers

    def _name(
        self,
        first: int,
        last: int,
        rule: str,
        *,
        match: Match | None = None,
        noun: Noun | None = None,
        kind: ActorKind | None = None,
        form: MentionForm = MentionForm.NAME,
    ) -> Name:
        words = self._words.text[first:last]
        gender = self._lexicon.gender_by_first_name.get(words[0], Gender.UNKNOWN)
        titled = noun is not None and noun.kind is ActorKind.PERSON
        return Name(
            first=first,
            last=last,
            text=" ".join(words).replace(" .", "."),
            rule=rule,
            form=match.entries[0].form if match else form,
            entries=match.entries if match else (),
            kind=kind,
            gender=gender or (noun.gender if noun and titled else Gender.UNKNOWN),
            titles=(noun.title,) if noun and titled and noun.title else (),
            country=self._nationality(first) if titled else None,
            noun=noun.text if noun else "",
        )

    def _nationality(self, first: int) -> str | None:
        """Id of the country of the demonym before the title: "de Russische minister van Defensie Sergej Sjojgoe"."""
        start = self._words.bounds[self._words.sentence[first]][0]
        for position in range(first - 2, max(start, first - _TITLE_REACH) - 1, -1):
            for entry in self._index.word(self._words.text[position]):
                if entry.sort is Sort.ADJECTIVE and entry.actor is not None:
                    return entry.actor.actor_id
            if self._words.lower[position] in self._lexicon.determiners:
                return None
        return None
