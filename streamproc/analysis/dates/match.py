"""Where rules match: a trie of their sequences, walked from each token that can start one.

In: tokens and the range of a sentence. Out: `Match`es, leftmost first, the longest at each place, none overlapping.
Work is bounded: from a token no more steps are made than the trie has paths for the readings of the next few tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streamproc.analysis.dates.grammar import Rule
from streamproc.analysis.dates.lexicon import NUMERAL_CLASSES, Lexicon, Reading, is_numeral
from streamproc.analysis.dates.pattern import Sequence
from streamproc.analysis.dates.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits the tokens from `first` to before `last`, which are what is tagged."""

    rule: Rule
    first: int
    last: int
    captured: dict[str, Any]


@dataclass(slots=True)
class _Node:
    edges: dict[str, _Node] = field(default_factory=dict)
    accepts: list[tuple[Rule, Sequence]] = field(default_factory=list)


Trail = list[tuple[int, Any]]
"""For each element that was matched, the token after it and its value."""


class Matcher:
    """All rules of a language, dispatched by the first word."""

    def __init__(self, rules: list[Rule], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._root = _Node()
        for rule in rules:
            for sequence in rule.sequences:
                node = self._root
                for element in sequence.elements:
                    node = node.edges.setdefault(element.symbol, _Node())
                node.accepts.append((rule, sequence))
        self._starters = set(lexicon.first_words(set(self._root.edges)))
        self._numeral_starts = any(f"<{name}>" in self._root.edges for name in NUMERAL_CLASSES)

    def find(self, tokens: Tokens, start: int, end: int) -> list[Match]:
        """The matches in the sentence of tokens `start` to before `end`."""
        words, starters, numerals = tokens.words, self._starters, self._numeral_starts
        found: list[Match] = []
        position = start
        readings: dict[int, list[Reading]] = {}
        for index in range(start, end):
            if index < position or not (words[index] in starters or (numerals and is_numeral(words[index]))):
                continue
            best = self._best(tokens, index, (start, end), readings)
            if best:
                found.append(best)
                position = best.last
        return found

    def _best(
        self, tokens: Tokens, index: int, sentence: tuple[int, int], readings: dict[int, list[Reading]]
    ) -> Match | None:
        best: tuple[Rule, Sequence, Trail] | None = None
        best_key = (0, 0, 0)
        for rule, sequence, trail in self._walk(tokens, index, sentence[1], readings):
            end = trail[-1][0]
            first, last = _span(index, sequence, trail)
            key = (end, last - first, rule.file.priority)
            if key > best_key and (not rule.has_context or self._fits(rule, tokens, (index, end), sentence)):
                best, best_key = (rule, sequence, trail), key
        if best is None:
            return None
        rule, sequence, trail = best
        return Match(rule, *_span(index, sequence, trail), _captured(sequence, trail))

    def _walk(
        self, tokens: Tokens, index: int, end: int, readings: dict[int, list[Reading]]
    ) -> Iterator[tuple[Rule, Sequence, Trail]]:
        pending: list[tuple[_Node, int, Trail]] = [(self._root, index, [])]
        while pending:
            node, at, trail = pending.pop()
            for rule, sequence in node.accepts:
                yield rule, sequence, trail
            if at >= end or not node.edges:
                continue
            if at not in readings:
                readings[at] = self._lexicon.read(tokens, at, end)
            for reading in readings[at]:
                target = node.edges.get(reading.symbol)
                if target is not None:
                    after = at + reading.length
                    pending.append((target, after, [*trail, (after, reading.value)]))

    def _fits(self, rule: Rule, tokens: Tokens, whole: tuple[int, int], sentence: tuple[int, int]) -> bool:
        before = self._symbols(tokens, whole[0] - 1, sentence) | ({"^"} if whole[0] == sentence[0] else set())
        if (rule.after and not before & rule.after) or before & rule.not_after:
            return False
        return not (rule.not_before and self._symbols(tokens, whole[1], sentence) & rule.not_before)

    def _symbols(self, tokens: Tokens, index: int, sentence: tuple[int, int]) -> set[str]:
        if not sentence[0] <= index < sentence[1]:
            return set()
        readings = self._lexicon.read(tokens, index, sentence[1])
        return {tokens.words[index]} | {reading.symbol for reading in readings}


def _span(index: int, sequence: Sequence, trail: Trail) -> tuple[int, int]:
    """The tokens that are tagged, of a match that starts at token `index`."""
    first = trail[sequence.first - 1][0] if sequence.first else index
    return first, trail[sequence.last - 1][0]


def _captured(sequence: Sequence, trail: Trail) -> dict[str, Any]:
    captured: dict[str, Any] = {}
    for element, (_, value) in zip(sequence.elements, trail, strict=True):
        if len(element.names) == 1:
            captured[element.names[0]] = value
        elif element.names:
            captured.update(zip(element.names, value, strict=True))
    return captured
