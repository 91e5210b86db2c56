"""Who stands on which side of a noun: "het Amerikaanse verzoek aan Rusland", "gesprek tussen A en B".

Comes in: a use of a noun. Goes out: its sides; what is not beside the noun may be the subject of a light verb ("uitte
kritiek").
"""

from __future__ import annotations

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import PUNCTUATION
from streamproc.analysis.events.sides import Evidence, Side, side
from streamproc.analysis.events.triggers import Use

MAX_REACH = 8
"""Words between a noun and the preposition of its party."""
MAX_DEMONYM_REACH = 3


class NounRoles:
    """Fills the sides of nouns in one sentence."""

    def __init__(self, arguments: Arguments, grammar: Grammar) -> None:
        self._a, self._g, self._s = arguments, grammar, arguments.sentence

    def assign(self, use: Use) -> tuple[Side, Side]:
        """Source and target of a noun."""
        source = self._side(use, use.entry.sources, Side())
        target = self._side(use, use.entry.targets, source)
        return source if source.units else self._owner(use), target

    def _side(self, use: Use, slots: tuple[str, ...], other: Side) -> Side:
        for slot in slots:
            found = self._demonym(use) if slot == "dem" else self._group(use, slot)
            found = found.without(other.actor_ids)
            if found.units:
                return found
        return Side()

    def _demonym(self, use: Use) -> Side:
        """The demonym right before a noun, adjectives between allowed."""
        for i in range(use.head - 1, max(-1, use.head - 1 - MAX_DEMONYM_REACH), -1):
            unit = self._s.unit_at[i]
            if unit is not None:
                return Side([unit], Evidence.DEMONYM) if unit in self._a.adjectives else Side()
            if self._s.words[i] in PUNCTUATION or self._s.words[i] in self._g.determiners or self._s.readings[i]:
                return Side()
        return Side()

    def _group(self, use: Use, case: str) -> Side:
        """The party with a preposition after a noun, nothing but its own phrase between."""
        for group in self._a.by_clause[use.clause.number]:
            if group.case != case or not use.head < group.case_at <= use.head + MAX_REACH:
                continue
            between = range(use.head + 1, group.case_at)
            genitive = case == self._g.genitive
            if genitive and len(between) > 0:
                continue
            if use.clause.finite in between or any(self._s.words[i] in PUNCTUATION for i in between):
                continue
            if case == self._g.agent:
                return side(group, Evidence.AGENT)
            return side(group, Evidence.GENITIVE if genitive else Evidence.PREPOSITION)
        return Side()

    def _owner(self, use: Use) -> Side:
        """The subject of a light verb, or the one whom a possessive before the noun stands for."""
        clause = use.clause
        subject, _ = self._a.subject(clause)
        verbs = {reading.verb for i in clause.tokens for reading in self._s.readings[i]}
        if verbs & self._g.light_verbs and use.head > clause.finite:
            return side(subject, Evidence.LIGHT)
        if self._g.possessives.intersection(self._s.words[max(0, use.head - 2) : use.head]):
            return side(subject, Evidence.POSSESSIVE)
        return Side()
