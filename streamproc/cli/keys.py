"""The Kafka key of an article: its article id, so that all copies of it land in one partition.

A record with another key is no mistake: the worker sends it on to where it belongs, which costs a round trip.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from streamproc import languages
from streamproc.errors import Rejection, RejectionCode
from streamproc.settings import Settings
from streamproc.text import Limits
from streamproc.text.decode import decode
from streamproc.text.unicode import clean_line

_MALFORMED = frozenset({RejectionCode.JSON_INVALID, RejectionCode.JSON_NOT_AN_OBJECT})
_MAX_ID = 256


@dataclass(frozen=True, slots=True)
class Keyed:
    """A payload with its key."""

    value: bytes
    key: bytes | None
    """None where the article cannot be read: it will be a dead letter."""
    malformed: bool
    """Whether it is no JSON object although it looks like JSON."""


class Keys:
    """Tells the key of payloads as the worker will; some 20,000 a second where they have an `id`, else 1,000."""

    def __init__(self, settings: Settings) -> None:
        self._limits = limits_of(settings)
        self._languages = frozenset(languages.supported())

    def keyed(self, value: bytes) -> Keyed:
        """`value` with the key that the worker would give it."""
        identity = _given_id(value)
        if identity:
            return Keyed(value, identity.encode("utf-8", "replace"), malformed=False)
        article = decode(value, self._limits, languages=self._languages)
        if isinstance(article, Rejection):
            return Keyed(value, None, malformed=article.code in _MALFORMED)
        return Keyed(value, article.article_id.encode(), malformed=False)


def _given_id(value: bytes) -> str | None:
    """The `id` of a JSON object, where it has one that will be taken."""
    if not value.startswith(b"{"):
        return None
    try:
        given = orjson.loads(value).get("id")
    except orjson.JSONDecodeError:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        return None
    identity = str(given)
    return clean_line(identity) if len(identity) <= _MAX_ID else None


def limits_of(settings: Settings) -> Limits:
    """The limits of an article by the settings, as the worker has them."""
    return Limits(settings.max_payload_bytes, settings.max_characters, settings.max_sentences)
