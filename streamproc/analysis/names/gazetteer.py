"""Lists of names to what they say of the words of a sentence.

Comes in: a folder of lists, one name a line, tokenised with single spaces, sorted; a list that is long is compressed
(``.txt.gz``). The stem of the file is the class of its names. Goes out: for each word the classes of the longest listed
name that covers it. Raises `DataError` for a folder without lists, or a list that is not sorted.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from streamproc.errors import DataError

WORD_CLASSES = frozenset({"first", "last"})
"""Classes whose names are single words, looked up for each word by itself."""

_MIN_SHOUTED = 4


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names with their classes."""

    classes_by_name: Mapping[str, str]
    """The classes of a name, sorted, with `+` between."""
    reach_by_word: Mapping[str, int]
    """Words of the longest name that begins with the word; words that begin no name are left out."""
    classes_by_word: Mapping[str, str]
    """Of `WORD_CLASSES`."""

    def marks(self, words: Sequence[str]) -> list[str]:
        """What the lists say of each of `words`, empty for nothing.

        Else the position in the name (B, I), the length of the name (1, or 2 for more) and its classes: `B2city+town`.
        """
        marks = [""] * len(words)
        position = 0
        while position < len(words):
            length = self._match(words, position, marks)
            position += length or 1
        return marks

    def _match(self, words: Sequence[str], first: int, marks: list[str]) -> int:
        """Marks the longest name that begins at `first`; its number of words, 0 where there is none."""
        word = words[first]
        reach = self.reach_by_word.get(word)
        if reach is None:
            return self._match_shouted(word, first, marks)
        for length in range(min(reach, len(words) - first), 0, -1):
            name = word if length == 1 else " ".join(words[first : first + length])
            classes = self.classes_by_name.get(name)
            if classes:
                size = "1" if length == 1 else "2"
                marks[first] = f"B{size}{classes}"
                marks[first + 1 : first + length] = [f"I{size}{classes}"] * (length - 1)
                return length
        return 0

    def _match_shouted(self, word: str, first: int, marks: list[str]) -> int:
        """As `_match`, for one word in capitals ("BRUSSEL")."""
        if len(word) < _MIN_SHOUTED or not word.isupper():
            return 0
        classes = self.classes_by_name.get(word.capitalize())
        if not classes:
            return 0
        marks[first] = f"B1{classes}"
        return 1


def load_gazetteer(folder: Path) -> Gazetteer:
    """The lists in `folder`. Raises `DataError`."""
    classes: dict[str, str] = {}
    words: dict[str, str] = {}
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.txt.gz")]):
        label = path.name.partition(".")[0]
        table = words if label in WORD_CLASSES else classes
        for name in _read(path):
            before = table.get(name)
            table[name] = f"{before}+{label}" if before else label
    if not classes:
        raise DataError(f"{folder}: no list of names")
    reach: dict[str, int] = {}
    for name in classes:
        word, _, rest = name.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > reach.get(word, 0):
            reach[word] = length
    return Gazetteer(classes, reach, words)


def _read(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    names = [sys.intern(line) for line in text.split("\n") if line and line[0] != "#"]
    if names != sorted(set(names)):
        raise DataError(f"{path}: names are not sorted, or one is there twice")
    return names
