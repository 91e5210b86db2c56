"""The topics, their messages and who reads and writes them, as an AsyncAPI 3.0 document.

Comes in: the contracts, and a topic prefix. Goes out: the document as plain dictionaries; payloads and the headers of
dead letters refer to the JSON Schemas beside it. Nothing can fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streamproc.contracts.base import SCHEMA_VERSION
from streamproc.contracts.headers import event_type, schema_uri

Document = dict[str, Any]

DEFAULT_PREFIX = "news."
_APP_ID = "streamproc"
_KAFKA_BINDING = "0.5.0"


@dataclass(frozen=True, slots=True)
class _Topic:
    """One topic and the record on it."""

    name: str
    """Without the prefix."""
    record: str
    key: str
    summary: str
    cleanup_policy: str = "delete"

    @property
    def channel(self) -> str:
        first, *rest = self.name.replace("-", ".").split(".")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def message(self) -> str:
        first, *rest = self.record.split("-")
        return first + "".join(word.capitalize() for word in rest)


_TOPICS = (
    _Topic("articles.raw", "article", "Anything; it is kept, not interpreted.", "Articles as their senders have them."),
    _Topic("articles.enriched", "enriched-article", "`article_id`", "Articles with their entities, dates and events."),
    _Topic("events", "event", "`event_id`", "Who did what to whom, when and where; one record an event."),
    _Topic("mentions", "mention", "`actor_id`", "How often an article mentions a named actor; one record a pair."),
    _Topic("articles.dead-letter", "dead-letter", "That of the article.", "Articles that were rejected, and why."),
    _Topic("actor-counts", "actor-count", "`actor_id`", "How often all articles mention an actor.", "compact"),
)


@dataclass(frozen=True, slots=True)
class _Operation:
    """What streamproc does with a topic, and by which of its agents."""

    name: str
    action: str
    topic: str
    agent: str
    summary: str


_OPERATIONS = (
    _Operation(
        "receiveArticles", "receive", "articles.raw", "enrich", "Each becomes one enriched article or dead letter."
    ),
    _Operation(
        "sendEnrichedArticles", "send", "articles.enriched", "enrich", "Once an article, however often it comes."
    ),
    _Operation("sendEvents", "send", "events", "enrich", "In the same transaction as the enriched article."),
    _Operation("sendMentions", "send", "mentions", "enrich", "In the same transaction as the enriched article."),
    _Operation("sendDeadLetters", "send", "articles.dead-letter", "enrich", "In place of the enriched article."),
    _Operation("receiveMentions", "receive", "mentions", "count", "Each is counted once."),
    _Operation("sendActorCounts", "send", "actor-counts", "count", "The new state of an actor in the table."),
)


def asyncapi(prefix: str = DEFAULT_PREFIX) -> Document:
    """The AsyncAPI 3.0 document of all topics, named with `prefix`."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "streamproc",
            "version": SCHEMA_VERSION,
            "description": (
                "News articles on Kafka in; actors, dates and political events (who did what to whom) out. Outputs are "
                "written in transactions: read them with `isolation.level=read_committed`."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "local": {
                "host": "127.0.0.1:9092",
                "protocol": "kafka",
                "description": "Where `streamproc broker` and the compose file listen.",
            }
        },
        "channels": {topic.channel: _channel(topic, prefix) for topic in _TOPICS},
        "operations": {operation.name: _operation(operation) for operation in _OPERATIONS},
        "components": {
            "messages": {topic.message: _message(topic) for topic in _TOPICS},
            "schemas": {"traceContext": _TRACE_CONTEXT, "cloudEvent": _CLOUD_EVENT},
        },
    }


def _channel(topic: _Topic, prefix: str) -> Document:
    return {
        "address": prefix + topic.name,
        "summary": topic.summary,
        "messages": {topic.message: {"$ref": f"#/components/messages/{topic.message}"}},
        "bindings": {
            "kafka": {
                "topic": prefix + topic.name,
                "topicConfiguration": {"cleanup.policy": [topic.cleanup_policy]},
                "bindingVersion": _KAFKA_BINDING,
            }
        },
    }


def _operation(operation: _Operation) -> Document:
    topic = next(topic for topic in _TOPICS if topic.name == operation.topic)
    group = {"groupId": {"type": "string", "const": f"{_APP_ID}-{operation.agent}"}}
    return {
        "action": operation.action,
        "channel": {"$ref": f"#/channels/{topic.channel}"},
        "summary": operation.summary,
        "messages": [{"$ref": f"#/channels/{topic.channel}/messages/{topic.message}"}],
        "bindings": {"kafka": {**(group if operation.action == "receive" else {}), "bindingVersion": _KAFKA_BINDING}},
    }


def _message(topic: _Topic) -> Document:
    return {
        "name": topic.record,
        "title": topic.record.replace("-", " ").capitalize(),
        "summary": topic.summary,
        **_content(topic.record),
        "bindings": {"kafka": {"key": _key(topic), "bindingVersion": _KAFKA_BINDING}},
    }


def _key(topic: _Topic) -> Document:
    return {"type": "string", "description": topic.key} if topic.key.startswith("`") else {"description": topic.key}


def _content(record: str) -> Document:
    """Headers and payload of a record."""
    schema = {"$ref": f"./{record}.schema.json"}
    if record == "article":
        return {"headers": {"$ref": "#/components/schemas/traceContext"}, "payload": schema}
    if record == "dead-letter":
        payload = {"description": "The bytes of the article as they came in."}
        return {"contentType": "application/octet-stream", "headers": schema, "payload": payload}
    fixed = {"ce_type": {"const": event_type(record)}, "ce_dataschema": {"const": schema_uri(record)}}
    shared = [{"$ref": f"#/components/schemas/{name}"} for name in ("cloudEvent", "traceContext")]
    headers = {"allOf": [*shared, {"type": "object", "properties": fixed}]}
    return {"headers": headers, "payload": schema}


_TRACE_CONTEXT: Document = {
    "type": "object",
    "description": "W3C trace context, passed on from the article to all that it becomes.",
    "properties": {
        "traceparent": {"type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"},
        "tracestate": {"type": "string"},
    },
}
_CLOUD_EVENT: Document = {
    "description": "CloudEvents 1.0 in binary mode.",
    "type": "object",
    "required": [
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_time",
        "ce_subject",
        "ce_dataschema",
        "content-type",
    ],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "minLength": 1, "description": "The same again when the article is replayed."},
        "ce_source": {"type": "string", "format": "uri-reference"},
        "ce_type": {"type": "string"},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_subject": {"type": "string"},
        "ce_dataschema": {"type": "string", "format": "uri"},
        "content-type": {"type": "string", "const": "application/json"},
    },
}
