"""Which words of a sentence are its verbs, and which only look like verbs.

Comes in: a sentence with the readings of its words. Goes out: a `Role` for each word. Without tags, the words around
decide: after a determiner stands no finite verb, beside an auxiliary a participle, after "te" an infinitive.
"""

from __future__ import annotations

from enum import StrEnum

from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import HARD, PUNCTUATION, Sentence
from streamproc.analysis.events.verbs import Form

MAX_AUXILIARY_DISTANCE = 25
MAX_LOOK_BACK = 20
MAX_LOOK_AHEAD = 40


class Role(StrEnum):
    """What a word is, as a verb."""

    NONE = ""
    FINITE = "finite"
    MAYBE = "maybe"
    """Finite, or an infinitive or participle of the same spelling."""
    NONFINITE = "nonfinite"
    NOUN = "noun"
    """Looks like a verb form but stands like a noun; a verb only where its clause has no other."""


MAYBE_FINITE = frozenset({Role.FINITE, Role.MAYBE})


class VerbMap:
    """The roles of the words of one sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self._s, self._g = sentence, grammar
        self._openers = grammar.subordinators | grammar.relatives
        self._closers = frozenset(grammar.quotes.values())
        self.roles: list[Role] = []
        for i in range(len(sentence)):
            self.roles.append(self._role(i))
        self.roles = [self._settle(i, role) for i, role in enumerate(self.roles)]
        sentence.nominal = {i for i, role in enumerate(self.roles) if role is Role.NOUN}

    def __getitem__(self, i: int) -> Role:
        return self.roles[i]

    def finite(self, i: int) -> bool:
        """Whether the word is or may be a finite verb."""
        return self.roles[i] in MAYBE_FINITE

    def finite_ahead(self, i: int) -> int:
        """Index of a finite verb from token `i` to the next boundary, else -1."""
        words, best = self._s.words, -1
        for j in range(i, min(len(words), i + MAX_LOOK_AHEAD)):
            word = words[j]
            if j > i and (
                word in HARD or word == "," or word in self._closers or (word in self._openers and j > i + 1)
            ):
                break
            if self.roles[j] is Role.FINITE:
                return j
            if self.roles[j] is Role.MAYBE and best < 0:
                best = j
        return best

    def _role(self, i: int) -> Role:
        s, g = self._s, self._g
        form = Form(0)
        for reading in s.readings[i]:
            form |= reading.form
        before = s.words[i - 1] if i else ""
        if not form & Form.FINITE:
            after = s.words[i + 1] if i + 1 < len(s) else ""
            if form & Form.STEM and (before in g.stem_subjects or after in g.stem_subjects):
                return Role.FINITE
            return Role.NONFINITE if form & (Form.PARTICIPLE | Form.INFINITIVE) else Role.NONE
        if before == g.infinitive_marker:
            return Role.NONFINITE
        if self._stands_like_noun(i, before, form):
            return Role.NOUN
        if self._attributive(i):
            return Role.NONFINITE
        return Role.MAYBE if form & (Form.INFINITIVE | Form.PARTICIPLE) else Role.FINITE

    def _stands_like_noun(self, i: int, before: str, form: Form) -> bool:
        s, g = self._s, self._g
        word = s.words[i]
        if word in g.nouns or (word in g.possessives and self._possessive(i)):
            return True
        if word in g.adverbs:
            return self._after_finite(i)
        if i == 0 or s.unit_at[i - 1] is not None:
            return False
        if before in g.determiners and self.roles[i - 1] in (Role.NONE, Role.NOUN):
            return before not in g.pronouns or self._after_finite(i)
        return before in g.prepositions and before not in g.particles and bool(form & Form.INFINITIVE)

    def _attributive(self, i: int) -> bool:
        """Whether the word is a participle before a noun: "de door Rusland bezette centrale"."""
        unit = self._s.unit_at[i - 1] if i else None
        if unit is None or unit.first < 2:  # noqa: PLR2004  # determiner and preposition
            return False
        return self._s.words[unit.first - 1] == self._g.agent and self._s.words[unit.first - 2] in self._g.determiners

    def _possessive(self, i: int) -> bool:
        """Whether a verb that is a possessive too ("zijn") stands before a noun: after a preposition or a verb."""
        s, g = self._s, self._g
        after = i + 1
        if after >= len(s) or s.words[after] in PUNCTUATION or (s.readings[after] and s.unit_at[after] is None):
            return False
        if i == 0 or s.words[i - 1] in g.prepositions or s.words[i - 1] in g.coordinators:
            return True
        return self._after_finite(i)

    def _after_finite(self, i: int) -> bool:
        """Whether a finite verb stands before the word, without a boundary between."""
        s = self._s
        for j in range(i - 1, max(-1, i - MAX_LOOK_BACK), -1):
            if s.words[j] in PUNCTUATION or s.words[j] in self._openers or s.words[j] in self._g.coordinators:
                return False
            if any(reading.form & Form.FINITE for reading in s.readings[j]):
                return True
        return False

    def _settle(self, i: int, role: Role) -> Role:
        """What may be finite or a participle is a participle where an auxiliary is near ("hebben zich verplicht")."""
        s = self._s
        if role is not Role.MAYBE:
            return role
        if any(reading.form & Form.INFINITIVE for reading in s.readings[i]) and self._after_modal(i):
            return Role.NONFINITE
        if not any(reading.form & Form.PARTICIPLE for reading in s.readings[i]):
            return role
        for j in range(i + 1, min(len(s), i + 3)):
            if self._auxiliary(j):
                return Role.NONFINITE
            if self.roles[j] is Role.NONE:
                break
        for j in range(i - 1, max(-1, i - MAX_AUXILIARY_DISTANCE), -1):
            if self._auxiliary(j):
                return Role.NONFINITE
            if s.words[j] in HARD or s.words[j] in self._openers or self.roles[j] in (Role.FINITE, Role.NONFINITE):
                break
        return role

    def _after_modal(self, i: int) -> bool:
        """Whether a modal verb that has no infinitive yet stands before the word ("zullen dat niet vergeten")."""
        s = self._s
        for j in range(i - 1, max(-1, i - MAX_LOOK_BACK), -1):
            if s.words[j] in PUNCTUATION or s.words[j] in self._openers or self.roles[j] is Role.NONFINITE:
                return False
            if self.roles[j] is Role.FINITE or self.roles[j] is Role.MAYBE:
                return any(reading.lemma in self._g.modals and not reading.particle for reading in s.readings[j])
        return False

    def _auxiliary(self, i: int) -> bool:
        """Whether the word is an auxiliary of a participle."""
        if self.roles[i] is Role.NOUN:
            return False
        return any(reading.lemma in self._g.participle_auxiliaries for reading in self._s.readings[i])
