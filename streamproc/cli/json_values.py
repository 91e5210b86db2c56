"""A file of JSON values to the bytes of each, without parsing them and without holding the file.

Only strings and brackets are told apart: a value that is not well-formed comes out as it stands, for whoever reads it.
The elements of an array at the top are values of their own; so are values that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_CHUNK_BYTES = 256 * 1024
_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE = re.compile(rb'["\\]')
_BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
_QUOTE, _BACKSLASH, _COMMA, _OPEN_ARRAY, _CLOSE_ARRAY = b'"\\,[]'
_OPENING, _CLOSING = frozenset(b"{["), frozenset(b"}]")


def json_values(file: IO[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """The values in `file` in order; None for one of more than `max_bytes`, whose bytes are skipped."""
    splitter = _Splitter(max_bytes)
    first = True
    while chunk := file.read1(_CHUNK_BYTES):  # type: ignore[attr-defined]  # what is there, without waiting for more
        yield from splitter.feed(chunk.removeprefix(_MARK) if first else chunk)
        first = False
    yield from splitter.end()


class _Splitter:
    """Where the reading of the file stands: depth of brackets, inside a string or not, and the value so far."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._depth = 0
        self._base = 0
        """Depth at which values stand: 1 in an array, else 0."""
        self._in_string = False
        self._skip = 0
        """Bytes of the next chunk that a backslash has made plain: 0 or 1."""
        self._value = bytearray()
        self._too_long = False

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        at, taken = self._skip, 0
        self._skip = 0
        while match := (_INSIDE if self._in_string else _OUTSIDE).search(chunk, at):
            at = match.end()
            char = chunk[match.start()]
            if self._in_string:
                if char == _BACKSLASH:
                    at += 1
                else:
                    self._in_string = False
                continue
            if char == _QUOTE:
                self._in_string = True
                continue
            cut = self._bracket(char, chunk[taken : match.start()])
            if cut is not None:
                self._take(chunk[taken : match.start() + cut])
                taken = at
                yield from self._emit()
        self._skip = max(0, at - len(chunk))
        self._take(chunk[taken:])

    def _bracket(self, char: int, before: bytes) -> int | None:
        """How many bytes of the bracket or comma at which a value ends belong to the value; None where none ends."""
        if char == _OPEN_ARRAY and self._depth == 0 and not self._value.strip(_BLANK) and not before.strip(_BLANK):
            self._depth = self._base = 1
            return 0
        if char in _OPENING:
            self._depth += 1
        elif char in _CLOSING:
            self._depth -= 1
            if self._depth == 0:
                ends_array, self._base = self._base == 1 and char == _CLOSE_ARRAY, 0
                return 0 if ends_array else 1
            self._depth = max(self._depth, 0)  # a bracket too many belongs to a malformed value
            return 1 if self._depth == self._base else None
        elif char == _COMMA and self._depth == self._base:
            return 0
        return None

    def _take(self, data: bytes) -> None:
        if len(self._value) + len(data) > self._max_bytes + 2 * _CHUNK_BYTES:
            self._too_long = True
        if not self._too_long:
            self._value += data

    def _emit(self) -> Iterator[bytes | None]:
        value = bytes(self._value.strip(_BLANK))
        too_long = self._too_long or len(value) > self._max_bytes
        self._value.clear()
        self._too_long = False
        if value or too_long:
            yield None if too_long else value

    def end(self) -> Iterator[bytes | None]:
        """What is left when the file ends: nothing, or a value that was cut off."""
        yield from self._emit()
