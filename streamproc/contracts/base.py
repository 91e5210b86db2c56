"""The base of every record, and the span that every annotation is made of."""

from __future__ import annotations

from typing import Annotated, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"
"""Version of all records: a new minor adds fields, a new major may rename or drop them."""

Confidence = Annotated[float, Field(ge=0.0, le=1.0, description="Probability that this is right, 0 to 1.")]
Offset = Annotated[int, Field(ge=0, description="Unicode code points from the start of `text`.")]


class Record(BaseModel):
    """Immutable; unknown fields are ignored, so that a reader survives a newer writer."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, use_attribute_docstrings=True)

    def to_json(self) -> bytes:
        """UTF-8 JSON with every field present, in the order of declaration."""
        return orjson.dumps(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The record that `data` holds. Raises `pydantic.ValidationError` or `orjson.JSONDecodeError`."""
        return cls.model_validate(orjson.loads(data))


class Span(Record):
    """A stretch of the published text, `end` exclusive."""

    start: Offset
    end: Offset
