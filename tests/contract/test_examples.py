"""The examples in `schemas/examples`: the valid ones pass schema and model, the invalid ones fail where they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from streamproc.contracts import Article, DeadLetterHeaders, EnrichedArticle, Event, Mention, Record, ids
from streamproc.contracts.schema import INPUT, MODEL_BY_RECORD, record_schema
from streamproc.errors import Rejection
from streamproc.text.json_article import read_object

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples"
VALID = sorted(EXAMPLES.glob("*/valid/*.json"))
INVALID = sorted(EXAMPLES.glob("*/invalid/*.json"))


def name_of(path: Path) -> str:
    return f"{path.parts[-3]}-{path.stem}"


def passes_schema(record: str, value: Any) -> bool:
    validator = Draft202012Validator(record_schema(record), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return validator.is_valid(value)


def read(record: str, value: Any) -> Record | None:
    """The model of `value` as its readers make it; None where it is refused."""
    try:
        if record == INPUT:
            article = read_object(json.dumps(value))
            return None if isinstance(article, Rejection) else article
        if record == "dead-letter":
            return DeadLetterHeaders.from_headers((name, text.encode()) for name, text in value.items())
        return MODEL_BY_RECORD[record].from_json(json.dumps(value).encode())
    except ValidationError:
        return None


def written(model: Record) -> Any:
    """What `model` is on the wire, as JSON."""
    if isinstance(model, DeadLetterHeaders):
        return {name: value.decode() for name, value in model.to_headers()}
    return json.loads(model.to_json())


@pytest.mark.parametrize("record", MODEL_BY_RECORD)
def test_every_record_has_valid_and_invalid_examples(record: str) -> None:
    assert sum(path.parts[-3] == record for path in VALID) >= 2
    assert sum(path.parts[-3] == record for path in INVALID) >= 4


def test_no_example_is_of_an_unknown_record() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == MODEL_BY_RECORD.keys()


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_valid_examples_pass_schema_and_model(path: Path) -> None:
    record, value = path.parts[-3], json.loads(path.read_text("utf-8"))
    assert passes_schema(record, value)
    assert read(record, value) is not None


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_invalid_examples_are_refused_by_what_they_name(path: Path) -> None:
    record, example = path.parts[-3], json.loads(path.read_text("utf-8"))
    assert example["because"].endswith(".")
    refused_by = {
        "model": read(record, example["record"]) is None,
        "schema": not passes_schema(record, example["record"]),
    }
    assert [name for name, refused in refused_by.items() if refused] == example["refused_by"] != []


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_valid_examples_round_trip_through_their_model(path: Path) -> None:
    record, value = path.parts[-3], json.loads(path.read_text("utf-8"))
    model = read(record, value)
    assert model is not None
    again = written(model)
    assert passes_schema(record, again)
    assert read(record, again) == model
    if record not in (INPUT, "dead-letter"):
        assert again == value
        assert list(again) == list(value)


def test_a_number_as_id_and_the_short_name_of_the_language_are_read() -> None:
    example = json.loads((EXAMPLES / "article/valid/number-as-id-and-lang.json").read_text("utf-8"))
    article = read(INPUT, example)
    assert isinstance(article, Article)
    assert (article.id, article.language) == ("480213", "nl-BE")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """All spans within `value` that repeat their text."""
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("enriched-article/valid/*.json")), ids=name_of)
def test_offsets_of_examples_are_code_points_into_their_text(path: Path) -> None:
    example = json.loads(path.read_text("utf-8"))
    text = example["text"]
    annotations = [example[name] for name in ("entities", "dates", "events")]
    assert [span for span in spans(annotations) if text[span["start"] : span["end"]] != span["text"]] == []
    assert all(0 <= span["start"] < span["end"] <= len(text) for span in example["sentences"])


def event_examples() -> list[Event]:
    alone = [Event.from_json(path.read_bytes()) for path in sorted(EXAMPLES.glob("event/valid/*.json"))]
    articles = [EnrichedArticle.from_json(path.read_bytes()) for path in EXAMPLES.glob("enriched-article/valid/*.json")]
    return alone + [event for article in articles for event in article.events]


@pytest.mark.parametrize("event", event_examples(), ids=lambda event: event.event_id[:8])
def test_event_examples_have_the_ids_that_a_replay_gives(event: Event) -> None:
    triggers = [(trigger.start, trigger.end) for trigger in event.trigger]
    sentence = (event.sentence.start, event.sentence.end)
    assert event.event_id == ids.event_id(event.article.article_id, event.type, triggers, sentence)
    assert event.targets == [] or not event.reciprocal


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("mention/valid/*.json")), ids=name_of)
def test_mention_examples_have_the_ids_that_a_replay_gives(path: Path) -> None:
    mention = Mention.from_json(path.read_bytes())
    assert mention.mention_id == ids.mention_id(mention.article_id, mention.actor_id)
    assert mention.count == sum(mention.by_form.values())
