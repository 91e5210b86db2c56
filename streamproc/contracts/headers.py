"""Kafka headers: CloudEvents 1.0 in binary mode, and W3C trace context.

Source: CloudEvents Kafka protocol binding 1.0.2, section 3.2 (binary content mode).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from streamproc.contracts.base import SCHEMA_VERSION

Headers = list[tuple[str, bytes]]

TRACE_HEADERS = ("traceparent", "tracestate")
_MAJOR = SCHEMA_VERSION.partition(".")[0]


def event_type(record: str) -> str:
    """`ce_type` of a record, by the name of its schema (`enriched-article`)."""
    return f"streamproc.{record}.v{_MAJOR}"


def schema_uri(record: str) -> str:
    """`ce_dataschema` of a record, which is the `$id` of its JSON Schema."""
    return f"urn:streamproc:schema:{record}:{_MAJOR}"


def cloud_event(
    record: str, *, event_id: str, subject: str, source: str, time: dt.datetime, trace: Iterable[tuple[str, bytes]] = ()
) -> Headers:
    """Headers of an output record.

    `record` is the name of its schema, `source` a URI reference (`/streamproc/enrich`), `time` aware of its zone;
    of `trace`, the headers of the input, the trace context is passed on.
    """
    headers = {
        "ce_specversion": "1.0",
        "ce_id": event_id,
        "ce_source": source,
        "ce_type": event_type(record),
        "ce_time": time.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "ce_subject": subject,
        "ce_dataschema": schema_uri(record),
        "content-type": "application/json",
    }
    passed_on = [(key, value) for key, value in trace if key in TRACE_HEADERS]
    return [(key, value.encode()) for key, value in headers.items()] + passed_on
