"""Ids that a replay gives again: hashes of what they name.

128 bits of SHA-256 in hexadecimal: a billion articles collide with a probability below 1e-20.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Letters that NFKD does not take apart, in the usual Latin transliteration.
_TRANSLITERATION = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


def _digest(*parts: str) -> str:
    # Length-prefixed, so that no two lists of parts give the same bytes.
    payload = b"".join(b"%d:%s" % (len(data), data) for data in (part.encode() for part in parts))
    return hashlib.sha256(payload).hexdigest()[:32]


def article_id(text: str) -> str:
    """Id of an article whose sender gave none: texts that differ in white space only have the same."""
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return _digest("article", " ".join(composed.split()))


def event_id(article: str, event_type: str, triggers: list[tuple[int, int]], sentence: tuple[int, int]) -> str:
    """Id of an event from its article id, type, trigger spans and sentence span."""
    spans = ",".join(f"{start}-{end}" for start, end in sorted(triggers))
    return _digest("event", article, event_type, spans, f"{sentence[0]}-{sentence[1]}")


def mention_id(article: str, actor: str) -> str:
    """Id of the mentions of `actor` (an actor_id) in `article` (an article_id)."""
    return _digest("mention", article, actor)


def slug(name: str) -> str:
    """`name` in lower-case ASCII with hyphens; a hash where nothing of it is Latin.

    >>> slug("Nicolás Maduro"), slug("Björn Söder-Løkke")
    ('nicolas-maduro', 'bjorn-soder-lokke')
    """
    taken_apart = unicodedata.normalize("NFKD", name.casefold().translate(_TRANSLITERATION))
    folded = "".join(character for character in taken_apart if not unicodedata.combining(character))
    return _NOT_SLUG.sub("-", folded).strip("-") or _digest("slug", name)[:12]
