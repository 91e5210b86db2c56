"""What the conditional random field sees of each word.

Comes in: the words of one chunk, what the lists say of them, and what the document says of their forms. Goes out: for
each word a list of features as UTF-8. Nothing fails. What depends on one word alone is computed once and remembered;
the memory is emptied when it is full, so that a long-lived process stays bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from streamproc.analysis.names.clusters import WordClass
from streamproc.analysis.names.context import DocumentContext
from streamproc.analysis.names.gazetteer import Gazetteer

_LONG_RUN = re.compile(r"(.)\1{2,}")
_RUN = re.compile(r"(.)\1+")
_FIRST = r"\1"
_QUOTES = frozenset("\"“”„«»‘’'")
_MEMORY_WORDS = 60_000
_MAX_WORD = 40
"""Letters of a word that count: no name is longer, and hostile input must not fill the memory."""


@dataclass(frozen=True, slots=True)
class _WordFeatures:
    """Features of a word for itself and for its neighbours, by distance."""

    own: list[bytes]
    before: list[bytes]
    after: list[bytes]
    two_before: list[bytes]
    two_after: list[bytes]
    lower: str
    shape: str


class FeatureExtractor:
    """Features of the words of one language."""

    def __init__(
        self, gazetteer: Gazetteer, word_classes: Mapping[str, WordClass], common_words: frozenset[str] = frozenset()
    ) -> None:
        self.gazetteer = gazetteer
        self.word_classes = word_classes
        self.common_words = common_words
        self._memory: dict[str, _WordFeatures] = {}
        self._mark_memory: dict[str, tuple[list[bytes], list[bytes], list[bytes]]] = {}

    def context(self, chunks: Iterable[Sequence[str]]) -> DocumentContext:
        """What the document that consists of `chunks` says of its words."""
        return DocumentContext(chunks, self.gazetteer.classes_by_word)

    def features(self, words: Sequence[str], context: DocumentContext) -> list[list[bytes]]:
        """Features of each of `words`, which are a sentence or a part of one."""
        known = [self._of_word(word) for word in words]
        marks = [self._of_mark(mark) for mark in self.gazetteer.marks(words)]
        last = len(words) - 1
        quoted = False
        rows = []
        for position, word in enumerate(known):
            row = word.own + marks[position][0]
            if position:
                before = known[position - 1]
                row += before.after
                row += marks[position - 1][2]
                row.append(f"bg-={before.lower}|{word.lower}".encode())
                if position > 1:
                    row += known[position - 2].two_after
            else:
                row.append(b"BOS")
            if position < last:
                after = known[position + 1]
                row += after.before
                row += marks[position + 1][1]
                row.append(f"bg+={word.lower}|{after.lower}".encode())
                if position:
                    row.append(f"ctx={before.lower}|{word.shape}|{after.lower}".encode())
                if position < last - 1:
                    row += known[position + 2].two_before
            else:
                row.append(b"EOS")
            if words[position] in _QUOTES:
                quoted = not quoted
            elif quoted:
                row.append(b"Q")
            if words[position][0].isupper():
                row += context.features(words[position], position == 0)
            rows.append(row)
        return rows

    def _of_word(self, word: str) -> _WordFeatures:
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) >= _MEMORY_WORDS:
                self._memory.clear()
            known = self._memory[word] = self._word_features(word[:_MAX_WORD])
        return known

    def _of_mark(self, mark: str) -> tuple[list[bytes], list[bytes], list[bytes]]:
        known = self._mark_memory.get(mark)
        if known is None:
            features = _mark_features(mark)
            known = self._mark_memory[mark] = (
                [feature.encode() for feature in features],
                [f"+{feature}".encode() for feature in features],
                [f"-{feature}".encode() for feature in features],
            )
        return known

    def _word_features(self, word: str) -> _WordFeatures:
        lower = word.lower()
        form = shape(word)
        tail = lower[-3:]
        own = ["b", f"w={word}", f"l={lower}", f"s={form}", f"s0={_RUN.sub(_FIRST, form)}"]
        own += [f"p{size}={lower[:size]}" for size in (2, 3, 4)]
        own += [f"x{size}={lower[-size:]}" for size in (2, 3, 4, 5)]
        own += self._list_features(word, lower, "")
        head, hyphen, rest = word.rpartition("-")
        if hyphen and head and rest:
            own += [f"h={rest.lower()}", f"hs={shape(head)}|{shape(rest)}"]
        return _WordFeatures(
            own=_encoded(own),
            before=_encoded([f"+1l={lower}", f"+1s={form}", f"+1x={tail}", *self._list_features(word, lower, "+")]),
            after=_encoded([f"-1l={lower}", f"-1s={form}", f"-1x={tail}", *self._list_features(word, lower, "-")]),
            two_before=_encoded([f"+2l={lower}", f"+2s={form}"]),
            two_after=_encoded([f"-2l={lower}", f"-2s={form}", *self._list_features(word, lower, "-2")[-1:]]),
            lower=lower,
            shape=form,
        )

    def _list_features(self, word: str, lower: str, side: str) -> list[str]:
        features = []
        known = self.word_classes.get(lower)
        if known is not None:
            features += [f"{side}c={known.cluster}"]
        if word[:1].isupper():
            features.append(f"{side}k={known.case if known else '-'}{'c' if lower in self.common_words else ''}")
            classes = self.gazetteer.classes_by_word.get(word)
            features += [f"{side}g={name}" for name in classes.split("+")] if classes else [f"{side}g=-"]
        return features


def shape(word: str) -> str:
    """The kinds of the letters of `word`, runs cut to three: `Xxx` for "Brussel", `XX` for "EU"."""
    kinds = "".join(
        "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter for letter in word
    )
    return _LONG_RUN.sub(r"\1\1\1", kinds)


def _mark_features(mark: str) -> list[str]:
    if not mark:
        return []
    place, size, classes = mark[0], mark[1], mark[2:]
    return [f"G{place}{size}{name}" for name in classes.split("+")] + [f"G{place}{size}={classes}"]


def _encoded(features: list[str]) -> list[bytes]:
    return [feature.encode() for feature in features]
