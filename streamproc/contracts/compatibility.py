"""What a minor version may not do to a schema.

Comes in: the JSON Schema of a release and that of now. Goes out: a line for each change that breaks somebody.
A schema with keywords that are not understood here raises `NotImplementedError`: nothing passes unseen.

An *input* must go on to take what it took; an *output* must go on to be what its readers were told:

| change                                                  | input   | output  |
| ------------------------------------------------------- | ------- | ------- |
| a field is removed or renamed                           | refused | refused |
| a field is added                                        | allowed | allowed |
| a field becomes required                                | refused | allowed |
| a field that was required may be missing                | allowed | refused |
| a type more (null is one)                               | allowed | refused |
| a type less                                             | refused | allowed |
| another type                                            | refused | refused |
| a value of an enumeration less                          | refused | refused: who looks for it finds nothing |
| a value of an enumeration more                          | allowed | refused: who validates would stop |
| a value of `x-extensible-enum`, an open list, less      | refused | refused |
| a value of `x-extensible-enum` more                     | allowed | allowed |
| a bound, pattern or format that is stricter             | refused | allowed |
| a bound, pattern or format that is looser               | allowed | refused |
| fields that the schema does not name, no longer allowed | refused | allowed |

So the question is mostly whether each value of one schema is a value of the other: for an input the old one's of the
new, for an output the new one's of the old.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

Schema = dict[str, Any]

_UPPER_BOUNDS = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
_LOWER_BOUNDS = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
_EXACT = frozenset({"pattern", "format"})
_VALUES = ("enum", "x-extensible-enum")
_STRUCTURE = {"type", "anyOf", "const", "properties", "required", "additionalProperties", "propertyNames", "items"}
_ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description", "default", "examples"}
_UNDERSTOOD = _UPPER_BOUNDS | _LOWER_BOUNDS | _EXACT | {*_VALUES} | _STRUCTURE | _ANNOTATIONS


class Direction(StrEnum):
    """Who writes the record: others, or we."""

    INPUT = "input"
    OUTPUT = "output"


def incompatibilities(old: Schema, new: Schema, *, direction: Direction) -> list[str]:
    """A line for each change from `old` to `new` that needs a new major version; empty if there is none."""
    old, new = _resolved(old, old), _resolved(new, new)
    now = set(_inventory(new, ""))
    lines = [f"{path or 'record'}: {what} was removed" for path, what in _inventory(old, "") if (path, what) not in now]
    if direction is Direction.INPUT:
        lines += [f"{problem} is no longer accepted" for problem in _beyond(old, new, "")]
    else:
        lines += [f"{problem} is new to readers" for problem in _beyond(new, old, "")]
    return list(dict.fromkeys(lines))


def _resolved(schema: Any, root: Schema) -> Any:
    """`schema` with each reference replaced by what it refers to."""
    if isinstance(schema, list):
        return [_resolved(item, root) for item in schema]
    if not isinstance(schema, dict):
        return schema
    target: Any = {}
    if "$ref" in schema:
        target = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
    merged = {**target, **{key: value for key, value in schema.items() if key not in ("$ref", "$defs")}}
    return {key: _resolved(value, root) for key, value in merged.items()}


def _alternatives(schema: Schema) -> list[Schema]:
    """`schema` as a choice of schemas that have no `anyOf` and one type at most."""
    unknown = schema.keys() - _UNDERSTOOD
    if unknown:
        raise NotImplementedError(f"compatibility of the keyword {min(unknown)!r}")
    base = {key: value for key, value in schema.items() if key not in _ANNOTATIONS | {"anyOf", "const"}}
    if "const" in schema:
        base["enum"] = [schema["const"]]
    branches = schema.get("anyOf")
    choices = [{}] if branches is None else [choice for branch in branches for choice in _alternatives(branch)]
    return [both for choice in choices if (both := _both(base, choice)) is not None]


def _both(one: Schema, other: Schema) -> Schema | None:
    """What satisfies both; None where nothing does."""
    both = {**one, **other}
    for key in one.keys() & other.keys():
        if key == "required":
            both[key] = [*one[key], *other[key]]
        elif key == "properties":
            both[key] = {**one[key], **{name: _narrowed(one[key].get(name), of) for name, of in other[key].items()}}
        elif one[key] != other[key]:
            if key != "type":
                raise NotImplementedError(f"compatibility of two different {key!r}")
            return None
    return both


def _narrowed(one: Schema | None, other: Schema) -> Schema:
    if one is None:
        return other
    pairs = [_both(left, right) for left in _alternatives(one) for right in _alternatives(other)]
    return {"anyOf": [pair for pair in pairs if pair is not None]}


def _inventory(schema: Schema, path: str) -> Iterator[tuple[str, str]]:
    """All that a reader can look for: fields, and values of enumerations, each with its path."""
    for alternative in _alternatives(schema):
        for key in _VALUES:
            yield from ((path, f"value {value!r}") for value in alternative.get(key, ()))
        for name, field in alternative.get("properties", {}).items():
            yield path, f"field {name!r}"
            yield from _inventory(field, _joined(path, name))
        for part, key in ((f"{path}[]", "items"), (f"{path}{{}}", "additionalProperties"), (path, "propertyNames")):
            if isinstance(alternative.get(key), dict):
                yield from _inventory(alternative[key], part)


def _beyond(inner: Schema, outer: Schema, path: str) -> Iterator[str]:
    """What `inner` allows and `outer` does not."""
    outers = _alternatives(outer)
    for alternative in _alternatives(inner):
        candidates = [other for other in outers if _takes_type(other, alternative)]
        if candidates:
            yield from min((list(_beyond_alternative(alternative, other, path)) for other in candidates), key=len)
        else:
            yield f"{path or 'record'}: type {alternative.get('type', 'any')}"


def _takes_type(outer: Schema, inner: Schema) -> bool:
    wanted, given = outer.get("type"), inner.get("type")
    return wanted in (None, given) or (wanted == "number" and given == "integer")


def _beyond_alternative(inner: Schema, outer: Schema, path: str) -> Iterator[str]:
    here = path or "record"
    if "enum" in outer:
        extra = [value for value in inner["enum"] if value not in outer["enum"]] if "enum" in inner else None
        yield from (f"{here}: value {value!r}" for value in extra or ())
        if extra is None:
            yield f"{here}: a value out of the enumeration"
    for key in sorted(outer.keys() & (_UPPER_BOUNDS | _LOWER_BOUNDS)):
        is_upper = key in _UPPER_BOUNDS
        bound = inner.get(key, math.inf if is_upper else -math.inf)
        if bound > outer[key] if is_upper else bound < outer[key]:
            yield f"{here}: {key} beyond {outer[key]}"
    yield from (
        f"{here}: {key} other than {outer[key]!r}"
        for key in sorted(_EXACT & outer.keys())
        if inner.get(key) != outer[key]
    )
    yield from _beyond_object(inner, outer, path)
    if "items" in outer:
        yield from _beyond(inner.get("items", {}), outer["items"], f"{path}[]")


def _beyond_object(inner: Schema, outer: Schema, path: str) -> Iterator[str]:
    here = path or "record"
    may_be_missing = [name for name in outer.get("required", ()) if name not in inner.get("required", ())]
    yield from (f"{_joined(path, name)}: its absence" for name in may_be_missing)
    rest = outer.get("additionalProperties", True)
    for name, field in inner.get("properties", {}).items():
        if name in outer.get("properties", {}):
            yield from _beyond(field, outer["properties"][name], _joined(path, name))
        elif rest is False:
            yield f"{_joined(path, name)}: its presence"
    if rest is False and inner.get("additionalProperties", True) is not False and outer.get("type") == "object":
        yield f"{here}: a field that is not named"
    if isinstance(rest, dict):
        inner_rest = inner.get("additionalProperties", {})
        yield from _beyond(inner_rest if isinstance(inner_rest, dict) else {}, rest, f"{path}{{}}")
    if "propertyNames" in outer:
        yield from _beyond(inner.get("propertyNames", {}), outer["propertyNames"], path)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
