"""Where each mention of a clause stands: the preposition before it, and what it is coordinated with.

Comes in: a sentence and its clauses. Goes out: groups of coordinated mentions with their case, clause by clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from streamproc.analysis.events.clauses import Clause
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.sentence import CLAUSE_PUNCTUATION, PUNCTUATION, Sentence, Unit
from streamproc.contracts.entity import MentionForm

MAX_TITLE_WORDS = 3
"""Words between a preposition and a name ("tegen de Russische president Poetin")."""
MAX_LIST_WORDS = 40
MAX_NOUN_WORDS = 6
"""Words of a noun phrase between its preposition and its genitive."""


@dataclass(slots=True)
class Group:
    """Coordinated mentions in one place of a clause ("Rusland en China")."""

    units: list[Unit]
    case: str
    """The preposition before them, empty for a subject or object."""
    case_at: int
    """Index of the preposition, or of the first mention."""
    outer_case: str = ""
    """Of a genitive, the preposition before the noun that it hangs on ("tegen de plannen van Macron")."""

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.units[0].first

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.units[-1].last


class Place(NamedTuple):
    """Where a mention stands."""

    case: str = ""
    case_at: int = -1
    coordinated: bool = False
    """Whether it goes on with the group before it."""


class Groups:
    """The groups of one sentence, clause by clause."""

    def __init__(self, sentence: Sentence, clauses: list[Clause], of_token: list[Clause], grammar: Grammar) -> None:
        self.sentence, self.clauses, self.of_token, self.grammar = sentence, clauses, of_token, grammar
        self._title_ends = tuple(sorted(grammar.titles))
        self.by_clause: dict[int, list[Group]] = {clause.number: [] for clause in clauses}
        self.adjectives: dict[Unit, str] = {}
        """Demonyms before a noun, with the preposition before the noun phrase."""
        for unit in sentence.units:
            self._place(unit)

    def is_title(self, word: str) -> bool:
        """Whether a word stands before names or offices ("president", "oppositieleider")."""
        return word in self.grammar.titles or word.endswith(self._title_ends)

    def _place(self, unit: Unit) -> None:
        if self._is_adjective(unit):
            self.adjectives[unit] = self._case(unit).case
            return
        if self._in_parentheses(unit):
            return
        groups = self.by_clause[self.of_token[unit.first].number]
        place = self._case(unit)
        if groups and (place.coordinated or (not place.case and self._in_apposition(groups[-1], unit))):
            groups[-1].units.append(unit)
        else:
            outer = self._outer_case(place.case_at) if place.case == self.grammar.genitive else ""
            groups.append(Group([unit], place.case, place.case_at if place.case else unit.first, outer))

    def _in_parentheses(self, unit: Unit) -> bool:
        """Whether the mention stands in parentheses by itself: a party, an acronym, a news agency."""
        words = self.sentence.words
        return unit.first > 0 and words[unit.first - 1] == "(" and words[unit.last + 1 : unit.last + 2] == [")"]

    def _is_adjective(self, unit: Unit) -> bool:
        """Whether the demonym stands before a noun or a mention rather than for its people."""
        if unit.mention.form is not MentionForm.DEMONYM or unit.first != unit.last:
            return False
        after = unit.last + 1
        if after >= len(self.sentence) or self.sentence.words[unit.last].endswith(self.grammar.people_endings):
            return False
        word = self.sentence.words[after]
        return word not in PUNCTUATION and word not in self.grammar.prepositions and not self.sentence.readings[after]

    def _in_apposition(self, group: Group, unit: Unit) -> bool:
        """Whether the mention tells of the same actor again, right after the group ("Lavrov, de minister")."""
        between = self.sentence.words[group.last + 1 : unit.first]
        if len(between) > MAX_TITLE_WORDS or not any(unit.actor_ids & other.actor_ids for other in group.units):
            return False
        return all(word == "," or self.is_title(word) for word in between)

    def _case(self, unit: Unit) -> Place:
        """Walks back from a mention over its title to its preposition, if it has one."""
        s, g, clause = self.sentence, self.grammar, self.of_token[unit.first]
        skipped, i = 0, unit.first - 1
        while i >= 0 and skipped <= MAX_TITLE_WORDS and self.of_token[i] is clause:
            word, other = s.words[i], s.unit_at[i]
            if other in self.adjectives:
                i -= 1
                continue
            if other is not None:
                break
            if self._title_with_genitive(i, unit):
                i, skipped = i - 2, skipped - 1
                continue
            if word in g.including or word in g.coordinators or word in {",", "&"}:
                return Place(coordinated=self._joins(i, clause))
            if word in g.prepositions and not (word in g.particles and self._is_particle(i)):
                return Place(word, i)
            if self._ends_phrase(i, unit):
                break
            skipped, i = skipped + 1, i - 1
        return Place()

    def _outer_case(self, genitive: int) -> str:
        """The preposition of the noun before a genitive at `genitive`, empty where it has none."""
        s, g = self.sentence, self.grammar
        for i in range(genitive - 1, max(-1, genitive - 2 - MAX_NOUN_WORDS), -1):
            if s.unit_at[i] is not None or s.readings[i] or s.words[i] in CLAUSE_PUNCTUATION:
                return ""
            if s.words[i] in g.prepositions:
                return s.words[i] if i < genitive - 1 else ""
        return ""

    def _title_with_genitive(self, i: int, unit: Unit) -> bool:
        """Whether the word at `i` is the "van" of a title ("minister van Buitenlandse Zaken Lavrov")."""
        s, g = self.sentence, self.grammar
        if s.words[i] != g.genitive or i == 0 or i >= unit.first - 1 or s.words[i + 1] in g.determiners:
            return False
        return self.is_title(s.words[i - 1])

    def _ends_phrase(self, i: int, unit: Unit) -> bool:
        """Whether the word at `i` can't be part of the phrase of a mention after it."""
        s, g = self.sentence, self.grammar
        word = s.words[i]
        if word in g.determiners:
            # "in het weekend Rusland": a noun phrase of its own.
            return any(between in g.time_nouns for between in s.words[i + 1 : unit.first])
        if s.readings[i] or word in PUNCTUATION:
            return True
        return word in g.negators or word in g.reflexives or word in g.subordinators

    def _is_particle(self, i: int) -> bool:
        """Whether a word that may be a preposition ends its clause, as a particle does."""
        return i + 1 >= len(self.sentence) or self.sentence.words[i + 1] in PUNCTUATION

    def _joins(self, i: int, clause: Clause) -> bool:
        """Whether the coordinator or comma at `i` joins two mentions of one group."""
        s, g = self.sentence, self.grammar
        j = i - 1
        while j >= 0 and (
            s.words[j] in {",", *g.including} or s.words[j] in g.coordinators or s.words[j] in g.negators
        ):
            j -= 1
        if j < 0 or s.unit_at[j] is None or self.of_token[j] is not clause:
            return False
        groups = self.by_clause[clause.number]
        return bool(groups) and groups[-1].last == j and (s.words[i] != "," or self._list_goes_on(i))

    def _list_goes_on(self, i: int) -> bool:
        """Whether a list of mentions follows a comma: another comma and mention, up to "en"."""
        s, g = self.sentence, self.grammar
        units = 0
        for j in range(i + 1, min(len(s), i + MAX_LIST_WORDS)):
            word = s.words[j]
            if s.unit_at[j] is not None:
                units += s.unit_at[j] is not s.unit_at[j - 1]
            elif word in g.coordinators:
                return units > 0 and any(s.unit_at[j + 1 : j + 4])
            elif word != "," and (s.readings[j] or word in PUNCTUATION or word in g.prepositions):
                return False
        return False
