"""The verbs of a clause, and the voice of a trigger.

Comes in: a sentence. Goes out: which verbs a clause has, separated particles joined, and whether its subject does or
undergoes.
"""

from __future__ import annotations

from enum import StrEnum

from streamproc.analysis.events.clauses import Clause
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import Sentence
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.verbs import Form


class Voice(StrEnum):
    """Voice of a verb."""

    ACTIVE = "active"
    PASSIVE = "passive"
    RECIPIENT = "recipient"
    """Passive of the one who gets it ("kreeg van hem toegezegd")."""


class ClauseVerbs:
    """The verbs of the clauses of one sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self._s, self._g = sentence, grammar
        self._particles = frozenset(grammar.particles)

    def verbs(self, clause: Clause, skip: int = -1) -> set[str]:
        """The verbs of a clause but for the word `skip`, as lexicons write them."""
        words, found = self._s.words, set()
        for i in clause.tokens:
            if i == skip or i in self._s.nominal:
                continue
            for reading in self._s.readings[i]:
                if reading.form == Form.STEM:
                    continue
                found.add(reading.verb)
                if not reading.particle and i == clause.finite:
                    later = (words[j] for j in clause.tokens if j > i and words[j] in self._particles)
                    found.update(f"{particle}|{reading.lemma}" for particle in later)
        return found

    def finite_verb(self, clause: Clause) -> str:
        """The finite verb of a clause, empty without one."""
        if clause.finite < 0:
            return ""
        readings = self._s.readings[clause.finite]
        return next((reading.verb for reading in readings if reading.form & Form.FINITE), readings[0].verb)

    def is_past(self, clause: Clause) -> bool:
        """Whether the finite verb of a clause is in a past tense."""
        return clause.finite >= 0 and any(reading.form & Form.PAST for reading in self._s.readings[clause.finite])

    def voice(self, use: Use, *, has_object: bool) -> Voice:
        """Voice of a verb: a participle with the passive auxiliary, or with none, is passive."""
        reading, g = use.reading, self._g
        if reading is None or not reading.form & Form.PARTICIPLE:
            return Voice.ACTIVE
        lemmas = {
            other.lemma for i in use.clause.tokens if i != use.head for other in self._s.readings[i]
        } & g.participle_auxiliaries
        if not lemmas:
            finite = reading.form & Form.FINITE and use.clause.finite == use.head
            return Voice.ACTIVE if finite or use.entry.ergative else Voice.PASSIVE
        if lemmas & g.passive_auxiliaries:
            return Voice.PASSIVE
        if lemmas & g.auxiliaries_of_recipient:
            return Voice.RECIPIENT
        active = use.entry.ergative or has_object or g.active_auxiliary in lemmas
        return Voice.ACTIVE if active else Voice.PASSIVE
