"""Which entries of the lexicon a sentence uses.

Comes in: a sentence, its clauses, the lexicon. Goes out: uses of entries, at most one for each head word: where two ask for the
same words, the one that asks for more wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.events.clauses import Clause, ClauseKind
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.lexicon import Entry, EntryClass, Lexicon, Phrase
from streamproc.analysis.events.sentence import PUNCTUATION, Sentence
from streamproc.analysis.events.verbs import Form, Reading

MAX_HITS = 400
"""Uses looked at in one sentence; beyond it is no prose."""
MAX_ADJECTIVE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an entry."""

    entry: Entry
    head: int
    """Index of its verb, noun or adjective."""
    reading: Reading | None
    """How a verb is read."""
    tokens: tuple[int, ...]
    """All words of the trigger in order."""
    clause: Clause


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry whose first word was found."""

    entry: Entry
    at: int
    head: bool
    """Whether the word is the head itself."""


class Matcher:
    """Finds entries in sentences."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar) -> None:
        self._lexicon, self._grammar = lexicon, grammar
        self._particles = frozenset(grammar.particles)

    def hits(self, sentence: Sentence) -> list[Hit]:
        """Entries that the words of a sentence may start; empty for most sentences without an event."""
        lexicon, found = self._lexicon, []
        particles = [word for word in sentence.words if word in self._particles]
        for i, word in enumerate(sentence.words):
            for reading in sentence.readings[i]:
                found += [Hit(entry, i, head=True) for entry in lexicon.by_verb.get(reading.verb, ())]
                if particles and not reading.particle:
                    for particle in set(particles):
                        entries = lexicon.by_verb.get(f"{particle}|{reading.lemma}", ())
                        found += [Hit(entry, i, head=True) for entry in entries]
            if sentence.unit_at[i] is not None:
                continue
            found += [Hit(entry, i, head=False) for entry in lexicon.by_word.get(word, ())]
            if len(word) > 6:  # noqa: PLR2004  # no compound is shorter
                for length in lexicon.suffix_lengths:
                    if length < len(word):
                        found += [Hit(entry, i, head=False) for entry in lexicon.by_suffix.get(word[-length:], ())]
        found.sort(key=lambda hit: (hit.at, hit.entry.id))
        return found[:MAX_HITS]

    def uses(self, sentence: Sentence, hits: list[Hit], of_token: list[Clause]) -> list[Use]:
        """The uses among the hits, in order of their heads."""
        found = [use for hit in hits if (use := self._use(sentence, hit, of_token)) is not None]
        found.sort(key=lambda use: (-use.entry.size, use.entry.kind is not EntryClass.VERB, use.head, use.entry.id))
        taken: set[int] = set()
        kept: list[Use] = []
        for use in found:
            if not taken.intersection(use.tokens):
                kept.append(use)
                taken.update(use.tokens)
        return sorted(kept, key=lambda use: (use.head, use.entry.id))

    def _use(self, sentence: Sentence, hit: Hit, of_token: list[Clause]) -> Use | None:
        entry, clause = hit.entry, of_token[hit.at]
        if entry.kind is EntryClass.VERB:
            found = self._verb(sentence, hit, of_token)
        elif entry.kind is EntryClass.NOUN:
            found = (hit.at, None, [hit.at])
        else:
            found = self._adjective(sentence, hit, clause)
        if found is None:
            return None
        head, reading, tokens = found
        clause = of_token[head]
        companions = self._companions(sentence, entry, clause, head)
        if companions is None or not self._in_context(sentence, entry, clause, head):
            return None
        if reading is not None and (self._reflexive(sentence, entry, clause) or self._has_object(sentence, entry, clause, head)):
            return None
        if reading is not None and self._other_particle(sentence, entry, clause, {*tokens, *companions}):
            return None
        return Use(entry, head, reading, tuple(sorted({*tokens, *companions})), clause)

    def _verb(self, sentence: Sentence, hit: Hit, of_token: list[Clause]) -> tuple[int, Reading | None, list[int]] | None:
        """The head of a verb entry, with its particle."""
        particle, _, lemma = hit.entry.heads[0].rpartition("|")
        places = [hit.at] if hit.head else self._head_places(hit.at, of_token)
        for i in places:
            for reading in sentence.readings[i]:
                if reading.lemma != lemma or reading.form == Form.STEM and not self._stem(sentence, i):
                    continue
                if self._noun_like(sentence, of_token[i], i, reading):
                    continue
                if reading.particle == particle:
                    return i, reading, [i]
                if particle and not reading.particle:
                    at = self._particle(sentence, of_token[i], i, particle, reading)
                    if at is not None:
                        return i, reading, sorted([i, at])
        return None

    def _noun_like(self, sentence: Sentence, clause: Clause, i: int, reading: Reading) -> bool:
        """Whether the word stands like a noun: after a determiner, or an infinitive without anything that asks for one."""
        if i in sentence.nominal and (clause.finite != i or sentence.words[i - 1 if i else i] in self._grammar.determiners):
            return True
        if reading.particle and reading.form & Form.INFINITIVE and clause.kind is ClauseKind.MAIN:
            # "aanvallen" in a main clause is a verb only after a modal or auxiliary.
            return clause.finite in (-1, i) or clause.finite > i
        return False

    def _head_places(self, at: int, of_token: list[Clause]) -> list[int]:
        """Where the verb of a companion may be: in its clause, nearest first, then in a relative clause that tells of it."""
        places = sorted(of_token[at].tokens, key=lambda i: abs(i - at))
        for i in range(at + 1, len(of_token)):
            if of_token[i].antecedent_at == at and of_token[i].antecedent is None:
                return places + of_token[i].tokens
        return places

    def _stem(self, sentence: Sentence, i: int) -> bool:
        around = sentence.words[max(0, i - 1) : i] + sentence.words[i + 1 : i + 2]
        return bool(self._grammar.stem_subjects.intersection(around))

    def _particle(self, sentence: Sentence, clause: Clause, head: int, particle: str, reading: Reading) -> int | None:
        """Index of the separated particle of a verb: after a finite form, or before "te" and an infinitive."""
        words, g = sentence.words, self._grammar
        if head >= 2 and words[head - 1] == g.infinitive_marker and words[head - 2] == particle:  # noqa: PLR2004  # "op te roepen"
            return head - 2
        if not reading.form & (Form.FINITE | Form.STEM):
            return None
        for i in clause.tokens:
            if i <= head or words[i] != particle or sentence.unit_at[i] is not None:
                continue
            after = i + 1
            if after >= len(words) or particle not in g.prepositions:
                return i
            if words[after] != g.infinitive_marker and sentence.unit_at[after] is None and (
                words[after] in PUNCTUATION
                or words[after] in g.coordinators
                or words[after] in g.subordinators
                or words[after] in g.relatives
                or words[after] in g.prepositions
                or words[after] in g.infinitive_openers
            ):
                return i
        return None

    def _reflexive(self, sentence: Sentence, entry: Entry, clause: Clause) -> bool:
        """Whether a reflexive makes another verb of a bare entry ("onthield zich")."""
        if entry.companions or entry.context:
            return False
        return any(sentence.words[i] in self._grammar.true_reflexives for i in clause.tokens)

    def _has_object(self, sentence: Sentence, entry: Entry, clause: Clause, head: int) -> bool:
        """Whether an entry that has no object has one: a noun phrase without preposition after a finite verb, or before another form."""
        if not entry.intransitive:
            return False
        words, g = sentence.words, self._grammar
        verb_second = clause.kind is ClauseKind.MAIN and clause.finite >= 0
        first = clause.finite if verb_second else clause.opener_at
        return any(
            i > first and words[i] in g.articles and words[i - 1] not in g.prepositions and sentence.unit_at[i] is None
            for i in clause.tokens
        )

    def _other_particle(self, sentence: Sentence, entry: Entry, clause: Clause, tokens: set[int]) -> bool:
        """Whether a particle at the end of the clause makes another verb of the head ("riep zich uit")."""
        if clause.finite not in tokens:
            return False
        last = next((i for i in reversed(clause.tokens) if sentence.words[i] not in PUNCTUATION), -1)
        word = sentence.words[last]
        if last <= clause.finite or word not in self._particles or last in tokens or sentence.unit_at[last] is not None:
            return False
        return not any(word in phrase for phrase in entry.context)

    def _adjective(self, sentence: Sentence, hit: Hit, clause: Clause) -> tuple[int, Reading | None, list[int]] | None:
        """A predicative adjective: its clause has a copula, or no verb at all."""
        for head in hit.entry.heads:
            phrase = head.split("_")
            first = hit.at - len(phrase) + 1
            if first < 0 or sentence.words[first : hit.at + 1] != phrase:
                continue
            copula = any(
                reading.lemma in self._grammar.copulas for i in clause.tokens for reading in sentence.readings[i]
            )
            after = sentence.words[hit.at + 1] if hit.at + 1 < len(sentence) else ""
            if copula or (clause.finite < 0 and after in self._grammar.prepositions):
                return hit.at, None, list(range(first, hit.at + 1))
        return None

    def _companions(self, sentence: Sentence, entry: Entry, clause: Clause, head: int) -> list[int] | None:
        """Indices of the companions in the clause; None where one is missing."""
        found: list[int] = []
        tokens = clause.tokens
        if clause.antecedent_at >= 0 and clause.antecedent is None:
            # "de bedreigingen die zij uitten": the object stands before its relative clause.
            tokens = [clause.antecedent_at, *tokens]
        for alternatives in entry.companions:
            place = self._phrase(sentence, alternatives, tokens, head)
            if place is None:
                return None
            found += place
        return found

    def _phrase(self, sentence: Sentence, alternatives: tuple[Phrase, ...], tokens: list[int], head: int) -> list[int] | None:
        best: list[int] | None = None
        for phrase in alternatives:
            for at, i in enumerate(tokens):
                if i != head and _same(phrase[0], sentence.words[i]) and sentence.unit_at[i] is None:
                    place = tokens[at : at + len(phrase)]
                    if len(place) == len(phrase) and all(
                        _same(part, sentence.words[j]) for part, j in zip(phrase, place, strict=True)
                    ):
                        if best is None or abs(place[0] - head) < abs(best[0] - head):
                            best = place
        return best

    def _in_context(self, sentence: Sentence, entry: Entry, clause: Clause, head: int) -> bool:
        """Whether one of the context phrases is in the clause, or opens what follows it."""
        if not entry.context:
            return True
        last = clause.tokens[-1]
        tokens = [*clause.tokens, *range(last + 1, min(last + 4, len(sentence)))]
        words = sentence.words
        for phrase in entry.context:
            for i in tokens:
                if i != head and _same(phrase[0], words[i]):
                    rest = words[i : i + len(phrase)]
                    if len(rest) == len(phrase) and all(_same(a, b) for a, b in zip(phrase, rest, strict=True)):
                        return True
        return False


def _same(pattern: str, word: str) -> bool:
    return word.endswith(pattern[1:]) and len(word) >= len(pattern) if pattern[0] == "*" else word == pattern
