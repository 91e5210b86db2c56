"""Dead letters: a rejected record as it came in, with the reason in its headers; and the way back.

A record that was sent on to its home partition carries where it came from in one header, which is taken off again here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from faust.types import EventT

from streamproc.contracts import DeadLetterHeaders
from streamproc.contracts.dead_letter import original_headers
from streamproc.contracts.headers import Headers
from streamproc.errors import Rejection
from streamproc.stream.transaction import OutputRecord

ORIGIN = "streamproc.origin"
"""Header of a record that was sent on: `partition/offset` where the user's record stands."""
REDRIVE = "streamproc.redrive"
"""Header of a record that was tried before: `attempts/first_seen`."""


def headers_of(event: EventT) -> Headers:
    """The headers of a record as pairs, a null value as empty bytes."""
    return [(key, value or b"") for key, value in event.message.headers or ()]


def _header(headers: Iterable[tuple[str, bytes]], name: str) -> list[str]:
    """The parts of one of our own headers; empty where it is missing."""
    value = next((value for key, value in headers if key == name), b"")
    return value.decode("ascii", "replace").split("/") if value else []


def origin_header(event: EventT) -> tuple[str, bytes]:
    """The header that tells where a record that is sent on came from."""
    return ORIGIN, f"{event.message.partition}/{event.message.offset}".encode()


def attempts_of(headers: Iterable[tuple[str, bytes]]) -> int:
    """How often a record was tried before; a header that is not ours to read counts as never."""
    parts = _header(headers, REDRIVE)
    return int(parts[0]) if parts and parts[0].isdecimal() and len(parts[0]) < 10 else 0  # noqa: PLR2004


def _first_seen(headers: Iterable[tuple[str, bytes]], now: dt.datetime) -> dt.datetime:
    parts = _header(headers, REDRIVE)
    try:
        return dt.datetime.fromisoformat(parts[1])
    except (IndexError, ValueError):
        return now


def _origin(event: EventT, headers: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    parts = _header(headers, ORIGIN)
    if len(parts) == 2 and all(part.isdecimal() and len(part) < 19 for part in parts):  # noqa: PLR2004
        return int(parts[0]), int(parts[1])
    return event.message.partition, event.message.offset


def dead_letter(event: EventT, rejection: Rejection, now: dt.datetime) -> OutputRecord:
    """The dead letter of a rejected record: its value, key and headers, and the headers that say why."""
    headers = headers_of(event)
    partition, offset = _origin(event, headers)
    why = DeadLetterHeaders(
        stage=rejection.stage,
        code=rejection.code,
        message=rejection.message,
        topic=event.message.topic,
        partition=partition,
        offset=offset,
        attempts=attempts_of(headers) + 1,
        first_seen=_first_seen(headers, now),
    )
    kept = [(key, value) for key, value in original_headers(headers) if key not in (ORIGIN, REDRIVE)]
    return OutputRecord(event.message.key, event.message.value, [*kept, *why.to_headers()])


def redriven_headers(headers: Sequence[tuple[str, bytes | None]]) -> Headers:
    """Headers under which a dead letter goes back to `articles.raw`: the original ones, and how often it was tried.

    Raises `pydantic.ValidationError` where `headers` are not those of a dead letter.
    """
    why = DeadLetterHeaders.from_headers(headers)
    originals = original_headers([(key, value or b"") for key, value in headers])
    return [*originals, (REDRIVE, f"{why.attempts}/{why.first_seen.isoformat()}".encode())]
