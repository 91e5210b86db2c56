"""The AsyncAPI document is whole: what AsyncAPI 3.0 requires is there, and every reference leads somewhere."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from streamproc.contracts import DeadLetterHeaders
from streamproc.contracts.asyncapi import asyncapi
from streamproc.contracts.headers import cloud_event
from streamproc.errors import RejectionCode, Stage
from streamproc.settings import Settings

SCHEMAS = Path(__file__).parents[2] / "schemas"
DOCUMENT = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text("utf-8"))
TIME = dt.datetime(2024, 5, 17, 8, 31, tzinfo=dt.UTC)
TRACE = [("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def target(reference: str) -> Any:
    """What a reference of the document leads to. `KeyError` or `OSError` where it leads nowhere."""
    file, _, pointer = reference.partition("#")
    node = json.loads((SCHEMAS / file).read_text("utf-8")) if file else DOCUMENT
    for step in filter(None, pointer.split("/")):
        node = node[step]
    return node


def resolved(node: Any) -> Any:
    """`node` with the references of the document replaced; those within a JSON Schema stay."""
    if isinstance(node, dict):
        return resolved(target(node["$ref"])) if "$ref" in node else {key: resolved(of) for key, of in node.items()}
    return [resolved(value) for value in node] if isinstance(node, list) else node


def headers_pass(record: str, headers: list[tuple[str, bytes]]) -> bool:
    message = next(message for message in DOCUMENT["components"]["messages"].values() if message["name"] == record)
    validator = Draft202012Validator(resolved(message["headers"]), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return validator.is_valid({name: value.decode() for name, value in headers})


def test_the_document_has_what_asyncapi_3_requires() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert DOCUMENT["info"].keys() >= {"title", "version"}
    assert all(server.keys() >= {"host", "protocol"} for server in DOCUMENT["servers"].values())
    known = {
        "asyncapi", "id", "info", "servers", "defaultContentType", "channels", "operations", "components"
    }  # fmt: skip
    assert DOCUMENT.keys() <= known


def test_names_of_components_are_as_the_specification_has_them() -> None:
    for part in ("messages", "schemas"):
        assert all(re.fullmatch(r"[a-zA-Z0-9.\-_]+", name) for name in DOCUMENT["components"][part])


def test_every_reference_leads_somewhere() -> None:
    found = list(references(DOCUMENT))
    assert found
    for reference in found:
        assert target(reference)


def test_references_within_the_schemas_lead_somewhere() -> None:
    for path in SCHEMAS.glob("*.schema.json"):
        for reference in references(json.loads(path.read_text("utf-8"))):
            assert target(f"{path.name}{reference}")


def test_operations_use_messages_of_their_own_channel() -> None:
    for operation in DOCUMENT["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = operation["channel"]["$ref"]
        assert re.fullmatch(r"#/channels/\w+", channel)
        assert operation["messages"]
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])


def test_every_channel_is_used() -> None:
    used = {operation["channel"]["$ref"].rpartition("/")[2] for operation in DOCUMENT["operations"].values()}
    assert used == DOCUMENT["channels"].keys()


def test_addresses_are_the_topics_with_the_default_prefix() -> None:
    prefix = Settings.model_fields["topic_prefix"].default
    names = {"articles.raw", "articles.enriched", "events", "mentions", "articles.dead-letter", "actor-counts"}
    assert {channel["address"] for channel in DOCUMENT["channels"].values()} == {prefix + name for name in names}


def test_another_prefix_changes_the_addresses_only() -> None:
    text, other = (yaml.safe_dump(asyncapi(prefix)) for prefix in ("news.", "other."))
    assert text.replace("news.", "other.") == other


def test_actor_counts_alone_are_compacted() -> None:
    policy_by_address = {
        channel["address"]: channel["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"]
        for channel in DOCUMENT["channels"].values()
    }
    compacted = [address for address, policy in policy_by_address.items() if policy == ["compact"]]
    assert compacted == ["news.actor-counts"]


def test_every_message_tells_its_key() -> None:
    for message in DOCUMENT["components"]["messages"].values():
        assert message["bindings"]["kafka"]["key"]["description"]


@pytest.mark.parametrize("record", ["enriched-article", "event", "mention", "actor-count"])
def test_headers_of_outputs_are_as_declared(record: str) -> None:
    headers = cloud_event(record, event_id="1", subject="a", source="/streamproc/enrich", time=TIME, trace=TRACE)
    assert headers_pass(record, headers)
    for name, _ in headers[:-1]:
        assert not headers_pass(record, [header for header in headers if header[0] != name])


def test_headers_of_one_record_are_not_those_of_another() -> None:
    headers = cloud_event("event", event_id="1", subject="a", source="/streamproc/enrich", time=TIME)
    assert not headers_pass("mention", headers)


def test_headers_of_dead_letters_are_as_declared() -> None:
    why = DeadLetterHeaders(
        stage=Stage.DECODE,
        code=RejectionCode.JSON_INVALID,
        message="JSON: unexpected end of data at line 1",
        topic="news.articles.raw",
        partition=0,
        offset=7,
        attempts=1,
        first_seen=TIME,
    )
    assert headers_pass("dead-letter", why.to_headers())
    assert not headers_pass("dead-letter", why.to_headers()[1:])
