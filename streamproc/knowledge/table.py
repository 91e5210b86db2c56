"""Readable tables: tab-separated UTF-8 with a header line; lines that begin with ``#`` tell whence the facts come.

Comes in: a path and the columns that the reader needs. Goes out: one `Row` a line. Raises `DataError` with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from streamproc.errors import DataError

_Choice = TypeVar("_Choice", bound=StrEnum)

LIST_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def required(self, column: str) -> str:
        """The cell of `column`. Raises `DataError` where it is empty."""
        return self.cells[column] or self.fail(f"{column} is empty")

    def listed(self, column: str) -> tuple[str, ...]:
        """The items of a cell that holds a list with ``|`` between them."""
        cell = self.cells[column]
        items = tuple(item.strip() for item in cell.split(LIST_SEPARATOR)) if cell else ()
        if not all(items):
            self.fail(f"{column} has an empty item")
        return items

    def choice(self, column: str, choices: type[_Choice]) -> _Choice:
        """The cell as a member of an enumeration. Raises `DataError` where it is none."""
        try:
            return choices(self.cells[column])
        except ValueError:
            self.fail(f"{column} is {self.cells[column]!r}, expected one of {', '.join(choices)}")

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The cell of `column`, which must be one of `allowed`. Raises `DataError`."""
        if self.cells[column] not in allowed:
            self.fail(f"{column} is {self.cells[column]!r}, expected one of {', '.join(map(repr, allowed))}")
        return self.cells[column]

    def fail(self, what: str) -> NoReturn:
        """Raise `DataError` with file and line."""
        raise DataError(f"{self.path}:{self.line}: {what}")


def read_table(path: Path, columns: Iterable[str], *, key: str | None = None) -> list[Row]:
    """The rows of the table at `path`, whose header is `columns`; cells of `key` must differ. Raises `DataError`."""
    rows = list(_rows(path, list(columns)))
    if key:
        seen: dict[str, int] = {}
        for row in rows:
            if row.required(key) in seen:
                row.fail(f"{key} {row[key]!r} is in line {seen[row[key]]} already")
            seen[row[key]] = row.line
    return rows


def _rows(path: Path, columns: list[str]) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    number, header = next(numbered, (1, ""))
    if header.split("\t") != columns:
        raise DataError(f"{path}:{number}: the columns are {header.split(chr(9))}, expected {columns}")
    for number, line in numbered:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells, expected {len(columns)}")
        cells += [""] * (len(columns) - len(cells))  # editors strip tabs from the end of lines
        yield Row(path, number, dict(zip(columns, cells, strict=True)))
