"""Tab-separated data files, and the table of PLOVER types.

Comes in: a file with `#` comments and a header line. Goes out: its rows by column name.
Fails with `DataError`, which names file and line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from streamproc.contracts.event import EventType
from streamproc.errors import DataError

QuadClass = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
NOTHING = "-"
"""How an empty cell is written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `-` reads as the empty string."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str, separator: str = ",") -> tuple[str, ...]:
        """The parts of a cell, none where it is empty."""
        return tuple(filter(None, self.cells[column].split(separator)))

    def error(self, message: str) -> DataError:
        """What is wrong with this line."""
        return DataError(f"{self.path}:{self.line}: {message}")


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table whose header is `columns`. Raises `DataError` for another header or number of cells."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    seen_header = False
    reader = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for line, cells in enumerate(reader, start=1):
        if not cells or cells[0].startswith("#"):
            continue
        if not seen_header:
            if tuple(cells) != columns:
                raise DataError(f"{path}:{line}: the header must be {' '.join(columns)}")
            seen_header = True
            continue
        if len(cells) != len(columns):
            raise DataError(f"{path}:{line}: {len(cells)} cells instead of {len(columns)}")
        yield Row(path, line, dict(zip(columns, ("" if cell == NOTHING else cell for cell in cells), strict=True)))


def event_type(row: Row, text: str) -> EventType:
    """`text` as an event type. Raises `DataError`."""
    try:
        return EventType(text)
    except ValueError as error:
        raise row.error(f"{text!r} is no event type") from error


@dataclass(frozen=True, slots=True)
class Code:
    """How a type and mode is coded."""

    quad_class: QuadClass
    cameo: str
    goldstein: float


class CodeTable:
    """Quad class, CAMEO code and Goldstein score of each type and mode."""

    def __init__(self, folder: Path) -> None:
        """Reads `types.tsv` and `cameo.tsv` of `folder`. Raises `DataError`."""
        self.goldstein_by_cameo = dict(_scores(folder / "cameo.tsv"))
        self._codes: dict[tuple[EventType, str], Code] = {}
        for row in read_rows(folder / "types.tsv", ("type", "mode", "quad_class", "cameo")):
            if row["quad_class"] not in get_args(QuadClass):
                raise row.error(f"{row['quad_class']!r} is no quad class")
            if row["cameo"] not in self.goldstein_by_cameo:
                raise row.error(f"CAMEO code {row['cameo']} has no Goldstein score")
            code = Code(cast(QuadClass, row["quad_class"]), row["cameo"], self.goldstein_by_cameo[row["cameo"]])
            self._codes[event_type(row, row["type"]), row["mode"]] = code
        if missing := [kind for kind in EventType if (kind, "") not in self._codes]:
            raise DataError(f"{folder / 'types.tsv'}: no line for {missing[0]}")

    def knows(self, kind: EventType, mode: str) -> bool:
        """Whether PLOVER has the mode."""
        return (kind, mode) in self._codes

    def code(self, kind: EventType, mode: str, cameo: str) -> Code:
        """The code of an event; an entry's own `cameo` code wins over that of its type and mode."""
        code = self._codes[kind, mode]
        return Code(code.quad_class, cameo, self.goldstein_by_cameo[cameo]) if cameo else code


def _scores(path: Path) -> Iterator[tuple[str, float]]:
    for row in read_rows(path, ("cameo", "goldstein")):
        try:
            yield row["cameo"], float(row["goldstein"])
        except ValueError as error:
            raise row.error(f"{row['goldstein']!r} is no number") from error
