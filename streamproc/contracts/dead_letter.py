"""Dead letters: the original record, and headers that say why it was rejected.

Value and key are the bytes that came in; the headers that came in are kept, and those below are added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from pydantic import Field

from streamproc.contracts.base import Record
from streamproc.contracts.headers import Headers
from streamproc.errors import RejectionCode, Stage

PREFIX = "streamproc.error."


class DeadLetterHeaders(Record):
    """The headers `streamproc.error.*` of a dead letter (topic `articles.dead-letter`)."""

    stage: Stage
    code: RejectionCode
    message: str
    """One line for people."""
    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    """Where the article came from."""
    attempts: int = Field(ge=1)
    """How often it has been tried; more than 1 after a redrive."""
    first_seen: dt.datetime
    """When it was rejected for the first time."""

    def to_headers(self) -> Headers:
        """The Kafka headers, values in UTF-8."""
        fields = self.model_dump(mode="json")
        return [(PREFIX + name, str(value).encode()) for name, value in fields.items()]

    @classmethod
    def from_headers(cls, headers: Iterable[tuple[str, bytes | None]]) -> Self:
        """Read them back; the last of equal names holds. Raises `pydantic.ValidationError`."""
        fields = {
            key.removeprefix(PREFIX): (value or b"").decode("utf-8", "replace")
            for key, value in headers
            if key.startswith(PREFIX)
        }
        return cls.model_validate(fields)


def original_headers(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """`headers` of a dead letter without those that the rejection added."""
    return [(key, value) for key, value in headers if not key.startswith(PREFIX)]
