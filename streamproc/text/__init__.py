"""Hostile bytes to clean, bounded text.

Comes in: the value of a Kafka record. Goes out: a `CleanArticle`, or the `Rejection` that says why not.
Nothing here raises for anything that an article may hold.
"""

from streamproc.text.article import CleanArticle
from streamproc.text.limits import Limits

__all__ = ["CleanArticle", "Limits"]
