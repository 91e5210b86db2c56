"""Languages: a language is a folder of data, without code.

Comes in: an ISO 639-1 code. Goes out: a `Language`. Raises `DataError` where the data do not validate, and `KeyError`
for a language that is not there.

A complete folder holds ``abbreviations.tsv`` and ``openers.txt`` (sentences), ``actors/`` (who: names, demonyms,
titles, nouns, pronouns), ``dates/`` (when) and ``events/`` (what); it may have ``names/``, a model that finds names.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamproc.languages.language import ABBREVIATIONS_FILE, OPENERS_FILE, PARTS, Language, read_language

__all__ = ["PARTS", "Language", "language", "supported"]

_ROOT = Path(__file__).parent


@cache
def supported() -> tuple[str, ...]:
    """Codes of all languages whose folders are complete, sorted."""
    return tuple(sorted(folder.name for folder in _ROOT.iterdir() if _is_complete(folder)))


@cache
def language(code: str) -> Language:
    """The language `code`. Raises `KeyError` where it is not supported, `DataError` where its data are malformed."""
    if code not in supported():
        raise KeyError(code)
    return read_language(code, _ROOT / code)


def _is_complete(folder: Path) -> bool:
    files = (folder / name for name in (ABBREVIATIONS_FILE, OPENERS_FILE))
    return all(file.is_file() for file in files) and all((folder / part).is_dir() for part in PARTS)
