"""Why a broker did not start, in one line.

Comes in: what it printed and logged. Goes out: the few lines that tell the cause, joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_TELLING = re.compile(r"\b(?:ERROR|FATAL)\b|^Error\b|^Caused by:|Exception:|OutOfMemoryError")
_MAX_LINES = 3
_MAX_CHARACTERS = 500
_TAIL_BYTES = 64 * 1024


def gist(lines: Iterable[str]) -> str:
    """The first three distinct lines that tell of errors, cut to 500 characters.

    Of up to three lines all are given; where none tells of an error, the last three.
    """
    said = [line.strip() for line in lines if line.strip()]
    telling = list(dict.fromkeys(line for line in said if _TELLING.search(line)))
    chosen = said if len(said) <= _MAX_LINES else telling[:_MAX_LINES] or said[-_MAX_LINES:]
    return " | ".join(chosen)[:_MAX_CHARACTERS] or "it said nothing"


def tail(log: Path) -> list[str]:
    """The lines in the last 64 KiB of `log`; none where it does not exist."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
