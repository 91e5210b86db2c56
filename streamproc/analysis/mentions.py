"""An enriched article in, one `Mention` for each of its named actors out. Nothing fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from streamproc.contracts import ActorRef, EnrichedArticle, Entity, Event, Mention
from streamproc.contracts.ids import mention_id


def mentions_of(enriched: EnrichedArticle) -> list[Mention]:
    """How often `enriched` mentions each named actor, sorted by `actor_id`."""
    as_source = _events_by_actor(enriched, lambda event: event.sources)
    as_target = _events_by_actor(enriched, lambda event: event.targets)
    named = sorted((entity for entity in enriched.entities if entity.named), key=lambda entity: entity.actor_id)
    return [_mention(enriched, entity, as_source[entity.actor_id], as_target[entity.actor_id]) for entity in named]


def _mention(enriched: EnrichedArticle, entity: Entity, as_source: int, as_target: int) -> Mention:
    counts = Counter(mention.form for mention in entity.mentions)
    return Mention(
        mention_id=mention_id(enriched.article_id, entity.actor_id),
        actor_id=entity.actor_id,
        name=entity.name,
        kind=entity.kind,
        article_id=enriched.article_id,
        published=enriched.published.value if enriched.published else None,
        language=enriched.language,
        source=enriched.source,
        count=len(entity.mentions),
        by_form=dict(sorted(counts.items())),
        events_as_source=as_source,
        events_as_target=as_target,
    )


def _events_by_actor(enriched: EnrichedArticle, side: Callable[[Event], list[ActorRef]]) -> Counter[str]:
    """Number of events that have the actor on `side`, however often an event repeats it."""
    return Counter(
        actor for event in enriched.events for actor in dict.fromkeys(reference.actor_id for reference in side(event))
    )
