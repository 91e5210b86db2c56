"""Files of the user to payloads, as they stand: what is in a file is pushed byte by byte, well-formed or not.

Comes in: a path (or `-`) and perhaps its format. Goes out: payloads in order, read piece by piece, so that a file may
be larger than the memory. Fails with `OSError` (no such file), `ConfigurationError` (damaged compression).

    text    the whole file is one article
    json    one object, an array of objects, or several values one after the other
    jsonl   one object a line; blank lines are nothing
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

import orjson

from streamproc.cli.json_values import json_values
from streamproc.errors import ConfigurationError

STDIN = "-"
_MARK = b"\xef\xbb\xbf"
_GZIP_MAGIC = b"\x1f\x8b"
_BUFFER_BYTES = 64 * 1024


class Format(StrEnum):
    """How a file holds its articles."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


_FORMAT_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
}


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes of one article, and where they are from."""

    value: bytes | None
    """None where it is larger than what was allowed: the bytes were skipped."""
    file: str
    number: int
    """Line of a JSONL file, else position among the articles of the file; from 1."""
    read_bytes: int = 0
    """Bytes of the file, as it lies on the disk, that were read when this came: up to a buffer more than it takes."""

    @property
    def origin(self) -> str:
        """For messages."""
        return f"{self.file}:{self.number}"


class Meter:
    """How many bytes have been read of files as they lie on the disk."""

    def __init__(self) -> None:
        self.read_bytes = 0


class _Metered(io.RawIOBase):
    def __init__(self, raw: IO[bytes], meter: Meter) -> None:
        self._raw, self._meter = raw, meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        count: int = self._raw.readinto(buffer)  # type: ignore[attr-defined]
        self._meter.read_bytes += count
        return count


def read_payloads(
    path: str, *, max_bytes: int, format_: Format | None = None, meter: Meter | None = None
) -> Iterator[Payload]:
    """The payloads of the file `path`, `-` for stdin; those above `max_bytes` come without their value."""
    name = "stdin" if path == STDIN else path
    with ExitStack() as stack:
        meter = meter or Meter()
        # Of stdin a file of our own: a thread that waits in `sys.stdin` takes the interpreter down when it ends.
        raw = stack.enter_context(open(0 if path == STDIN else path, "rb", buffering=0, closefd=path != STDIN))
        file: IO[bytes] = io.BufferedReader(_Metered(raw, meter), _BUFFER_BYTES)
        try:
            if _peek(file).startswith(_GZIP_MAGIC):
                file = io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), _BUFFER_BYTES)
            for number, value in _values(file, format_ or _format(path, file), max_bytes):
                yield Payload(value, name, number, meter.read_bytes)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ConfigurationError(f"{name}: damaged gzip file ({error})") from error


def require_readable(paths: Iterable[str]) -> None:
    """Raise `OSError` for the first file that cannot be read: before anything is done, not halfway."""
    for path in paths:
        if path == STDIN:
            continue
        # Not opened to see: closing a named pipe again would end whoever writes into it.
        if stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116  # its error has the path as it was given
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def _peek(file: IO[bytes]) -> bytes:
    head: bytes = file.peek(1)  # type: ignore[attr-defined]
    return head


def _format(path: str, file: IO[bytes]) -> Format:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes if suffix.lower() != ".gz"]
    known = _FORMAT_BY_SUFFIX.get(suffixes[-1]) if suffixes and path != STDIN else None
    return known or sniff(_peek(file))


def sniff(head: bytes) -> Format:
    """The format that a file seems to have by its first bytes (some lines are enough)."""
    start = head.removeprefix(_MARK).lstrip()
    if not start.startswith((b"{", b"[")):
        return Format.TEXT
    line, newline, _ = start.partition(b"\n")
    if start.startswith(b"[") and not (newline and _is_json(line)):
        # "[ANP] De premier" is text; an array opens with an object, or ends at once.
        return Format.JSON if start[1:].lstrip()[:1] in (b"{", b"]", b"") else Format.TEXT
    return Format.JSONL if start.startswith(b"{") and (_is_json(line) or not newline) else Format.JSON


def _is_json(data: bytes) -> bool:
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


def _values(file: IO[bytes], format_: Format, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    match format_:
        case Format.TEXT:
            value = file.read(max_bytes + 1)
            yield 1, value if len(value) <= max_bytes else None
        case Format.JSON:
            yield from enumerate(json_values(file, max_bytes), start=1)
        case Format.JSONL:
            yield from _lines(file, max_bytes)


def _lines(file: IO[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := file.readline(max_bytes + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):  # longer than allowed, or the last one
            rest = file.readline(_BUFFER_BYTES)
        value = (line.removeprefix(_MARK) if number == 1 else line).rstrip(b"\r\n")
        if len(value) > max_bytes:
            yield number, None
        elif value.strip():
            yield number, value
