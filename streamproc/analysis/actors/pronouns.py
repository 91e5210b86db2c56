"""Personal pronouns, and whom they stand for.

Comes in: words and who is on stage. Goes out: pronouns, each with the members that it stands for; a pronoun for which
nobody is found is left out. Nothing fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streamproc.analysis.actors.cast import Member
from streamproc.analysis.actors.lexicon import Lexicon, Numerus, Pronoun, PronounRole
from streamproc.analysis.actors.stage import Appearance, Stage
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind
from streamproc.knowledge import Gender

_SENTENCES_BACK = 3
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


def stands_for(mention: PronounMention, stage: Stage, words: Words) -> list[Member]:
    """The members that the pronoun stands for, none where nobody fits."""
    pronoun = mention.pronoun
    sentence = words.sentence[mention.position]
    if pronoun.person != 3:  # noqa: PLR2004  # grammatical person
        return _speaker(stage, sentence)
    if _is_plural(mention, words):
        return _several(stage, sentence)
    found = stage.salient(sentence, lambda item: _may_be(item, pronoun), _SENTENCES_BACK)
    return [found.member] if found else []


def _speaker(stage: Stage, sentence: int) -> list[Member]:
    found = stage.salient(sentence, lambda item: item.member.is_person and not item.member.plural, _SENTENCES_BACK)
    return [found.member] if found else []


def _is_plural(mention: PronounMention, words: Words) -> bool:
    """Whether the pronoun is plural, told by the verb next to it where the word has both numbers."""
    if mention.pronoun.number is not Numerus.EITHER:
        return mention.pronoun.number is Numerus.PLURAL
    position = mention.position
    first, end = words.bounds[words.sentence[position]]
    neighbours = [words.lower[i] for i in (position - 1, position + 1) if first <= i < end]
    return any(word.endswith("en") or word in {"zijn"} for word in neighbours)


def _several(stage: Stage, sentence: int) -> list[Member]:
    """A plural actor, or the actors that are joined with "and" in one of the last sentences."""
    for number in range(sentence, sentence - _SENTENCES_BACK, -1):
        items = [item for item in stage.recent() if item.sentence == number]
        plural = next((item for item in items if item.member.plural and item.member.kind in _PLURAL_KINDS), None)
        group = next((item.group for item in items if len(item.group) > 1), ())
        if group:
            return list(group)
        if plural is not None:
            return [plural.member]
    return []


def _may_be(item: Appearance, pronoun: Pronoun) -> bool:
    member = item.member
    if not member.is_person or member.plural:
        return False
    return member.gender in {Gender.UNKNOWN, pronoun.gender} or pronoun.gender is Gender.UNKNOWN


__all__ = ["PronounMention", "PronounReader", "PronounRole", "stands_for"]
