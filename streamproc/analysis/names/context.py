"""What the rest of a document says of a word with a capital.

Comes in: the chunks of a document as words. Goes out: features for its words with a capital: whether the same form is
there in lower case, whether it has a capital inside sentences, what stands before it elsewhere, and whether a first
name does. Nothing fails; time is linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_MAX_NEIGHBOURS = 4


class DocumentContext:
    """Occurrences of the words of one document."""

    def __init__(self, chunks: Iterable[Sequence[str]], classes_by_word: Mapping[str, str]) -> None:
        self._lower: set[str] = set()
        self._inside: set[str] = set()
        self._neighbours: dict[str, dict[bytes, None]] = {}
        self._classes_by_word = classes_by_word
        for words in chunks:
            self._read(words)

    def features(self, word: str, opens: bool) -> list[bytes]:
        """Features of `word`, which has a capital; `opens`: it is the first one of its sentence."""
        features = []
        if word.lower() in self._lower:
            features.append(b"dl1" if opens else b"dl0")
        if opens and word in self._inside:
            features.append(b"dc")
        neighbours = self._neighbours.get(word)
        if neighbours:
            features += neighbours
        return features

    def _read(self, words: Sequence[str]) -> None:
        before = ""
        given = False
        for position, word in enumerate(words):
            if not word[0].isupper():
                if word[0].islower():
                    self._lower.add(word)
                before, given = word, False
                continue
            if position:
                self._inside.add(word)
                if given:
                    self._note(word, b"dP")
                elif not before[:1].isupper():
                    self._note(word, f"d-={before.lower()}".encode())
            given = given or "first" in self._classes_by_word.get(word, "")
            if given:
                self._note(word, b"dF")
            before = word

    def _note(self, word: str, feature: bytes) -> None:
        notes = self._neighbours.setdefault(word, {})
        if len(notes) < _MAX_NEIGHBOURS:
            notes[feature] = None
