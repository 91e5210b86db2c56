"""Each rule of `streamproc.contracts.compatibility` refuses; and what is released still holds."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from streamproc.contracts.compatibility import Direction, incompatibilities
from streamproc.contracts.schema import INPUT, MODEL_BY_RECORD, record_schema

RELEASED = Path(__file__).parents[2] / "schemas" / "released" / "1.0"
IN, OUT = Direction.INPUT, Direction.OUTPUT

BASE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "maxLength": 10},
        "kind": {"$ref": "#/$defs/Kind"},
        "code": {"type": "string", "x-extensible-enum": ["a", "b"]},
        "source": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "when": {"type": "string", "format": "date", "pattern": "^2"},
        "spans": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Span"}},
        "by_kind": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/Kind"},
            "additionalProperties": {"type": "integer"},
        },
    },
    "required": ["id", "kind"],
    "$defs": {
        "Kind": {"type": "string", "enum": ["person", "country"]},
        "Span": {"type": "object", "properties": {"start": {"type": "integer"}}, "required": ["start"]},
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """`BASE` with `value` at `path`, or without what is there where `value` is None."""
    schema = copy.deepcopy(BASE)
    *steps, last = path.split("/")
    node = schema
    for step in steps:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return schema


ALLOWED = None
RULES = [
    ("a field removed", "properties/source", None, "field 'source' was removed", "field 'source' was removed"),
    ("a field of an item removed", "$defs/Span/properties", {}, "field 'start' was removed", "'start' was removed"),
    ("a field added", "properties/new", {"type": "string"}, ALLOWED, ALLOWED),
    ("a field required", "required", ["id", "kind", "source"], "source: its absence is no longer accepted", ALLOWED),
    ("a field not required", "required", ["id"], ALLOWED, "kind: its absence is new to readers"),
    (
        "a type more",
        "properties/id",
        {"anyOf": [{"type": "string", "maxLength": 10}, {"type": "integer"}]},
        ALLOWED,
        "id: type integer is new to readers",
    ),
    ("null less", "properties/source", {"type": "string"}, "source: type null is no longer accepted", ALLOWED),
    (
        "another type",
        "properties/source",
        {"type": "boolean"},
        "source: type string is no",
        "source: type boolean is new",
    ),
    (
        "a number that was whole",
        "$defs/Span/properties/start",
        {"type": "number"},
        ALLOWED,
        "spans[].start: type number",
    ),
    ("a whole number", "properties/score/type", "integer", "score: type number is no longer accepted", ALLOWED),
    (
        "a value removed",
        "$defs/Kind/enum",
        ["person"],
        "kind: value 'country' was removed",
        "value 'country' was removed",
    ),
    ("a value added", "$defs/Kind/enum", ["person", "country", "ipo"], ALLOWED, "kind: value 'ipo' is new to readers"),
    ("a value renamed", "$defs/Kind/enum", ["person", "state"], "value 'country' is no longer", "value 'state' is new"),
    (
        "no enumeration",
        "$defs/Kind",
        {"type": "string"},
        "'person' was removed",
        "kind: a value out of the enumeration is",
    ),
    ("an open value removed", "properties/code/x-extensible-enum", ["a"], "value 'b' was removed", "'b' was removed"),
    ("an open value added", "properties/code/x-extensible-enum", ["a", "b", "c"], ALLOWED, ALLOWED),
    ("a shorter length", "properties/id/maxLength", 5, "id: maxLength beyond 5 is no longer accepted", ALLOWED),
    ("a longer length", "properties/id/maxLength", 50, ALLOWED, "id: maxLength beyond 10 is new to readers"),
    ("no length", "properties/id/maxLength", None, ALLOWED, "id: maxLength beyond 10 is new to readers"),
    ("a higher minimum", "properties/score/minimum", 0.5, "score: minimum beyond 0.5 is no longer accepted", ALLOWED),
    ("a lower minimum", "properties/score/minimum", -1, ALLOWED, "score: minimum beyond 0 is new to readers"),
    ("fewer items", "properties/spans/minItems", 0, ALLOWED, "spans: minItems beyond 1 is new to readers"),
    (
        "a new pattern",
        "properties/code/pattern",
        "^.$",
        "code: pattern other than '^.$' is no longer accepted",
        ALLOWED,
    ),
    (
        "another pattern",
        "properties/when/pattern",
        "^1",
        "pattern other than '^1' is no",
        "pattern other than '^2' is new",
    ),
    ("no format", "properties/when/format", None, ALLOWED, "when: format other than 'date' is new to readers"),
    ("closed", "additionalProperties", False, "record: a field that is not named is no longer accepted", ALLOWED),
    (
        "another item",
        "properties/spans/items",
        {"type": "string"},
        "spans[]: type object is no",
        "spans[]: type string is",
    ),
    (
        "another value of a map",
        "properties/by_kind/additionalProperties",
        {"type": "string"},
        "by_kind{}: type integer is no longer accepted",
        "by_kind{}: type string is new to readers",
    ),
    (
        "a key of a map more",
        "properties/by_kind/propertyNames",
        {"type": "string"},
        "'person' was removed",
        "by_kind: a value",
    ),
    ("another description", "description", "Something else.", ALLOWED, ALLOWED),
]


@pytest.mark.parametrize(
    ("path", "value", "as_input", "as_output"), [rule[1:] for rule in RULES], ids=[r[0] for r in RULES]
)
def test_a_change_is_judged_by_its_rule(path: str, value: Any, as_input: str | None, as_output: str | None) -> None:
    for direction, expected in ((IN, as_input), (OUT, as_output)):
        found = incompatibilities(BASE, changed(path, value), direction=direction)
        if expected is ALLOWED:
            assert found == []
        else:
            assert any(expected in line for line in found), found


@pytest.mark.parametrize("direction", Direction)
def test_no_change_is_compatible(direction: Direction) -> None:
    assert incompatibilities(BASE, copy.deepcopy(BASE), direction=direction) == []


def test_a_choice_that_demands_more_is_refused_of_an_input() -> None:
    old = {"type": "object", "anyOf": [{"required": ["text"]}, {"required": ["html"]}]}
    new = {"type": "object", "anyOf": [{"required": ["text"]}]}
    assert incompatibilities(old, new, direction=IN) == ["text: its absence is no longer accepted"]
    assert incompatibilities(new, old, direction=IN) == []


@pytest.mark.parametrize("keyword", ["not", "oneOf", "patternProperties", "if"])
def test_keywords_that_are_not_understood_do_not_pass_unseen(keyword: str) -> None:
    with pytest.raises(NotImplementedError, match=keyword):
        incompatibilities(BASE, changed(f"properties/id/{keyword}", {}), direction=IN)


@pytest.mark.parametrize("record", MODEL_BY_RECORD)
def test_what_is_released_still_holds(record: str) -> None:
    released = json.loads((RELEASED / f"{record}.schema.json").read_text("utf-8"))
    direction = IN if record == INPUT else OUT
    assert incompatibilities(released, record_schema(record), direction=direction) == []


def test_every_released_record_still_exists() -> None:
    released = {path.name.removesuffix(".schema.json") for path in RELEASED.glob("*.schema.json")}
    assert released
    assert released <= MODEL_BY_RECORD.keys()
