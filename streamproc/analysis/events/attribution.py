"""Who says so: "volgens X", a quotation with its speaker before or after it, ", zegt X".

Comes in: a clause. Goes out: the mentions that what it says is attributed to.
"""

from __future__ import annotations

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.sentence import PUNCTUATION, Unit
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.verdict import Verdict
from streamproc.analysis.events.voice import ClauseVerbs
from streamproc.contracts.event import Modality


class Attribution:
    """Finds speakers in one sentence; `speaker` is who spoke last in those before it."""

    def __init__(self, arguments: Arguments, verbs: ClauseVerbs, speaker: list[Unit]) -> None:
        self._a, self._v, self._before = arguments, verbs, speaker
        self._g, self._s = arguments.grammar, arguments.sentence

    def apply(self, use: Use, verdict: Verdict) -> None:
        """Attributes a use that is not attributed yet."""
        if verdict.attribution:
            return
        named = self._named_source(use)
        if named:
            verdict.attribution = named
            if verdict.modality is Modality.ASSERTED:
                verdict.modality = Modality.REPORTED
            return
        speaker = self._frame_speaker(use.clause)
        if use.clause.quoted:
            verdict.attribute(speaker or self._before)
        elif speaker:
            verdict.attribute(speaker)

    def speaker(self) -> list[Unit]:
        """Who is said to speak in this sentence, for a quotation that goes on in the next."""
        for clause in self._a.clauses:
            if not clause.quoted and self._reports(clause):
                units = self._a.subject_units(clause)
                if units:
                    return units
        return []

    def _reports(self, clause: Clause) -> bool:
        return bool(self._v.verbs(clause) & self._g.reporting_verbs)

    def _named_source(self, use: Use) -> list[Unit]:
        """The source that the clause, or one that it hangs in, names with a preposition."""
        for word in sorted(self._g.sources):
            for clause in use.clause.chain:
                for group in self._a.with_case(clause, word):
                    if group.first not in use.tokens:
                        return list(group.units)
        return []

    def _frame_speaker(self, clause: Clause) -> list[Unit]:
        """Who says it in the frame of a quotation, or in a reporting clause after it."""
        for other in self._a.clauses:
            if other is clause or other.kind is not ClauseKind.MAIN or other.quoted or other.finite < 0:
                continue
            if clause.quoted and (other in clause.chain or self._reports(other)):
                return self._a.subject_units(other)
            first = next((i for i in other.tokens if self._s.words[i] not in PUNCTUATION), -1)
            after = first == other.finite and other.opener_at > 0 and clause.number < other.number
            if after and (clause.quoted or self._reports(other)):
                return self._a.subject_units(other)
        return []
