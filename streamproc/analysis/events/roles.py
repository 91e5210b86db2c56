"""Who did it to whom: fills the sides of an entry from the arguments of its clause.

Comes in: a use of an entry. Goes out: its parties with the evidence for each side; a side stays empty where nothing
fits.
"""

from __future__ import annotations

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import ClauseKind
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.groups import Group
from streamproc.analysis.events.lexicon import EntryClass
from streamproc.analysis.events.noun_roles import NounRoles
from streamproc.analysis.events.sides import Evidence, Side, side
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.voice import ClauseVerbs, Voice
from streamproc.contracts.event import EventType

CLAUSAL_TARGETS = frozenset({EventType.REQUEST, EventType.ACCUSE})
"""Types whose target may be the subject of a complement clause ("eist dat Iran stopt")."""


class Roles:
    """Fills the sides of uses in one sentence."""

    def __init__(self, arguments: Arguments, verbs: ClauseVerbs, grammar: Grammar) -> None:
        self._a, self._v, self._g = arguments, verbs, grammar
        self._s = arguments.sentence
        self._nouns = NounRoles(arguments, grammar)

    def assign(self, use: Use) -> tuple[Side, Side]:
        """Source and target of a use."""
        if use.entry.kind is EntryClass.NOUN:
            source, target = self._nouns.assign(use)
        elif use.entry.kind is EntryClass.ADJECTIVE:
            subject, _ = self._a.subject(use.clause)
            source = side(subject, Evidence.SUBJECT)
            target = self._first(use, use.entry.targets, source)
        else:
            source, target = self._verb(use)
        return source, target.without(source.actor_ids)

    def _verb(self, use: Use) -> tuple[Side, Side]:
        subject, objects = self._a.subject(use.clause)
        evidence = self._subject_evidence(use, subject)
        voice = self._voice(use, subject, objects)
        if voice is Voice.RECIPIENT:
            givers = self._a.with_case(use.clause, self._g.genitive) or self._a.with_case(use.clause, self._g.agent)
            return side(givers[0] if givers else None, Evidence.AGENT), side(subject, evidence)
        if voice is Voice.PASSIVE:
            return self._passive(use, subject, objects, evidence)
        return self._active(use, subject, objects, evidence)

    def _voice(self, use: Use, subject: Group | None, objects: list[Group]) -> Voice:
        has_object = subject is not None and any(group.first > subject.last for group in objects)
        return self._v.voice(use, has_object=has_object)

    def _subject_evidence(self, use: Use, subject: Group | None) -> Evidence:
        clause = use.clause
        own = subject is not None and clause.kind is not ClauseKind.INFINITIVE and subject.first in clause.tokens
        return Evidence.SUBJECT if own else Evidence.SHARED

    def _active(self, use: Use, subject: Group | None, objects: list[Group], evidence: Evidence) -> tuple[Side, Side]:
        source = Side()
        for slot in use.entry.sources:
            source = side(subject, evidence) if slot == "subj" else self._with_case(use, slot, Side())
            if source.units:
                break
        target = Side()
        for slot in use.entry.targets:
            if slot == "subj":
                target = side(subject, evidence).without(source.actor_ids)
            elif slot == "obj":
                target = self._object(objects, source)
            else:
                target = self._with_case(use, slot, source)
            if target.units:
                return source, target
        if use.entry.type in CLAUSAL_TARGETS:
            target = self._complement_subject(use, source)
        return source, target if target.units else self._demonym_target(use, source)

    def _passive(self, use: Use, subject: Group | None, objects: list[Group], evidence: Evidence) -> tuple[Side, Side]:
        agents = self._a.with_case(use.clause, self._g.agent)
        source = side(agents[0] if agents else None, Evidence.AGENT)
        if use.entry.sources[0] != "subj":
            named = self._first(use, use.entry.sources, Side())
            source = named if named.units else source
        target = Side()
        for slot in use.entry.targets:
            if slot == "obj":
                target = side(subject, evidence).without(source.actor_ids)
                target = target if target.units else self._object(objects[:1], source)
            elif slot != "subj":
                target = self._with_case(use, slot, source)
            if target.units:
                break
        return source, target

    def _object(self, objects: list[Group], source: Side) -> Side:
        for group in objects:
            found = side(group, Evidence.OBJECT).without(source.actor_ids)
            if found.units:
                return found
        return Side()

    def _first(self, use: Use, slots: tuple[str, ...], source: Side) -> Side:
        """The first of the prepositions in `slots` that has a party."""
        for slot in slots:
            if slot not in ("subj", "obj", "dem"):
                found = self._with_case(use, slot, source)
                if found.units:
                    return found
        return Side()

    def _with_case(self, use: Use, case: str, source: Side) -> Side:
        """The group with a preposition that is a party of a verb or adjective."""
        for group in self._a.with_case(use.clause, case):
            genitive = case == self._g.genitive
            if genitive and not self._genitive_of_object(use, group):
                continue
            found = side(group, Evidence.GENITIVE if genitive else Evidence.PREPOSITION).without(source.actor_ids)
            if found.units:
                return found
        return self._outer(use, case, source)

    def _outer(self, use: Use, case: str, source: Side) -> Side:
        """The owner of what a preposition governs ("tegen de plannen van Macron")."""
        for group in self._a.by_clause[use.clause.number]:
            if group.outer_case == case:
                found = side(group, Evidence.GENITIVE).without(source.actor_ids)
                if found.units:
                    return found
        return Side()

    def _genitive_of_object(self, use: Use, group: Group) -> bool:
        """Whether a "van" phrase belongs to what the verb is about, not to a mention ("de minister van Financiën")."""
        before, clause = group.case_at - 1, use.clause
        if before >= 0 and (self._s.unit_at[before] is not None or self._a.is_title(self._s.words[before])):
            return False
        if clause.kind is not ClauseKind.MAIN or clause.finite < 0 or group.case_at > clause.finite:
            return True
        return self._voice(use, *self._a.subject(clause)) is Voice.PASSIVE

    def _complement_subject(self, use: Use, source: Side) -> Side:
        """The subject of what is said ("eist dat Iran stopt"), or of a clause on the object ("de wet die A brak")."""
        for clause in self._a.clauses:
            if clause.parent is not use.clause or clause.opener_at < use.head:
                continue
            complement = clause.kind is ClauseKind.SUBORDINATE and clause.opener in self._g.complementisers
            told_of = clause.kind is ClauseKind.RELATIVE and clause.antecedent is None and not clause.case
            if complement or told_of:
                subject, _ = self._a.subject(clause)
                return side(subject, Evidence.CLAUSE).without(source.actor_ids)
        return Side()

    def _demonym_target(self, use: Use, source: Side) -> Side:
        """The country of a noun phrase in the place of the target ("haalde een Russische helikopter neer")."""
        clause = use.clause
        for slot in use.entry.targets:
            case = "" if slot == "obj" else slot
            for unit, place in self._a.adjectives.items():
                if place != case or self._a.of_token[unit.first] is not clause or unit.actor_ids <= source.actor_ids:
                    continue
                if case or unit.first > clause.finite >= 0 or clause.kind is not ClauseKind.MAIN:
                    return Side([unit], Evidence.DEMONYM)
        return Side()
