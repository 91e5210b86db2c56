"""The article that the analysis works on."""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.contracts import Published


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """A decoded article: text in NFC without markup or control characters, language known."""

    article_id: str
    text: str
    language: str
    """ISO 639-1 code (`nl`)."""
    language_confidence: float
    """1.0 where the sender gave the language."""
    url: str | None = None
    source: str | None = None
    title: str | None = None
    published: Published | None = None
