"""One language: where its data are, and what the sentence splitter must know of it.

Comes in: the folder of a language. Goes out: a frozen `Language`. Raises `DataError` for a missing or malformed file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from streamproc.errors import DataError

PARTS = ("actors", "dates", "events")
"""Folders that a complete language has, one for each step of the analysis."""

NAMES_FOLDER = "names"
"""Model of names, which a language may lack."""

ABBREVIATIONS_FILE = "abbreviations.tsv"
OPENERS_FILE = "openers.txt"


@dataclass(frozen=True, slots=True)
class Language:
    """What code needs to know of a language; the steps of the analysis read their own folders below `folder`."""

    code: str
    """ISO 639-1."""
    folder: Path
    abbreviations: frozenset[str]
    """Lower case, with their periods; no sentence ends after them."""
    final_abbreviations: frozenset[str]
    """Lower case, with their periods; a sentence may end after them."""
    openers: frozenset[str]
    """Lower-case function words: with a capital they open a sentence and are no name."""
    names: Path | None = None
    """Folder of the model of names, where the language has one."""


def read_language(code: str, folder: Path) -> Language:
    """The language whose data are in `folder`. Raises `DataError`."""
    plain, final = _read_abbreviations(folder / ABBREVIATIONS_FILE)
    openers = frozenset(word for _, word in _lines(folder / OPENERS_FILE))
    names = folder / NAMES_FOLDER
    return Language(code, folder, plain, final, openers, names if names.is_dir() else None)


def _read_abbreviations(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    words: dict[str, set[str]] = {"never": set(), "maybe": set()}
    for number, line in _lines(path):
        word, _, ends = line.partition("\t")
        if ends not in words or not word.endswith(".") or word != word.lower():
            raise DataError(f"{path}:{number}: expected a lower-case abbreviation, a tab and 'never' or 'maybe'")
        words[ends].add(word)
    return frozenset(words["never"]), frozenset(words["maybe"])


def _lines(path: Path) -> list[tuple[int, str]]:
    """Number and content of each line but blank ones and comments."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
