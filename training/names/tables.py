"""Tables and lists of this project to rows. Raises `OSError` for an absent file, `ValueError` for a malformed row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

KNOWLEDGE = Path(__file__).parents[2] / "streamproc" / "knowledge"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table of this project: comments, a line of column names, then one row a line."""
    header, *body = [line.split("\t") for line in lines(path)]
    return [dict(zip(header, line, strict=True)) for line in body]


def lines(path: Path) -> list[str]:
    """The lines of a list but blank ones and comments."""
    content = path.read_text(encoding="utf-8").split("\n")
    return [line for line in content if line.strip() and not line.startswith("#")]


def sizes_of(folder: Path) -> Mapping[str, int]:
    """Bytes of each file below `folder`."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
