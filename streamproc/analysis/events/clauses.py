"""Clauses without a parse: a sentence cut at punctuation and function words, embedded clauses taken out of their hosts.

Comes in: a `Sentence`. Goes out: its clauses; the tokens of one need not be adjacent ("Lavrov, die ziek was, sprak").
The work is linear in the number of tokens but for look-ahead to the next boundary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import HARD, PUNCTUATION, Sentence, Unit
from streamproc.analysis.events.verbal import Role, VerbMap

MAX_QUOTED_WORDS = 4
"""A quotation of so few words is part of its clause ("het „wettelijke gezag”")."""


class ClauseKind(StrEnum):
    """How a clause hangs in the sentence."""

    MAIN = "main"
    SUBORDINATE = "subordinate"
    RELATIVE = "relative"
    INFINITIVE = "infinitive"


@dataclass(slots=True)
class Clause:
    """One clause."""

    number: int
    kind: ClauseKind
    parent: Clause | None
    opener: str = ""
    """The word that introduces it."""
    opener_at: int = -1
    quoted: bool = False
    coordinate_of: Clause | None = None
    """The clause that it continues with "en", whose subject it may share."""
    antecedent: Unit | None = None
    antecedent_at: int = -1
    """Index of the word before its relative pronoun, which it tells of."""
    case: str = ""
    """Of a relative clause, the preposition that its relative pronoun has."""
    tokens: list[int] = field(default_factory=list)
    finite: int = -1
    """Index of its finite verb, -1 without one."""

    @property
    def chain(self) -> list[Clause]:
        """The clause and those that it hangs in, inner first."""
        out: list[Clause] = []
        clause: Clause | None = self
        while clause is not None and len(out) < 16:  # noqa: PLR2004  # deeper nesting has no reader
            out.append(clause)
            clause = clause.parent
        return out


def cut(sentence: Sentence, grammar: Grammar) -> tuple[list[Clause], list[Clause]]:
    """The clauses of `sentence`, and of each token the clause that it is in."""
    return _Cut(sentence, grammar).run()


class _Cut:
    """The state of one pass over a sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar) -> None:
        self.s, self.g = sentence, grammar
        self.closers = frozenset(grammar.quotes.values())
        self.odd_marks: set[str] = set()
        """Marks that open and close alike, and are open now."""
        self.openers = grammar.subordinators | grammar.relatives
        self.n = len(sentence)
        self.verbs = VerbMap(sentence, grammar)
        self.clauses: list[Clause] = []
        self.of_token: list[Clause] = []
        self.roots: list[Clause] = []
        """Main clause of each open level: the sentence, and a quotation in it."""
        self.current = self._new(ClauseKind.MAIN, None)
        self.roots.append(self.current)

    def _new(self, kind: ClauseKind, parent: Clause | None, opener: str = "", at: int = -1) -> Clause:
        clause = Clause(len(self.clauses), kind, parent, opener, at)
        clause.quoted = parent.quoted if parent else False
        self.clauses.append(clause)
        return clause

    def has_finite(self, clause: Clause) -> bool:
        """Whether the clause has its finite verb, or an infinitive clause its infinitive."""
        if clause.kind is ClauseKind.INFINITIVE:
            return any(self.verbs[i] is Role.NONFINITE for i in clause.tokens)
        return any(self.verbs.finite(i) for i in clause.tokens)

    def run(self) -> tuple[list[Clause], list[Clause]]:
        """Passes over the tokens."""
        if self._closes_first():
            self.current.quoted = True
        for i, word in enumerate(self.s.words):
            if self.s.unit_at[i] is None:
                self._step(i, word)
            elif i and self.s.unit_at[i - 1] is None:
                self._verb_cluster_end(i)
            self.current.tokens.append(i)
            self.of_token.append(self.current)
        for clause in self.clauses:
            clause.finite = self._finite(clause)
        return self.clauses, self.of_token

    def _closes_first(self) -> bool:
        """Whether a quotation that began in an earlier sentence ends in this one."""
        for word in self.s.words:
            if word in self.g.quotes:
                return False
            if word in self.closers and word not in self.g.quotes:
                return True
        return False

    def _step(self, i: int, word: str) -> None:
        g = self.g
        if self._opens_quotation(word) and self._opens_clause(i):
            inner = self._new(ClauseKind.MAIN, self.current, "quote", i)
            inner.quoted = True
            self.roots.append(inner)
            self.current = inner
        elif word in self.closers and len(self.roots) > 1:
            closed = self.roots.pop()
            self.current = closed.parent or self.roots[-1]
        elif word in self.closers and self.current.quoted and len(self.roots) == 1:
            # The quotation began before this sentence: what follows is its frame.
            self.current = self._new(ClauseKind.MAIN, None, "frame", i)
            self.roots = [self.current]
        elif word in HARD:
            self._hard(i, word)
        elif word == ",":
            self._comma(i)
        elif word in g.infinitive_openers and self._opens_infinitive(i):
            self.current = self._new(ClauseKind.INFINITIVE, self.current, word, i)
        elif word in self.openers and self._subordinates(i, word):
            self._subordinate(i, word)
        elif word in g.coordinators:
            self._coordinate(i, word)
        elif self.verbs[i] is Role.FINITE:
            self._verb_cluster_end(i)

    def _opens_quotation(self, word: str) -> bool:
        """Whether a mark opens a quotation; one that opens and closes alike does so in turn."""
        if word not in self.g.quotes:
            return False
        if self.g.quotes[word] == word:
            self.odd_marks ^= {word}
            return word in self.odd_marks
        return True

    def _opens_clause(self, i: int) -> bool:
        closer = self.g.quotes[self.s.words[i]]
        end = next((j for j in range(i + 1, self.n) if self.s.words[j] == closer), self.n)
        if end - i - 1 <= MAX_QUOTED_WORDS and end < self.n:
            return any(self.verbs[j] is Role.FINITE for j in range(i + 1, end)) and self.s.words[end - 1] in PUNCTUATION
        return any(self.verbs.finite(j) for j in range(i + 1, end))

    def _hard(self, i: int, word: str) -> None:
        if word in "–—" and self.verbs.finite_ahead(i + 1) < 0:
            return
        root = self.roots[-1]
        if word in "–—" and not self.has_finite(root):
            self.current = root
        elif self.has_finite(root) and (word in ";:" or self.verbs.finite_ahead(i + 1) >= 0):
            self._next_main(i)

    def _next_main(self, i: int, *, shares: bool = False) -> None:
        """A further main clause on the level of the quotation or sentence."""
        old = self.roots[-1]
        new = self._new(ClauseKind.MAIN, old.parent, "", i)
        new.quoted = old.quoted
        new.coordinate_of = old if shares else None
        self.roots[-1] = new
        self.current = new

    def _comma(self, i: int) -> None:
        while self.current is not self.roots[-1] and self.has_finite(self.current):
            self.current = self.current.parent or self.roots[-1]
        if self.current is not self.roots[-1]:
            return
        following = self.s.words[i + 1] if i + 1 < self.n else ""
        if following in self.g.coordinators or (following in self.openers and self._subordinates(i + 1, following)):
            return
        if self.has_finite(self.current) and self.verbs.finite_ahead(i + 1) >= 0:
            self._next_main(i)

    def _opens_infinitive(self, i: int) -> bool:
        """Whether the infinitive marker follows before the clause ends."""
        for j in range(i + 1, min(self.n, i + 30)):
            word = self.s.words[j]
            if word == self.g.infinitive_marker and j + 1 < self.n and self.verbs[j + 1]:
                return True
            if word in HARD or word in {",", "."} or word in self.closers or self.verbs[j] is Role.FINITE:
                return False
        return False

    def _subordinates(self, i: int, word: str) -> bool:
        """Whether the word opens a clause here, and is no pronoun, adverb or preposition."""
        if i + 1 >= self.n or self.verbs.finite_ahead(i + 1) < 0:
            return False
        s, g = self.s, self.g
        before, verb_next = s.words[i - 1] if i else "", self.verbs.finite(i + 1)
        if i == 0 or before in g.quotes:
            # "Dat is", "Toen kwam": an adverb or pronoun in front of the verb.
            return not verb_next and word not in g.demonstratives and word not in g.adverbial_subordinators
        if word in g.demonstratives and word not in g.complementisers:
            # A demonstrative stands before its noun or verb; a relative pronoun follows a noun.
            after_noun = not self.verbs[i - 1] and before not in g.coordinators
            return before == "," or s.unit_at[i - 1] is not None or after_noun
        if word == g.alternative:
            return before == "," or bool(self.verbs[i - 1])
        if word in g.adverbial_subordinators or (word in g.complementisers and verb_next):
            # "noemt dat kon": no clause has its verb right after a complementiser.
            return before == "," and (word in g.complementisers or not verb_next)
        return True

    def _subordinate(self, i: int, word: str) -> None:
        s, g = self.s, self.g
        before = i - 1
        case = g.relative_adverbs.get(word, "")
        if before >= 0 and s.words[before] in g.prepositions and word in g.relatives:
            case = s.words[before]
            before -= 1
        if before >= 0 and s.words[before] in g.coordinators:
            before -= 1
        comma = before >= 0 and s.words[before] == ","
        if comma:
            before -= 1
        unit = s.unit_at[before] if before >= 0 else None
        relative = word in g.relatives and (word not in g.complementisers or (unit is not None and not comma) or comma)
        if relative and unit is None and not comma and word in g.complementisers:
            relative = False
        host = self.current
        while host is not self.roots[-1] and self.has_finite(host) and not relative:
            host = host.parent or self.roots[-1]
        kind = ClauseKind.RELATIVE if relative else ClauseKind.SUBORDINATE
        clause = self._new(kind, host, word, i)
        if relative:
            if word not in g.clause_relatives:
                clause.antecedent = unit if unit is not None else self._unit_before(before)
            clause.case = case
            clause.antecedent_at = before
        self.current = clause

    def _unit_before(self, i: int) -> Unit | None:
        """The mention that a relative clause with its noun between may belong to ("de minister van Justitie, die")."""
        for j in range(i, max(-1, i - 4), -1):
            if self.s.unit_at[j] is not None:
                return self.s.unit_at[j] if self.s.words[j + 1] in self.g.prepositions else None
            if self.verbs[j] or self.s.words[j] in PUNCTUATION:
                return None
        return None

    def _coordinate(self, i: int, word: str) -> None:
        s, g = self.s, self.g
        if not self.has_finite(self.current) or i + 1 >= self.n:
            return
        if s.words[i + 1] in self.openers and self._subordinates(i + 1, s.words[i + 1]):
            return
        ahead = self.verbs.finite_ahead(i + 1)
        if ahead < 0:
            return
        inner = self.current is not self.roots[-1]
        verb_first = ahead == i + 1 and ahead + 1 < self.n and s.words[ahead + 1] not in PUNCTUATION
        if word in g.clause_coordinators or not inner or verb_first:
            self._next_main(i, shares=True)
            return
        old = self.current
        new = self._new(old.kind, old.parent, old.opener, i)
        new.coordinate_of, new.antecedent, new.case = old, old.antecedent, old.case
        self.current = new

    def _verb_cluster_end(self, i: int) -> None:
        """An embedded clause ends with its verbs: "de man die sprak | veroordeelde", "wie steelt | gaat"."""
        clause = self.current
        if clause is self.roots[-1] or clause.kind not in (ClauseKind.SUBORDINATE, ClauseKind.RELATIVE):
            return
        if self.verbs[i] is not Role.FINITE or i == 0 or not self.has_finite(clause):
            return
        if self.verbs.finite(i - 1) and not self.has_finite(clause.parent or clause):
            self.current = clause.parent or self.roots[-1]

    def _finite(self, clause: Clause) -> int:
        """The finite verb of a clause: the surest candidate, the first of equals."""
        for role in (Role.FINITE, Role.MAYBE, Role.NOUN):
            for i in clause.tokens:
                if self.verbs[i] is role:
                    return i
        return -1
