"""Where each mention of a clause stands: the preposition before it, and what it is coordinated with.

Comes in: a sentence and its clauses. Goes out: groups of coordinated mentions with their case, clause by clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.events.clauses import Clause
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import PUNCTUATION, Sentence, Unit
from streamproc.contracts.entity import MentionForm

MAX_TITLE_WORDS = 3
MAX_LIST_WORDS = 40


@dataclass(slots=True)
class Group:
    """Coordinated mentions in one place of a clause ("Rusland en China")."""

    units: list[Unit]
    case: str
    """The preposition before them, empty for a subject or object."""
    governed: bool
    """Whether the preposition hangs on a noun or mention before it rather than on the verb."""
    case_at: int
    """Index of the preposition, or of the first mention."""

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.units[0].first

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.units[-1].last

    @property
    def actor_ids(self) -> frozenset[str]:
        """All actors in it."""
        return frozenset().union(*(unit.actor_ids for unit in self.units))


class Groups:
    """The groups of one sentence, clause by clause."""

    def __init__(self, sentence: Sentence, clauses: list[Clause], of_token: list[Clause], grammar: Grammar) -> None:
        self.sentence, self.clauses, self.of_token, self._grammar = sentence, clauses, of_token, grammar
        self._title_ends = tuple(sorted(grammar.titles))
        self.by_clause: dict[int, list[Group]] = {clause.number: [] for clause in clauses}
        self.adjectives: dict[Unit, str] = {}
        """Demonyms before a noun, with the preposition before the noun phrase."""
        for unit in sentence.units:
            self._place(unit)

    def _place(self, unit: Unit) -> None:
        if self._is_adjective(unit):
            self.adjectives[unit] = self._case(unit)[0]
            return
        if self._in_parentheses(unit):
            return
        groups = self.by_clause[self.of_token[unit.first].number]
        case, case_at, coordinated, governed = self._case(unit)
        if coordinated and groups:
            groups[-1].units.append(unit)
            return
        before = groups[-1] if groups else None
        if before and before.actor_ids & unit.actor_ids and not case and self._apposition(before.last, unit.first):
            before.units.append(unit)
            return
        groups.append(Group([unit], case, governed, case_at if case else unit.first))

    def _in_parentheses(self, unit: Unit) -> bool:
        """Whether the mention stands in parentheses by itself: a party, an acronym, a news agency."""
        words = self.sentence.words
        return unit.first > 0 and words[unit.first - 1] == "(" and unit.last + 1 < len(words) and words[unit.last + 1] == ")"

    def _is_adjective(self, unit: Unit) -> bool:
        """Whether the demonym stands before a noun or a mention rather than for its people."""
        if unit.mention.form != "demonym" or unit.first != unit.last:
            return False
        after = unit.last + 1
        if after >= len(self.sentence) or self.sentence.words[unit.last].endswith(("en", "aan", "er")):
            return False
        word = self.sentence.words[after]
        return word not in PUNCTUATION and word not in self._grammar.prepositions and not self.sentence.readings[after]

    def _apposition(self, last: int, first: int) -> bool:
        between = self.sentence.words[last + 1 : first]
        return len(between) <= MAX_TITLE_WORDS and all(word == "," or self.is_title(word) for word in between)

    def _case(self, unit: Unit) -> tuple[str, int, bool, bool]:
        """Preposition of a mention, its index, whether it continues a coordination, whether a noun governs it."""
        s, g = self.sentence, self._grammar
        clause = self.of_token[unit.first]
        skipped = 0
        i = unit.first - 1
        while i >= 0 and skipped <= MAX_TITLE_WORDS:
            word, other = s.words[i], s.unit_at[i]
            if self.of_token[i] is not clause:
                return "", -1, False, False
            if other is not None:
                if other in self.adjectives:
                    i = other.first - 1
                    continue
                return "", -1, False, False
            if word == g.genitive and i > 0 and i < unit.first - 1 and s.words[i + 1] not in g.determiners and self.is_title(s.words[i - 1]):
                # "minister van Buitenlandse Zaken Lavrov"
                i, skipped = i - 2, skipped - 1
                continue
            if word in g.including:
                return "", -1, self._joins(i, clause), False
            if word in g.prepositions and not (word in g.particles and self._is_particle(i)):
                return word, i, False, self._governed(i)
            if word in g.coordinators or word in {",", "&"}:
                joined = self._joins(i, clause)
                return "", -1, joined, False
            if s.readings[i] or word in PUNCTUATION or word in g.negators or word in g.reflexives or word in g.subordinators:
                if word not in g.determiners:
                    return "", -1, False, False
            if word in g.determiners and word not in g.possessives and i != unit.first - 1:
                # "in het weekend Rusland": a noun phrase of its own.
                if any(s.words[j] in g.time_nouns for j in range(i + 1, unit.first)):
                    return "", -1, False, False
            skipped += 1
            i -= 1
        return "", -1, False, False

    def is_title(self, word: str) -> bool:
        return word in self._grammar.titles or word.endswith(self._title_ends)

    def _is_particle(self, i: int) -> bool:
        """Whether a word that may be a preposition ends its clause, as a particle does."""
        return i + 1 >= len(self.sentence) or self.sentence.words[i + 1] in PUNCTUATION

    def _governed(self, i: int) -> bool:
        """Whether the word before a preposition is a noun or mention rather than a verb or the start of the clause."""
        if i == 0:
            return False
        s = self.sentence
        if s.unit_at[i - 1] is not None:
            return True
        before = s.words[i - 1]
        return not (s.readings[i - 1] or before in PUNCTUATION or before in self._grammar.negators)

    def _joins(self, i: int, clause: Clause) -> bool:
        """Whether the coordinator or comma at `i` joins two mentions of one group."""
        s, g = self.sentence, self._grammar
        j = i - 1
        while j >= 0 and (s.words[j] == "," or s.words[j] in g.coordinators or s.words[j] in g.negators or s.words[j] in g.including):
            j -= 1
        # The second name may have its title, the first what follows it ("premier A van X en minister B").
        if j < 0 or s.unit_at[j] is None or self.of_token[j] is not clause:
            return False
        groups = self.by_clause[clause.number]
        return bool(groups) and groups[-1].last == j and (s.words[i] != "," or self._list_goes_on(i))

    def _list_goes_on(self, i: int) -> bool:
        """Whether a list of mentions follows a comma: another comma and mention, up to "en"."""
        s, g = self.sentence, self._grammar
        j, units = i + 1, 0
        while j < len(s) and j < i + 40:
            word = s.words[j]
            if s.unit_at[j] is not None:
                units += s.unit_at[j] is not s.unit_at[j - 1]
            elif word in g.coordinators:
                return units > 0 and any(s.unit_at[k] for k in range(j + 1, min(len(s), j + 4)))
            elif word != "," and (s.readings[j] or word in PUNCTUATION or word in g.prepositions):
                return False
            j += 1
        return False
