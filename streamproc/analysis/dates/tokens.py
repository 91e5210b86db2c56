"""Words and numbers of a text, as the date grammar sees them.

In: a text and the spans of its sentences. Out: `Tokens`, parallel lists of folded words and offsets. Nothing fails.

The grammar has a tokenisation of its own, because that of a tagger differs from version to version in what matters
here: whether `15.30`, `3/3/'19`, `19e`, `'s` and `tot en met` are one token or more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      ['’‘`]s(?=\s)                            # genitive article: 's avonds
    | ['’‘`]\d\d(?!\w)                         # short year: '80
    | \d+(?:[.,:/'’‘-]+\d+)*(?:-[^\W\d_]+)*  # number, clock time, numeric date, score; 45-jarige
    | [^\W\d_]+(?:['’‘-][^\W\d_]+)*            # word, with its hyphens and apostrophes
    | \S
    """,
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_APOSTROPHES = str.maketrans("’‘`", "'''")
MAX_WORD = 32
"""Longer tokens are never part of a time expression; they are not even folded."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens in the order of the text; `words` are folded (lower case, straight apostrophes)."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    text: str

    def __len__(self) -> int:
        return len(self.words)

    def index_at(self, offset: int) -> int:
        """Index of the first token that starts at or after the code point `offset`."""
        return bisect_left(self.starts, offset)

    def glued(self, index: int) -> bool:
        """Whether the token stands right against the one before it."""
        return index > 0 and self.ends[index - 1] == self.starts[index]

    def capitalised(self, index: int) -> bool:
        """Whether the token starts with a capital."""
        return self.text[self.starts[index]].isupper()


def tokenise(text: str) -> Tokens:
    """The tokens of `text`, in time linear in its length."""
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group() if end - start <= MAX_WORD else ""
        words.append(word.lower().translate(_APOSTROPHES) if not word.isascii() else word.lower())
        starts.append(start)
        ends.append(end)
    return Tokens(words, starts, ends, text)


def sentence_ranges(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Token index ranges of sentences, given as code point spans in the order of the text.

    A blank line ends a sentence too: a heading has no full stop.
    """
    breaks = iter([match.end() for match in _BLANK_LINE.finditer(tokens.text)])
    blank = next(breaks, None)
    ranges = []
    for start, end in spans:
        first = tokens.index_at(start)
        while blank is not None and blank < end:
            middle = tokens.index_at(blank)
            if first < middle:
                ranges.append((first, middle))
                first = middle
            blank = next(breaks, None)
        last = tokens.index_at(end)
        if first < last:
            ranges.append((first, last))
    return ranges
