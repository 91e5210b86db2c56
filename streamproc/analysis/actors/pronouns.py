"""Personal pronouns, and whom they stand for.

Comes in: words and who is on stage. Goes out: pronouns, each with the members that it stands for; a pronoun for which
nobody is found is left out. Nothing fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.cast import Member
from streamproc.analysis.actors.lexicon import Lexicon, Numerus, Pronoun, PronounRole
from streamproc.analysis.actors.stage import Appearance, Stage, Weights
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind
from streamproc.knowledge import Gender

_SENTENCES_BACK = 3
_CLAUSE_REACH = 6
SUBJECT_WEIGHTS = Weights(sentences_back=3, distance=2.0, subject=1.0, count=0.2, words=0.0)
OBJECT_WEIGHTS = Weights(sentences_back=5, distance=0.5, subject=0.3, count=0.5, words=0.0)
_PLURAL_KINDS = frozenset(
    {ActorKind.POPULATION, ActorKind.OFFICE, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.PARTY}
)


@dataclass(frozen=True, slots=True)
class PronounMention:
    """A personal pronoun at a position."""

    position: int
    pronoun: Pronoun


class PronounReader:
    """Finds the personal pronouns of one article."""

    def __init__(self, lexicon: Lexicon, openers: frozenset[str], words: Words) -> None:
        self._lexicon = lexicon
        self._openers = openers
        self._words = words

    def pronouns(self) -> Iterator[PronounMention]:
        """The pronouns in order; possessives are left out."""
        for position, word in enumerate(self._words.lower):
            pronoun = self._lexicon.pronouns.get(word)
            if pronoun is not None and not (pronoun.possessive and self._is_possessive(position)):
                yield PronounMention(position, pronoun)

    def _is_possessive(self, position: int) -> bool:
        """Whether a noun phrase follows: whether the next word is neither a function word nor a mark."""
        after = position + 1
        if after >= len(self._words) or self._words.sentence[after] != self._words.sentence[position]:
            return False
        word = self._words.lower[after]
        return word[0].isalpha() and word not in self._openers


def stands_for(mention: PronounMention, stage: Stage, words: Words, lexicon: Lexicon) -> list[Member]:
    """The members that the pronoun stands for, none where nobody fits."""
    pronoun = mention.pronoun
    sentence = words.sentence[mention.position]
    if _is_plural(mention, words, lexicon):
        return _several(stage, sentence)
    weights = OBJECT_WEIGHTS if pronoun.role is PronounRole.OBJECT else SUBJECT_WEIGHTS
    apart = _clause_subject(mention.position, stage, words) if pronoun.role is PronounRole.OBJECT else None
    found = stage.salient(mention.position, sentence, lambda item: _may_be(item, pronoun), weights, apart_from=apart)
    return [found] if found else []


def _clause_subject(position: int, stage: Stage, words: Words) -> Member | None:
    """The person right before an object pronoun, in the same clause: its subject, whom the pronoun can't stand for."""
    item = stage.last(lambda item: item.member.is_person and item.subject)
    if item is None or item.sentence != words.sentence[position] or position - item.last > _CLAUSE_REACH:
        return None
    return None if "," in words.text[item.last : position] else item.member


def _is_plural(mention: PronounMention, words: Words, lexicon: Lexicon) -> bool:
    """Whether the pronoun is plural, told by the verb next to it where the word has both numbers."""
    if mention.pronoun.number is not Numerus.EITHER:
        return mention.pronoun.number is Numerus.PLURAL
    position = mention.position
    first, end = words.bounds[words.sentence[position]]
    neighbours = [words.lower[i] for i in (position - 1, position + 1) if first <= i < end]
    return any(lexicon.is_plural_verb(word) for word in neighbours)


def _several(stage: Stage, sentence: int) -> list[Member]:
    """A plural actor, else the actors that are joined with "and", in the last sentence that has either."""
    for number in range(sentence, sentence - _SENTENCES_BACK, -1):
        items = [item for item in stage.recent() if item.sentence == number]
        plural = [item for item in items if item.member.plural and item.member.kind in _PLURAL_KINDS]
        groups = [item for item in items if item.group]
        subjects = [item for item in (*groups, *plural) if item.subject] if number < sentence else []
        best = next(iter(subjects or plural or groups), None)
        if best is not None:
            return list(best.group) if best.group else [best.member]
    return []


def _may_be(item: Appearance, pronoun: Pronoun) -> bool:
    member = item.member
    if not member.is_person or member.plural:
        return False
    return member.gender in {Gender.UNKNOWN, pronoun.gender} or pronoun.gender is Gender.UNKNOWN
