"""What is on the wire: one module a record, pydantic models that round-trip through JSON.

Comes in: annotations. Goes out: JSON bytes and Kafka headers, as the schemas in ``schemas/`` say.
Names are fixed: fields may be added, never renamed or dropped without a new major `SCHEMA_VERSION`.
"""

from streamproc.contracts.actor_count import ActorCount
from streamproc.contracts.article import Article
from streamproc.contracts.base import SCHEMA_VERSION, Record, Span
from streamproc.contracts.dead_letter import DeadLetterHeaders
from streamproc.contracts.enriched import EnrichedArticle, Pipeline
from streamproc.contracts.entity import ActorKind, Entity, EntityMention, MentionForm, Role
from streamproc.contracts.event import (
    ActorRef,
    ArticleRef,
    Event,
    EventDate,
    EventPlace,
    EventSentence,
    EventType,
    Modality,
    Polarity,
)
from streamproc.contracts.mention import Mention
from streamproc.contracts.published import DatePrecision, Published
from streamproc.contracts.timex import Timex, TimexModifier, TimexPrecision, TimexType

__all__ = [
    "SCHEMA_VERSION",
    "ActorCount",
    "ActorKind",
    "ActorRef",
    "Article",
    "ArticleRef",
    "DatePrecision",
    "DeadLetterHeaders",
    "EnrichedArticle",
    "Entity",
    "EntityMention",
    "Event",
    "EventDate",
    "EventPlace",
    "EventSentence",
    "EventType",
    "Mention",
    "MentionForm",
    "Modality",
    "Pipeline",
    "Polarity",
    "Published",
    "Record",
    "Role",
    "Span",
    "Timex",
    "TimexModifier",
    "TimexPrecision",
    "TimexType",
]
