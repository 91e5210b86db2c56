r"""JSON to the contract `Article`.

Comes in: a document without white space around it. Goes out: an `Article`, or the `Rejection` that names the mistake
and its place.

JSON is taken strictly, as RFC 8259 has it (no NaN, no comments, nesting up to 1,024 levels, numbers that a double
can hold), with one exception: the escape of a lone surrogate (`\ud83d` without its second half, as cutting a
string in UTF-16 leaves behind) is dropped. Of a key that occurs twice the last value holds. Fields that the contract
does not have are ignored; blank strings are taken as missing, except that a blank `text` stays, so that it can be
told from a missing one.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from pydantic import ValidationError

from streamproc.contracts import Article
from streamproc.errors import Rejection, RejectionCode, Stage

# Escapes one by one, so that the second half of `\\ud800` (a backslash, then plain text) is not taken for one.
_ESCAPE = re.compile(
    r"\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def read_object(document: str) -> Article | Rejection:
    """The article that `document`, which starts with `{`, holds; else `JSON_INVALID` or `FIELD_INVALID`."""
    try:
        fields = _loads(document)
    except orjson.JSONDecodeError as error:
        message = f"JSON: {error.msg} at line {error.lineno}, column {error.colno} (character {error.pos})"
        return Rejection(Stage.DECODE, RejectionCode.JSON_INVALID, message)
    try:
        return Article.model_validate(_given(fields))
    except ValidationError as error:
        return Rejection(Stage.DECODE, RejectionCode.FIELD_INVALID, _mistakes(error))


def is_array(document: str) -> bool:
    """Whether `document` is a JSON array; "[ANP] De premier" is none."""
    try:
        return isinstance(_loads(document), list)
    except orjson.JSONDecodeError:
        return False


def read_string(document: str) -> str | None:
    """The string that `document` is in JSON; None where it is not one, such as prose that starts with a quotation."""
    try:
        value = _loads(document)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, str) else None


def _loads(document: str) -> Any:
    try:
        return orjson.loads(document)
    except orjson.JSONDecodeError:
        repaired = _ESCAPE.sub(_without_lone_surrogate, document)
        if repaired == document:
            raise
        return orjson.loads(repaired)


def _without_lone_surrogate(escape: re.Match[str]) -> str:
    return "" if escape[2] else escape[0]


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something: of `{"language": "", "lang": "nl"}` only the second does."""
    given = {key: value for key, value in fields.items() if key == "text" or not _is_blank(value)}
    identifier = given.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        given["id"] = str(identifier)
    return given


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _mistakes(error: ValidationError) -> str:
    """One phrase a field: a union of types reports each of its members, of which the first will do."""
    message_by_field: dict[str, str] = {}
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        message_by_field.setdefault(str(item["loc"][0]), item["msg"])
    return "; ".join(f"{field}: {message}" for field, message in message_by_field.items())
