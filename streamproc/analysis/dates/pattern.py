r"""Patterns of date rules: `(in|sinds)? [<month:m> <year:y>]`.

In: the text of a pattern. Out: the plain sequences of elements that it stands for. `ValueError` on bad syntax.

- `woord` is a folded token, `<class>` and `<class:name>` a class of the lexicon, whose value is captured under `name`;
  `<class:a,b>` captures a list value under two names.
- `(a b|c)` is a choice, `(a b|c)?` may be absent, `woord?` too.
- a backslash makes a mark literal: `\(`.
- `[` and `]` enclose what is tagged, where the pattern tells more than that.

There is no repetition: every pattern stands for finitely many sequences of bounded length, so that matching is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEX = re.compile(r"\s*(<[a-z_]+(?::[a-z0-9_,]+)?>|\\.|[()|\[\]?]|[^\s()|\[\]?<>\\]+)")
_MAX_SEQUENCES = 2000
_MAX_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a sequence: a symbol of the lexicon, and the names under which its value is captured."""

    symbol: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Elements in a row; those from `first` to before `last` are tagged."""

    elements: tuple[Element, ...]
    first: int
    last: int

    @property
    def captures(self) -> frozenset[str]:
        """All names that are captured."""
        return frozenset(name for element in self.elements for name in element.names)


_OPEN, _CLOSE = Element("["), Element("]")


def expand(pattern: str) -> list[Sequence]:
    """The sequences that `pattern` stands for. Raises `ValueError`."""
    words = _LEX.findall(pattern)
    if "".join(words) != re.sub(r"\s+", "", pattern):
        raise ValueError(f"pattern {pattern!r} has characters that are none of its syntax")
    rows, rest = _choice(words, 0, pattern)
    if rest != len(words):
        raise ValueError(f"pattern {pattern!r} has a closing parenthesis too many")
    return [_sequence(row, pattern) for row in dict.fromkeys(rows)]


Row = tuple[Element, ...]


def _choice(words: list[str], at: int, pattern: str) -> tuple[list[Row], int]:
    rows: list[Row] = []
    while True:
        row, at = _row(words, at, pattern)
        rows += row
        if at < len(words) and words[at] == "|":
            at += 1
        else:
            return rows, at


def _row(words: list[str], at: int, pattern: str) -> tuple[list[Row], int]:
    rows: list[Row] = [()]
    while at < len(words) and words[at] not in "|)":
        if words[at] == "(":
            items, at = _choice(words, at + 1, pattern)
            if at >= len(words):
                raise ValueError(f"pattern {pattern!r} lacks a closing parenthesis")
        else:
            items = [(_element(words[at]),)]
        at += 1
        if at < len(words) and words[at] == "?":
            items = [*items, ()]
            at += 1
        rows = [left + right for left in rows for right in items]
        if len(rows) > _MAX_SEQUENCES:
            raise ValueError(f"pattern {pattern!r} stands for too many sequences")
    return rows, at


def _element(word: str) -> Element:
    if not word.startswith("<"):
        return Element(word if word in "[]" else word.removeprefix("\\"))
    name, _, captures = word[1:-1].partition(":")
    return Element(f"<{name}>", tuple(captures.split(",")) if captures else ())


def _sequence(row: Row, pattern: str) -> Sequence:
    plain = tuple(element for element in row if element not in (_OPEN, _CLOSE))
    first = row.index(_OPEN) if _OPEN in row else 0
    last = row.index(_CLOSE) - 1 if _CLOSE in row else len(plain)
    if not 0 <= first < last <= len(plain) or len(plain) > _MAX_LENGTH:
        raise ValueError(f"pattern {pattern!r} is empty, too long, or has its brackets wrong")
    return Sequence(plain, first, last)
