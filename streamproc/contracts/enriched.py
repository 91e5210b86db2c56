"""An article with its annotations."""

from __future__ import annotations

import datetime as dt

from streamproc.contracts.base import SCHEMA_VERSION, Confidence, Record, Span
from streamproc.contracts.entity import Entity
from streamproc.contracts.event import Event
from streamproc.contracts.published import Published
from streamproc.contracts.timex import Timex


class Pipeline(Record):
    """What made the annotations: same input, same pipeline, same annotations."""

    version: str
    models: dict[str, str]
    """Version or content hash of each model and data set, by name."""


class EnrichedArticle(Record):
    """One article with entities, dates and events (topic `articles.enriched`, key `article_id`).

    All offsets are Unicode code points into `text` as it stands here, end exclusive.
    """

    schema_version: str = SCHEMA_VERSION
    article_id: str
    url: str | None
    source: str | None
    title: str | None
    language: str
    language_confidence: Confidence
    published: Published | None
    text: str
    """The text after cleaning; text that was clean already (NFC, no markup, no control characters) is unchanged."""
    sentences: list[Span]
    entities: list[Entity]
    dates: list[Timex]
    events: list[Event]
    pipeline: Pipeline
    processed_at: dt.datetime
