"""How real: negation, modality, and who says so.

Comes in: a use of an entry. Goes out: a `Verdict`; None for what did not happen and was not planned, promised or reported either.
What is wanted, feared, asked for, possible or denied by the article itself is no event of its type.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from streamproc.analysis.events.arguments import Arguments, Group
from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.lexicon import EntryClass
from streamproc.analysis.events.sentence import Unit
from streamproc.analysis.events.triggers import Use
from streamproc.analysis.events.verbs import Form
from streamproc.contracts.entity import ActorKind
from streamproc.contracts.event import EventType, Modality, Polarity

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


@dataclass(slots=True)
class Verdict:
    """How real an event is."""

    type: EventType
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    attribution: list[Unit] = field(default_factory=list)
    flipped: bool = False


class Truth:
    """Judges the uses of one sentence."""

    def __init__(self, arguments: Arguments, grammar: Grammar, speaker: list[Unit]) -> None:
        self._a, self._g, self._s = arguments, grammar, arguments.sentence
        self._speaker = speaker
        self._particles = frozenset(grammar.particles)
        self._question = self._s.words[-1] == "?" or self._s.words[-2:-1] == ["?"]

    def judge(self, use: Use) -> Verdict | None:
        """The verdict on a use, None where it is no event."""
        verdict = Verdict(use.entry.type)
        if self._question and not self._framed(use.clause):
            return None
        negated = self._negated(use)
        if not negated and any(self._s.words[i] in self._g.downtoners for i in use.clause.tokens):
            return None
        if self._hypothetical(use) or not self._own_clause(use, verdict, negated):
            return None
        if negated and not verdict.flipped:
            if use.entry.negated is None:
                return None
            verdict.type, verdict.flipped = use.entry.negated, True
        if not self._hosts(use, verdict):
            return None
        self._conditions(use, verdict)
        self._says(use, verdict)
        return verdict

    def _framed(self, clause: Clause) -> bool:
        """Whether a question mark in a quotation does not concern the clause."""
        return not clause.quoted and any(other.quoted for other in self._a.clauses)

    # The clause itself

    def _lemmas(self, clause: Clause, skip: int = -1) -> set[str]:
        """The verbs of a clause but for the word `skip`; separated particles are joined."""
        words, found = self._s.words, set()
        for i in clause.tokens:
            if i == skip or i in self._s.nominal:
                continue
            for reading in self._s.readings[i]:
                if reading.form == Form.STEM:
                    continue
                found.add(reading.verb)
                if not reading.particle and i == clause.finite:
                    found.update(
                        f"{words[j]}|{reading.lemma}" for j in clause.tokens if j > i and words[j] in self._particles
                    )
        return found

    def _finite_lemma(self, clause: Clause) -> str:
        if clause.finite < 0:
            return ""
        readings = self._s.readings[clause.finite]
        return next((reading.verb for reading in readings if reading.form & Form.FINITE), readings[0].verb)

    def _negated(self, use: Use) -> bool:
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

    def _hypothetical(self, use: Use) -> bool:
        first = use.tokens[0]
        near = self._s.words[max(0, first - MAX_MARKER_REACH) : first]
        if use.entry.kind is EntryClass.NOUN:
            return bool(self._g.hypothetical_words.intersection(near))
        return any(self._s.words[i] in self._g.hypothetical_words for i in use.clause.tokens)

    def _own_clause(self, use: Use, verdict: Verdict, negated: bool) -> bool:
        """Modality by the verbs of the clause; False where the deed is not real."""
        clause = use.clause
        if clause.finite == use.head or clause.finite in use.tokens:
            return True
        if use.entry.kind is EntryClass.NOUN:
            return self._noun_is_real(use)
        marker = self._marked_infinitive(use)
        if marker or (clause.kind is ClauseKind.INFINITIVE and use.entry.kind is EntryClass.VERB):
            return self._complement_is_real(use, verdict)
        kind = self._g.modals.get(self._finite_lemma(clause))
        if kind is None:
            return self._bare_infinitive_is_real(use)
        if use.reading is not None and use.reading.form == Form.PARTICIPLE and not self._modal_governs(use):
            return True
        finite_word = self._s.words[clause.finite]
        if finite_word in self._g.hearsay_forms:
            if self._lemmas(clause) & self._g.perfect_auxiliaries:
                verdict.modality = Modality.REPORTED
                return True
            return False
        if kind == "wanted" and negated and use.entry.type in COOPERATIVE:
            verdict.type, verdict.flipped = EventType.REJECT, True
            return True
        if kind == "future" and not negated:
            verdict.modality = Modality.PLANNED
            return True
        return False

    def _modal_governs(self, use: Use) -> bool:
        """Whether a participle hangs on an infinitive of the modal ("moet worden vrijgelaten")."""
        return any(
            reading.form & Form.INFINITIVE and i != use.clause.finite
            for i in use.clause.tokens
            for reading in self._s.readings[i]
        )

    def _marked_infinitive(self, use: Use) -> bool:
        """Whether the head is an infinitive with its marker, also "op te roepen"."""
        if use.head == 0 or use.reading is None or not use.reading.form & Form.INFINITIVE:
            # "te worden vrijgelaten", "te hebben geschoten"
            return self._auxiliary_marked(use)
        return self._s.words[use.head - 1] == self._g.infinitive_marker

    def _auxiliary_marked(self, use: Use) -> bool:
        """Whether a participle hangs on a marked infinitive: "te hebben geschoten", "vrijgelaten te worden"."""
        if use.reading is None or not use.reading.form & Form.PARTICIPLE:
            return False
        words = self._s.words
        return self._g.infinitive_marker in (*words[max(0, use.head - 2) : use.head - 1], *words[use.head + 1 : use.head + 2])

    def _bare_infinitive_is_real(self, use: Use) -> bool:
        reading = use.reading
        if reading is None or not reading.form & Form.INFINITIVE or use.clause.finite < 0:
            return True
        return self._finite_lemma(use.clause) in self._g.realising_verbs or reading.form & Form.PARTICIPLE != 0

    def _complement_is_real(self, use: Use, verdict: Verdict) -> bool:
        """An infinitive with its marker is as real as the verb that it hangs on says."""
        clause = use.clause
        if clause.kind is ClauseKind.INFINITIVE:
            if self._g.infinitive_openers.get(clause.opener) == "real":
                return True
            return False
        host = self._finite_lemma(clause)
        lemmas = self._lemmas(clause, use.head)
        if lemmas & self._g.denial_verbs:
            verdict.polarity, verdict.modality = Polarity.NEGATIVE, Modality.REPORTED
            verdict.attribution = self._subject_units(clause)
            return True
        if self._plans(clause):
            verdict.modality = Modality.PLANNED
            return True
        if lemmas & self._g.unreal_verbs:
            return False
        if host in self._g.realising_verbs:
            return True
        if lemmas & self._g.reporting_verbs and lemmas & self._g.perfect_auxiliaries:
            verdict.modality = Modality.REPORTED
            verdict.attribution = self._subject_units(clause)
            return True
        return False

    def _plans(self, clause: Clause) -> bool:
        words = self._s.words
        for phrase in self._g.plan_words:
            parts = phrase.split("_")
            for i in clause.tokens:
                if words[i : i + len(parts)] == parts:
                    return True
        return False

    def _noun_is_real(self, use: Use) -> bool:
        clause = use.clause
        after_finite = clause.finite < 0 or use.head > clause.finite or clause.kind is not ClauseKind.MAIN
        if not after_finite:
            return True
        if clause.kind is ClauseKind.INFINITIVE:
            return self._g.infinitive_openers.get(clause.opener) == "real"
        if self._g.modals.get(self._finite_lemma(clause)) in ("wanted", "possible", "normative"):
            return False
        return not self._lemmas(clause, use.head) & self._g.unreal_verbs

    # The clauses that it hangs in

    def _hosts(self, use: Use, verdict: Verdict) -> bool:
        for clause in use.clause.chain:
            host = clause.parent
            if clause.kind is ClauseKind.RELATIVE:
                return True
            if clause.kind is ClauseKind.SUBORDINATE:
                if clause.opener in self._g.conditionals or clause.opener in self._g.unreal_subordinators:
                    return False
                if clause.opener in self._g.complementisers and host is not None and not self._complement(clause, host, verdict):
                    return False
            if clause.kind is ClauseKind.INFINITIVE and clause is not use.clause:
                if self._g.infinitive_openers.get(clause.opener) != "real":
                    return False
            first = next((i for i in clause.tokens if self._s.words[i] not in self._g.coordinators), -1)
            if first >= 0 and self._s.words[first] in self._g.conditional_verbs:
                return False
        return True

    def _complement(self, clause: Clause, host: Clause, verdict: Verdict) -> bool:
        if clause.opener == self._g.alternative:
            return False
        lemmas = self._lemmas(host)
        if lemmas & self._g.denial_verbs:
            verdict.polarity, verdict.modality = Polarity.NEGATIVE, Modality.REPORTED
            verdict.attribution = self._subject_units(host)
            return True
        if lemmas & self._g.unreal_verbs and not lemmas & self._g.reporting_verbs:
            return False
        if self._g.modals.get(self._finite_lemma(host)) in ("wanted", "normative", "possible"):
            return False
        if lemmas & self._g.reporting_verbs:
            self._attribute(verdict, self._subject_units(host))
        return True

    def _subject_units(self, clause: Clause) -> list[Unit]:
        subject, _ = self._a.subject(clause)
        return list(subject.units) if subject else []

    def _attribute(self, verdict: Verdict, units: list[Unit]) -> None:
        """A deed that a party tells of is reported; what the press reports stays asserted."""
        verdict.attribution = units
        if not units or any(entity.kind is not ActorKind.MEDIA for unit in units for entity in unit.entities):
            verdict.modality = Modality.REPORTED

    def _conditions(self, use: Use, verdict: Verdict) -> None:
        """A clause with a condition on it is conditional unless it is past."""
        if verdict.modality is not Modality.ASSERTED:
            return
        finite = use.clause.finite
        if finite >= 0 and any(reading.form & Form.PAST for reading in self._s.readings[finite]):
            return
        for clause in self._a.clauses:
            words = [self._s.words[i] for i in clause.tokens[:2]]
            conditional = clause.opener in self._g.conditionals and clause.kind is ClauseKind.SUBORDINATE
            if (conditional and clause.parent is use.clause) or (
                conditional and clause.opener_at <= 1 and use.clause.kind is ClauseKind.MAIN
            ):
                verdict.modality = Modality.CONDITIONAL
            if words and words[0] in self._g.conditional_verbs and clause is not use.clause:
                verdict.modality = Modality.CONDITIONAL

    # Who says so

    def _says(self, use: Use, verdict: Verdict) -> None:
        if verdict.attribution:
            return
        for word in sorted(self._g.sources):
            groups = [g for clause in use.clause.chain for g in self._a.with_case(clause, word) if not _inside(g, use)]
            if groups:
                verdict.attribution = list(groups[0].units)
                verdict.modality = Modality.REPORTED if verdict.modality is Modality.ASSERTED else verdict.modality
                return
        speaker = self._frame_speaker(use.clause)
        if use.clause.quoted:
            self._attribute(verdict, speaker or self._speaker)
        elif speaker:
            self._attribute(verdict, speaker)

    def _frame_speaker(self, clause: Clause) -> list[Unit]:
        """Who says it in the frame of a quotation, or in a reporting clause after it (", zegt Lavrov")."""
        for other in self._a.clauses:
            if other is clause or other.kind is not ClauseKind.MAIN or other.quoted or other.finite < 0:
                continue
            content = [i for i in other.tokens if self._s.words[i] not in {",", "”", "“", "„", "’", ".", "‘"}]
            if clause.quoted and other in clause.chain:
                return self._subject_units(other)
            verb_first = bool(content) and content[0] == other.finite
            if verb_first and (clause.quoted or self._lemmas(other) & self._g.reporting_verbs) and other.opener_at > 0:
                if clause.number < other.number:
                    return self._subject_units(other)
            if clause.quoted and self._lemmas(other) & self._g.reporting_verbs:
                return self._subject_units(other)
        return []

    def speaker(self) -> list[Unit]:
        """Who is said to speak in this sentence, for a quotation that goes on in the next."""
        for clause in self._a.clauses:
            if not clause.quoted and self._lemmas(clause) & self._g.reporting_verbs:
                units = self._subject_units(clause)
                if units:
                    return units
        return []


def _inside(group: Group, use: Use) -> bool:
    return group.first in use.tokens
