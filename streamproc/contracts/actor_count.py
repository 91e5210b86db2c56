"""How often an actor is mentioned over all articles."""

from __future__ import annotations

from pydantic import Field

from streamproc.contracts.base import SCHEMA_VERSION, Record
from streamproc.contracts.entity import ActorKind, MentionForm


class ActorCount(Record):
    """State of the table `actor_counts` for one actor (topic `actor-counts`, compacted, key `actor_id`)."""

    schema_version: str = SCHEMA_VERSION
    actor_id: str
    name: str
    kind: ActorKind
    mentions: int = Field(ge=0)
    by_form: dict[MentionForm, int]
    articles: int = Field(ge=0)
    events_as_source: int = Field(ge=0)
    events_as_target: int = Field(ge=0)
    by_day: dict[str, int]
    """Mentions by publication date, as precise as the article has it (`2019-03-02`, `2019-03`), or `unknown`."""
    first_seen: str | None
    last_seen: str | None
    """Smallest and largest key of `by_day`, `unknown` left out; null where no article had a date."""
