"""Subject and objects of a clause.

Comes in: the groups of a sentence. Goes out: the subject of a clause, its objects, and its parties with a preposition.
The order is that of verb-second languages: in a main clause the subject stands before the finite verb, or after it
where something else is in front; in an embedded clause it stands first.
"""

from __future__ import annotations

from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.groups import Group, Groups
from streamproc.analysis.events.sentence import PUNCTUATION, Unit

MAX_CONTROL_STEPS = 6


class Arguments(Groups):
    """Subjects and objects in one sentence."""

    def bare(self, clause: Clause) -> list[Group]:
        """The groups without a preposition."""
        return [group for group in self.by_clause[clause.number] if not group.case]

    def _objective(self, group: Group) -> bool:
        """Whether the group is a pronoun that can't be a subject."""
        unit = group.units[0]
        return unit.first == unit.last and self.sentence.words[unit.first] in self.grammar.object_pronouns

    def _nominative(self, group: Group) -> bool:
        return len(group.units) == 1 and self.sentence.words[group.first] in self.grammar.subject_pronouns

    def subject(self, clause: Clause, steps: int = 0) -> tuple[Group | None, list[Group]]:
        """The subject of a clause, None where it is no actor or not told, and the other groups without preposition."""
        groups = self.bare(clause)
        if steps > MAX_CONTROL_STEPS:
            return None, groups
        if clause.kind is ClauseKind.INFINITIVE:
            return (self.subject(clause.parent, steps + 1)[0] if clause.parent else None), groups
        if clause.kind is ClauseKind.RELATIVE:
            return self._relative_subject(clause, groups)
        if clause.kind is ClauseKind.SUBORDINATE:
            return self._embedded_subject(clause, groups, steps)
        return self._main_subject(clause, groups, steps)

    def _main_subject(self, clause: Clause, groups: list[Group], steps: int) -> tuple[Group | None, list[Group]]:
        if clause.finite < 0:
            return (groups[0], groups[1:]) if groups else self._shared(clause, groups, steps)
        before = [group for group in groups if group.first < clause.finite]
        after = [group for group in groups if group.first > clause.finite]
        if before:
            if not self._objective(before[0]):
                return before[0], before[1:] + after
            return (after[0], before + after[1:]) if after else (None, before)
        return self._inverted_subject(clause, groups, after, steps)

    def _inverted_subject(
        self, clause: Clause, groups: list[Group], after: list[Group], steps: int
    ) -> tuple[Group | None, list[Group]]:
        """The subject of a clause with no actor before its verb: told after it, shared, or none."""
        front = [i for i in clause.tokens if i < clause.finite and self.sentence.words[i] not in PUNCTUATION]
        if clause.coordinate_of is not None and all(self.sentence.words[i] in self.grammar.coordinators for i in front):
            shared = self._shared(clause, groups, steps)
            if not (after and self._nominative(after[0])):
                return shared
        if front and self._noun_phrase(front):
            return None, after
        subjects = [group for group in after if not self._objective(group)]
        if not subjects:
            return None, after
        return subjects[0], [group for group in after if group is not subjects[0]]

    def _shared(self, clause: Clause, groups: list[Group], steps: int) -> tuple[Group | None, list[Group]]:
        """The subject of the clause that this one continues."""
        if clause.coordinate_of is None:
            return None, groups
        return self.subject(clause.coordinate_of, steps + 1)[0], groups

    def _noun_phrase(self, front: list[int]) -> bool:
        """Whether the words before the verb are a noun phrase without an actor, which may be its subject."""
        s, g = self.sentence, self.grammar
        words = [s.words[i] for i in front]
        while words and words[0] in g.coordinators:
            words = words[1:]
        if not words or len(words) == 1 or any(word in g.quotes or word in g.quotes.values() for word in words):
            return False
        return words[0] in g.determiners and words[0] not in g.prepositions

    def _embedded_subject(self, clause: Clause, groups: list[Group], steps: int) -> tuple[Group | None, list[Group]]:
        if not groups:
            return self._shared(clause, groups, steps)
        first = groups[0]
        if self._objective(first):
            return (groups[1], [first, *groups[2:]]) if len(groups) > 1 else (None, groups)
        front = [i for i in clause.tokens if clause.opener_at < i < first.first]
        if (
            clause.coordinate_of is not None
            and clause.coordinate_of.kind is clause.kind
            and not self._nominative(first)
        ):
            # "dat A kwam en B steunde": a second subject or an object; two bare mentions tell.
            shared = self._shared(clause, groups, steps)
            if len(groups) == 1 and shared[0] is not None:
                return shared
        if front and len(front) > 1 and self._noun_phrase(front):
            return None, groups
        return first, groups[1:]

    def _relative_subject(self, clause: Clause, groups: list[Group]) -> tuple[Group | None, list[Group]]:
        if clause.antecedent is None:
            return (groups[0], groups[1:]) if groups else (None, [])
        head = self._antecedent_group(clause)
        if clause.case:
            return (groups[0], groups[1:]) if groups else (None, [])
        if groups and (self._nominative(groups[0]) or (len(groups) > 1 and not self._objective(groups[0]))):
            return groups[0], [head, *groups[1:]]
        return head, groups

    def _antecedent_group(self, clause: Clause) -> Group:
        assert clause.antecedent is not None
        for groups in self.by_clause.values():
            for group in groups:
                if clause.antecedent in group.units:
                    return Group(group.units, "", group.first)
        return Group([clause.antecedent], "", clause.antecedent.first)

    def with_case(self, clause: Clause, case: str) -> list[Group]:
        """The groups of a clause that have the preposition, that of its relative pronoun among them."""
        found = [group for group in self.by_clause[clause.number] if group.case == case]
        if clause.case == case and clause.antecedent is not None:
            found.append(self._antecedent_group(clause))
        return found

    def subject_units(self, clause: Clause) -> list[Unit]:
        """The mentions in the subject of a clause, none where it is no actor."""
        subject, _ = self.subject(clause)
        return list(subject.units) if subject else []
