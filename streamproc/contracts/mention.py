"""How often one article mentions one actor."""

from __future__ import annotations

from pydantic import Field

from streamproc.contracts.base import SCHEMA_VERSION, Record
from streamproc.contracts.entity import ActorKind, MentionForm


class Mention(Record):
    """All mentions of a named actor in an article (topic `mentions`, key `actor_id`)."""

    schema_version: str = SCHEMA_VERSION
    mention_id: str
    """Hash of article and actor."""
    actor_id: str
    name: str
    kind: ActorKind
    article_id: str
    published: str | None
    """Partial date of the article."""
    language: str
    source: str | None
    count: int = Field(ge=1)
    """Mentions in the article, the sum of `by_form`."""
    by_form: dict[MentionForm, int]
    events_as_source: int = Field(ge=0)
    events_as_target: int = Field(ge=0)
