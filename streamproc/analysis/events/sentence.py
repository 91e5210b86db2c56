"""A sentence as the coder sees it: words, their verb readings, and the actors mentioned.

Comes in: a tokenised document and the entities of the article. Goes out: one `Sentence` for each of its sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from streamproc.analysis.events.verbs import Reading, Verbs
from streamproc.contracts.entity import Entity, EntityMention

PUNCTUATION = frozenset(",;:.!?()[]–—-…/\"'„“”«»‘’")
CLAUSE_PUNCTUATION = frozenset(",;:.!?()–—")
"""Punctuation but for quotation marks, which noun phrases may hold."""
HARD = frozenset(";:–—")
"""Punctuation that always parts clauses."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stretch of tokens that mentions actors; several where a plural stands for more than one."""

    first: int
    last: int
    """Token indices in the sentence, inclusive."""
    entities: tuple[Entity, ...]
    mention: EntityMention

    @property
    def actor_ids(self) -> frozenset[str]:
        """The actors that it mentions."""
        return frozenset(entity.actor_id for entity in self.entities)


@dataclass(slots=True)
class Sentence:
    """One sentence; all indices are of its own tokens."""

    index: int
    start: int
    end: int
    words: list[str]
    """Tokens in lower case."""
    starts: list[int]
    """Offsets of the tokens in the text."""
    ends: list[int]
    readings: list[tuple[Reading, ...]]
    units: list[Unit]
    """Outermost mentions, in order."""
    inner: list[Unit]
    """Mentions inside others."""
    unit_at: list[Unit | None] = field(default_factory=list)
    """The outermost mention that covers each token."""

    nominal: set[int] = field(default_factory=set)
    """Tokens that look like verb forms but stand like nouns; filled in with the clauses."""

    def __len__(self) -> int:
        return len(self.words)


def sentences(doc: Doc, entities: list[Entity], verbs: Verbs, function_words: frozenset[str]) -> Iterator[Sentence]:
    """The sentences of `doc` in order; `function_words` are never read as verbs."""
    token_starts = [token.idx for token in doc]
    units_by_sentence: dict[int, list[Unit]] = defaultdict(list)
    spans = list(doc.sents)
    first_tokens = [span.start for span in spans]
    for (start, end), owners in _owners(entities).items():
        first = bisect_right(token_starts, start) - 1
        last = bisect_right(token_starts, end - 1) - 1
        if first < 0:
            continue
        at = bisect_right(first_tokens, first) - 1
        offset = first_tokens[at]
        last = min(last, spans[at].end - 1)
        members, mention = owners
        units_by_sentence[at].append(Unit(first - offset, last - offset, tuple(members), mention))
    for index, span in enumerate(spans):
        yield _sentence(index, list(span), units_by_sentence.get(index, []), verbs, function_words)


def _owners(entities: list[Entity]) -> dict[tuple[int, int], tuple[list[Entity], EntityMention]]:
    """Each mention span with the actors that share it."""
    owners: dict[tuple[int, int], tuple[list[Entity], EntityMention]] = {}
    for entity in entities:
        for mention in entity.mentions:
            members, _ = owners.setdefault((mention.start, mention.end), ([], mention))
            if entity not in members:
                members.append(entity)
    return owners


def _sentence(
    index: int, tokens: list[Token], units: list[Unit], verbs: Verbs, function_words: frozenset[str]
) -> Sentence:
    while len(tokens) > 1 and tokens[-1].is_space:
        tokens.pop()
    words = [token.lower_ for token in tokens]
    starts = [token.idx for token in tokens]
    ends = [token.idx + len(token) for token in tokens]
    units.sort(key=lambda unit: (unit.first, -unit.last))
    outer: list[Unit] = []
    inner: list[Unit] = []
    unit_at: list[Unit | None] = [None] * len(words)
    for unit in units:
        if unit.first >= len(words):
            continue
        if outer and unit.first <= outer[-1].last:
            inner.append(unit)
            continue
        outer.append(unit)
        for i in range(unit.first, min(unit.last + 1, len(words))):
            unit_at[i] = unit
    readings = [() if unit_at[i] or word in function_words else verbs.readings(word) for i, word in enumerate(words)]
    return Sentence(index, starts[0], ends[-1], words, starts, ends, readings, outer, inner, unit_at)
