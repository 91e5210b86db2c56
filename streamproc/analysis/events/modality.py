"""What a clause says of its own deed: negation, modal verbs, infinitives, hypothesis.

Comes in: a use of an entry. Goes out: whether the deed is real, and changes to its verdict; the clauses around are
another matter.
"""

from __future__ import annotations

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.lexicon import EntryClass
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.verbs import Form
from streamproc.analysis.events.verdict import Verdict
from streamproc.analysis.events.voice import ClauseVerbs
from streamproc.contracts.event import EventType, Modality

COOPERATIVE = frozenset(
    {
        EventType.AGREE,
        EventType.CONSULT,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.COOPERATE,
        EventType.AID,
        EventType.RETREAT,
    }
)
"""Types whose refusal is a REJECT."""
MAX_MARKER_REACH = 3


class OwnClause:
    """Judges uses by their own clauses."""

    def __init__(self, arguments: Arguments, verbs: ClauseVerbs) -> None:
        self._a, self._v = arguments, verbs
        self._g, self._s = arguments.grammar, arguments.sentence

    def negated(self, use: Use) -> bool:
        """Whether the clause denies the deed."""
        words = self._s.words
        for i in use.clause.tokens:
            if words[i] in self._g.negators and i not in use.tokens and self._s.unit_at[i] is None:
                after = words[i + 1] if i + 1 < len(words) else ""
                if after not in self._g.not_negating_before and self._in_scope(use, i):
                    return True
        return False

    def _in_scope(self, use: Use, negator: int) -> bool:
        """Whether a negator denies the head rather than an infinitive after it."""
        if negator < use.head:
            return True
        if use.head != use.clause.finite:
            return False
        marker = self._g.infinitive_marker
        return not any(i > negator and self._s.words[i] == marker for i in use.clause.tokens)

    def toned_down(self, use: Use) -> bool:
        """Whether the clause says that hardly anybody did it."""
        return any(self._s.words[i] in self._g.downtoners for i in use.clause.tokens)

    def hypothetical(self, use: Use) -> bool:
        """Whether the deed is only supposed."""
        if use.entry.kind is EntryClass.NOUN:
            first = use.tokens[0]
            near = self._s.words[max(0, first - MAX_MARKER_REACH) : first]
            return bool(self._g.hypothetical_words.intersection(near))
        return any(self._s.words[i] in self._g.hypothetical_words for i in use.clause.tokens)

    def real(self, use: Use, verdict: Verdict, *, negated: bool) -> bool:
        """Whether the verbs of the clause make the deed real; sets modality, attribution and a refused type."""
        clause = use.clause
        if clause.finite in use.tokens:
            return True
        if use.entry.kind is EntryClass.NOUN:
            return self._noun_is_real(use)
        infinitive = clause.kind is ClauseKind.INFINITIVE and use.entry.kind is EntryClass.VERB
        if infinitive or self._marked(use):
            return self._complement_is_real(use, verdict)
        kind = self._g.modals.get(self._v.finite_verb(clause))
        if kind is None:
            return self._bare_infinitive_is_real(use)
        if use.reading is not None and use.reading.form == Form.PARTICIPLE and not self._has_infinitive(use):
            return True
        return self._under_modal(use, verdict, kind, negated=negated)

    def _under_modal(self, use: Use, verdict: Verdict, kind: str, *, negated: bool) -> bool:
        if self._s.words[use.clause.finite] in self._g.hearsay_forms:
            if self._v.verbs(use.clause) & self._g.perfect_auxiliaries:
                verdict.modality = Modality.REPORTED
                return True
            return False
        if kind == "wanted" and negated and use.entry.type in COOPERATIVE:
            verdict.flip(EventType.REJECT)
            return True
        if kind == "future" and not negated:
            verdict.modality = Modality.PLANNED
            return True
        return False

    def _has_infinitive(self, use: Use) -> bool:
        """Whether the clause has an infinitive that a participle may hang on ("moet worden vrijgelaten")."""
        return any(
            reading.form & Form.INFINITIVE and i != use.clause.finite
            for i in use.clause.tokens
            for reading in self._s.readings[i]
        )

    def _marked(self, use: Use) -> bool:
        """Whether the head hangs on the infinitive marker: "te schieten", "te hebben geschoten", "gedood te worden"."""
        if use.reading is None:
            return False
        words, head, marker = self._s.words, use.head, self._g.infinitive_marker
        if use.reading.form & Form.INFINITIVE and head > 0:
            return words[head - 1] == marker
        if not use.reading.form & Form.PARTICIPLE:
            return False
        return marker in (*words[max(0, head - 2) : max(0, head - 1)], *words[head + 1 : head + 2])

    def _bare_infinitive_is_real(self, use: Use) -> bool:
        """An infinitive without marker or modal: "liet hem arresteren"."""
        reading = use.reading
        if reading is None or not reading.form & Form.INFINITIVE or use.clause.finite < 0:
            return True
        return bool(reading.form & Form.PARTICIPLE) or self._v.finite_verb(use.clause) in self._g.realising_verbs

    def _complement_is_real(self, use: Use, verdict: Verdict) -> bool:
        """An infinitive with its marker is as real as the verb that it hangs on says."""
        clause = use.clause
        if clause.kind is ClauseKind.INFINITIVE:
            return self._g.infinitive_openers.get(clause.opener) == "real"
        verbs = self._v.verbs(clause, use.head)
        if verbs & self._g.denial_verbs:
            verdict.deny(self._a.subject_units(clause))
            return True
        if self._plans(clause):
            verdict.modality = Modality.PLANNED
            return True
        if verbs & self._g.unreal_verbs:
            return False
        realised = self._v.finite_verb(clause) in self._g.realising_verbs
        reported = verbs & self._g.reporting_verbs and verbs & self._g.perfect_auxiliaries
        if reported and not realised:
            # "zegt te hebben geschoten"
            verdict.modality, verdict.attribution = Modality.REPORTED, self._a.subject_units(clause)
        return realised or bool(reported)

    def _plans(self, clause: Clause) -> bool:
        words = self._s.words
        phrases = [phrase.split("_") for phrase in sorted(self._g.plan_words)]
        return any(words[i : i + len(phrase)] == phrase for phrase in phrases for i in clause.tokens)

    def _noun_is_real(self, use: Use) -> bool:
        """A noun is not real as the object of a verb that makes it unreal ("wil sancties", "pleit voor overleg")."""
        clause = use.clause
        if clause.kind is ClauseKind.MAIN and 0 <= use.head < clause.finite:
            return True
        if clause.kind is ClauseKind.INFINITIVE:
            return self._g.infinitive_openers.get(clause.opener) == "real"
        if self._g.modals.get(self._v.finite_verb(clause)) in ("wanted", "possible", "normative"):
            return False
        return not self._v.verbs(clause, use.head) & self._g.unreal_verbs
