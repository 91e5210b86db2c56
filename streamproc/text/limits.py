"""How large an article may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one article; beyond them it is rejected, never cut."""

    max_payload_bytes: int = 2 * 1024 * 1024
    max_characters: int = 200_000
    max_sentences: int = 4_000
