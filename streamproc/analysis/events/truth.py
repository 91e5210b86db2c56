"""How real: negation, modality, the clauses around, and who says so.

Comes in: a use of an entry. Goes out: a `Verdict`; None for what did not happen and was not planned, promised or
reported either. What is wanted, feared, asked for, possible or denied by the article itself is no event of its type.
"""

from __future__ import annotations

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.attribution import Attribution
from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.modality import OwnClause
from streamproc.analysis.events.sentence import Unit
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.verdict import Verdict
from streamproc.analysis.events.voice import ClauseVerbs
from streamproc.contracts.event import Modality

QUESTION = "?"


class Truth:
    """Judges the uses of one sentence."""

    def __init__(self, arguments: Arguments, verbs: ClauseVerbs, speaker: list[Unit]) -> None:
        self._a, self._v = arguments, verbs
        self._g, self._s = arguments.grammar, arguments.sentence
        self._own = OwnClause(arguments, verbs)
        self._attribution = Attribution(arguments, verbs, speaker)
        self._question = QUESTION in self._s.words[-2:]
        self.speaker = self._attribution.speaker

    def judge(self, use: Use) -> Verdict | None:
        """The verdict on a use, None where it is no event."""
        if self._question and not self._framed(use.clause):
            return None
        verdict = Verdict(use.entry.type)
        negated = self._own.negated(use)
        if self._own.hypothetical(use) or (not negated and self._own.toned_down(use)):
            return None
        if not self._own.real(use, verdict, negated=negated):
            return None
        if negated and not verdict.flipped:
            if use.entry.negated is None:
                return None
            verdict.flip(use.entry.negated)
        if not self._hosts(use, verdict):
            return None
        self._conditions(use, verdict)
        self._attribution.apply(use, verdict)
        return verdict

    def _framed(self, clause: Clause) -> bool:
        """Whether a question mark in a quotation does not concern the clause."""
        return not clause.quoted and any(other.quoted for other in self._a.clauses)

    def _hosts(self, use: Use, verdict: Verdict) -> bool:
        """Whether the clauses that the use hangs in leave it real."""
        for clause in use.clause.chain:
            if clause.kind is ClauseKind.RELATIVE:
                # What a relative clause tells is taken for granted, whatever its host says.
                return True
            if self._conditional_verb_first(clause):
                return False
            if clause.kind is ClauseKind.SUBORDINATE and not self._subordinate(clause, verdict):
                return False
            opens_unreal = self._g.infinitive_openers.get(clause.opener) != "real"
            if clause.kind is ClauseKind.INFINITIVE and clause is not use.clause and opens_unreal:
                return False
        return True

    def _conditional_verb_first(self, clause: Clause) -> bool:
        first = next((i for i in clause.tokens if self._s.words[i] not in self._g.coordinators), -1)
        return first >= 0 and self._s.words[first] in self._g.conditional_verbs

    def _subordinate(self, clause: Clause, verdict: Verdict) -> bool:
        if clause.opener in self._g.conditionals or clause.opener in self._g.unreal_subordinators:
            return False
        if clause.opener in self._g.complementisers and clause.parent is not None:
            return self._complement(clause, clause.parent, verdict)
        return True

    def _complement(self, clause: Clause, host: Clause, verdict: Verdict) -> bool:
        """Whether what the host says, thinks or wants is real."""
        if clause.opener == self._g.alternative:
            return False
        verbs = self._v.verbs(host)
        if verbs & self._g.denial_verbs:
            verdict.deny(self._a.subject_units(host))
            return True
        if verbs & self._g.unreal_verbs and not verbs & self._g.reporting_verbs:
            return False
        if self._g.modals.get(self._v.finite_verb(host)) in ("wanted", "normative", "possible"):
            return False
        if verbs & self._g.reporting_verbs:
            verdict.attribute(self._a.subject_units(host))
        return True

    def _conditions(self, use: Use, verdict: Verdict) -> None:
        """A clause with a condition on it is conditional unless it is past."""
        if verdict.modality is not Modality.ASSERTED or self._v.is_past(use.clause):
            return
        for clause in self._a.clauses:
            if clause is use.clause:
                continue
            opened = clause.opener in self._g.conditionals and clause.kind is ClauseKind.SUBORDINATE
            in_front = clause.opener_at <= 1 and use.clause.kind is ClauseKind.MAIN
            if (opened and (clause.parent is use.clause or in_front)) or self._conditional_verb_first(clause):
                verdict.modality = Modality.CONDITIONAL
