"""Whether a word is the verb that an entry asks for.

Comes in: a word of a sentence and the verb of an entry, `op|roepen`. Goes out: how the word is read, with the place of
its particle. Words around may make another verb of it: a particle ("riep uit"), a reflexive ("onthield zich"), an
object.
"""

from __future__ import annotations

from typing import NamedTuple

from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.lexicon import Entry
from streamproc.analysis.events.sentence import PUNCTUATION, Sentence
from streamproc.analysis.events.verbs import Form, Reading


class Head(NamedTuple):
    """The head of a use."""

    at: int
    reading: Reading | None
    """How a verb is read; None for nouns and adjectives."""
    tokens: list[int]
    """The head and its particle, or the words of an adjective."""


class Heads:
    """Finds verbs in sentences of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._g = grammar
        self._particles = frozenset(grammar.particles)
        self._after_particle = (
            grammar.coordinators
            | grammar.subordinators
            | grammar.relatives
            | grammar.prepositions
            | set(grammar.infinitive_openers)
        ) - {grammar.infinitive_marker}

    def find(self, sentence: Sentence, verb: str, places: list[int], of_token: list[Clause]) -> Head | None:
        """The first of `places` where `verb` is."""
        particle, _, lemma = verb.rpartition("|")
        for i in places:
            for reading in sentence.readings[i]:
                if reading.lemma != lemma or self._noun_like(sentence, of_token[i], i, reading):
                    continue
                if reading.form == Form.STEM and not self._beside_its_subject(sentence, i):
                    continue
                if reading.particle == particle:
                    return Head(i, reading, [i])
                at = self._particle(sentence, of_token[i], i, particle) if particle and not reading.particle else -1
                if at >= 0 and (at < i or reading.form & (Form.FINITE | Form.STEM)):
                    return Head(i, reading, sorted([i, at]))
        return None

    def another_verb(self, sentence: Sentence, entry: Entry, clause: Clause, tokens: set[int]) -> bool:
        """Whether the words around make another verb of the head than that of `entry`."""
        return (
            self._reflexive(sentence, entry, clause)
            or self._has_object(sentence, entry, clause)
            or self._other_particle(sentence, entry, clause, tokens)
        )

    def _noun_like(self, sentence: Sentence, clause: Clause, i: int, reading: Reading) -> bool:
        """Whether the word stands like a noun: after a determiner, or an infinitive that nothing asks for."""
        if i in sentence.nominal:
            after_determiner = i > 0 and sentence.words[i - 1] in self._g.determiners
            return clause.finite != i or after_determiner
        if reading.particle and reading.form & Form.INFINITIVE and clause.kind is ClauseKind.MAIN:
            # "aanvallen" in a main clause is a verb only after a modal or auxiliary.
            return clause.finite in (-1, i) or clause.finite > i
        return False

    def _beside_its_subject(self, sentence: Sentence, i: int) -> bool:
        around = sentence.words[max(0, i - 1) : i] + sentence.words[i + 1 : i + 2]
        return bool(self._g.stem_subjects.intersection(around))

    def _particle(self, sentence: Sentence, clause: Clause, head: int, particle: str) -> int:
        """Index of the separated particle of a verb: before "te" and an infinitive, or after a finite form; else -1."""
        words = sentence.words
        if words[max(0, head - 2) : head] == [particle, self._g.infinitive_marker]:
            return head - 2
        for i in clause.tokens:
            if i <= head or words[i] != particle or sentence.unit_at[i] is not None:
                continue
            if particle not in self._g.prepositions or self._ends_phrase(sentence, i + 1):
                return i
            if self._g.infinitive_marker in words[i + 1 : clause.tokens[-1]]:
                # "riep Iran op de wapens neer te leggen"
                return i
        return -1

    def _ends_phrase(self, sentence: Sentence, after: int) -> bool:
        """Whether a word before `after` is no preposition, since no noun phrase follows."""
        if after >= len(sentence):
            return True
        word = sentence.words[after]
        return sentence.unit_at[after] is None and (word in PUNCTUATION or word in self._after_particle)

    def _reflexive(self, sentence: Sentence, entry: Entry, clause: Clause) -> bool:
        if entry.companions or entry.context:
            return False
        return any(sentence.words[i] in self._g.true_reflexives for i in clause.tokens)

    def _has_object(self, sentence: Sentence, entry: Entry, clause: Clause) -> bool:
        """Whether an intransitive entry has an object: a noun phrase without preposition where objects stand."""
        if not entry.intransitive:
            return False
        words = sentence.words
        verb_second = clause.kind is ClauseKind.MAIN and clause.finite >= 0
        first = clause.finite if verb_second else clause.opener_at
        return any(
            i > first
            and words[i] in self._g.articles
            and words[i - 1] not in self._g.prepositions
            and sentence.unit_at[i] is None
            for i in clause.tokens
        )

    def _other_particle(self, sentence: Sentence, entry: Entry, clause: Clause, tokens: set[int]) -> bool:
        """Whether a particle that is not of the entry ends the clause of a finite head."""
        if clause.finite not in tokens:
            return False
        last = next((i for i in reversed(clause.tokens) if sentence.words[i] not in PUNCTUATION), -1)
        word = sentence.words[last]
        if last <= clause.finite or last in tokens or word not in self._particles or sentence.unit_at[last] is not None:
            return False
        return not any(word in phrase for phrase in entry.context)
