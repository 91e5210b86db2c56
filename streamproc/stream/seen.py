"""Which articles have been dealt with, so that a second copy changes nothing.

A value of the table says how an article ended: enriched, or rejected at its n-th attempt. A copy of a rejected article
is dealt with again only when it was redriven, which counts its attempts up.
"""

from __future__ import annotations

ENRICHED = b"enriched"
_REJECTED = b"rejected:"


def rejected(attempt: int) -> bytes:
    """The value of an article that was rejected at this attempt, from 1."""
    return _REJECTED + b"%d" % attempt


def is_done(value: bytes | None, attempt: int) -> bool:
    """Whether an article whose value is `value` needs nothing more at this attempt, from 1."""
    if value is None:
        return False
    if value.startswith(_REJECTED):
        return attempt <= int(value.removeprefix(_REJECTED))
    return True
