"""Which entries of the lexicon a sentence uses.

Comes in: a sentence, its clauses, the lexicon. Goes out: uses of entries, no two of which share a word: where two ask
for the same words, the one that asks for more wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.events.clauses import Clause
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.heads import Head, Heads
from streamproc.analysis.events.lexicon import Entry, EntryClass, Lexicon, Phrase
from streamproc.analysis.events.sentence import Sentence
from streamproc.analysis.events.verbs import Reading

MAX_HITS = 150
"""Entries looked at in one sentence; beyond it is no prose."""
MIN_COMPOUND = 7
"""No compound is shorter, in characters."""
CONTEXT_AFTER = 3
"""Words after its clause that an entry's context may be in ("vroeg hem te")."""


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
    is_head: bool
    """Whether the word is the head itself."""


class Matcher:
    """Finds entries in sentences."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar) -> None:
        self._lexicon, self._g = lexicon, grammar
        self._heads = Heads(grammar)
        self._particles = frozenset(grammar.particles)

    def hits(self, sentence: Sentence) -> list[Hit]:
        """Entries that the words of a sentence may start; empty for many sentences."""
        particles = sorted(self._particles.intersection(sentence.words))
        lemmas = {reading.lemma for readings in sentence.readings for reading in readings}
        found: list[Hit] = []
        for i, word in enumerate(sentence.words):
            for reading in sentence.readings[i]:
                verbs = [reading.verb]
                if not reading.particle:
                    verbs += [f"{particle}|{reading.lemma}" for particle in particles]
                found += [Hit(entry, i, True) for verb in verbs for entry in self._lexicon.by_verb.get(verb, ())]
            if sentence.unit_at[i] is None:
                entries = self._lexicon.starting_with(word, MIN_COMPOUND)
                found += [Hit(entry, i, False) for entry in entries if not entry.lemma or entry.lemma in lemmas]
        return found[:MAX_HITS]

    def uses(self, sentence: Sentence, hits: list[Hit], of_token: list[Clause]) -> list[Use]:
        """The uses among the hits, in order of their heads."""
        found = [use for hit in hits if (use := self._use(sentence, hit, of_token)) is not None]
        found.sort(key=_precedence)
        taken: set[int] = set()
        kept: list[Use] = []
        for use in found:
            if not taken.intersection(use.tokens):
                kept.append(use)
                taken.update(use.tokens)
        return sorted(kept, key=lambda use: (use.head, use.entry.id))

    def _use(self, sentence: Sentence, hit: Hit, of_token: list[Clause]) -> Use | None:
        entry = hit.entry
        head = self._head(sentence, hit, of_token)
        if head is None:
            return None
        clause = of_token[head.at]
        companions = self._companions(sentence, entry, clause, head.at)
        if companions is None or not self._in_context(sentence, entry, clause, head.at):
            return None
        tokens = {*head.tokens, *companions}
        if head.reading is not None and self._heads.another_verb(sentence, entry, clause, tokens):
            return None
        return Use(entry, head.at, head.reading, tuple(sorted(tokens)), clause)

    def _head(self, sentence: Sentence, hit: Hit, of_token: list[Clause]) -> Head | None:
        if hit.entry.kind is not EntryClass.VERB:
            attributive = hit.entry.kind is EntryClass.ADJECTIVE and not self._predicative(sentence, hit, of_token)
            tokens = [] if attributive else _phrase_to(sentence, hit)
            return Head(hit.at, None, tokens) if tokens else None
        places = [hit.at] if hit.is_head else self._verb_places(hit.at, of_token)
        return self._heads.find(sentence, hit.entry.heads[0], places, of_token)

    def _verb_places(self, at: int, of_token: list[Clause]) -> list[int]:
        """Where the verb of a companion may be: in its clause, nearest first, then in a relative clause on it."""
        places = sorted(of_token[at].tokens, key=lambda i: abs(i - at))
        for clause in of_token[at + 1 :]:
            if clause.antecedent_at == at and clause.antecedent is None:
                return places + clause.tokens
        return places

    def _predicative(self, sentence: Sentence, hit: Hit, of_token: list[Clause]) -> bool:
        """Whether the clause of an adjective has a copula, or no verb at all."""
        clause = of_token[hit.at]
        lemmas = {reading.lemma for i in clause.tokens for reading in sentence.readings[i]}
        bare = clause.finite < 0 and bool(self._g.prepositions.intersection(sentence.words[hit.at + 1 : hit.at + 2]))
        return bare or bool(lemmas & self._g.copulas)

    def _companions(self, sentence: Sentence, entry: Entry, clause: Clause, head: int) -> list[int] | None:
        """Indices of the companions in the clause; None where one is missing."""
        found: list[int] = []
        tokens = clause.tokens
        if clause.antecedent_at >= 0 and clause.antecedent is None:
            # "de bedreigingen die zij uitten": the object stands before its relative clause.
            tokens = [clause.antecedent_at, *tokens]
        for alternatives in entry.companions:
            place = _nearest(sentence, alternatives, tokens, head)
            if not place:
                return None
            found += place
        return found

    def _in_context(self, sentence: Sentence, entry: Entry, clause: Clause, head: int) -> bool:
        """Whether one of the context phrases is in the clause, or opens what follows it."""
        if not entry.context:
            return True
        after = clause.tokens[-1] + 1
        tokens = [*clause.tokens, *range(after, min(after + CONTEXT_AFTER, len(sentence)))]
        phrases = _present(sentence, entry.context)
        return any(i != head and _is_at(sentence, phrase, i) for phrase in phrases for i in tokens)


def _phrase_to(sentence: Sentence, hit: Hit) -> list[int]:
    """Indices of the words of a noun or adjective that ends where it was found; empty where they are others."""
    for head in hit.entry.heads:
        phrase = head.split("_")
        first = hit.at - len(phrase) + 1
        if first >= 0 and all(map(_same, phrase, sentence.words[first : hit.at + 1])):
            return list(range(first, hit.at + 1))
    return []


def _precedence(use: Use) -> tuple[int, bool, int, int, str]:
    """Larger entries first, verbs before other words, then those whose words stand closer together.

    Words of a noun or adjective are neighbours, and more of them say more.
    """
    is_verb = use.entry.kind is EntryClass.VERB
    width = use.tokens[-1] - use.tokens[0] if is_verb else -len(use.tokens)
    return -use.entry.size, not is_verb, width, use.head, use.entry.id


def _nearest(sentence: Sentence, alternatives: tuple[Phrase, ...], tokens: list[int], head: int) -> list[int]:
    """The place of one of the alternatives that is nearest to the head; empty where there is none."""
    best: list[int] = []
    for phrase in _present(sentence, alternatives):
        for at, i in enumerate(tokens):
            if i == head or sentence.unit_at[i] is not None or not _same(phrase[0], sentence.words[i]):
                continue
            place = tokens[at : at + len(phrase)]
            whole = len(place) == len(phrase) and all(map(_same, phrase, [sentence.words[j] for j in place]))
            if whole and (not best or abs(i - head) < abs(best[0] - head)):
                best = place
    return best


def _present(sentence: Sentence, phrases: tuple[Phrase, ...]) -> list[Phrase]:
    """Phrases whose first word the sentence may have: most are ruled out here at once."""
    words = set(sentence.words)
    return [phrase for phrase in phrases if phrase[0][0] == "*" or phrase[0] in words]


def _is_at(sentence: Sentence, phrase: Phrase, i: int) -> bool:
    words = sentence.words[i : i + len(phrase)]
    return len(words) == len(phrase) and all(map(_same, phrase, words))


def _same(pattern: str, word: str) -> bool:
    """Whether a word is the pattern, or a compound that ends in what follows its asterisk."""
    return word.endswith(pattern[1:]) if pattern[0] == "*" else word == pattern
