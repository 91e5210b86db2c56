"""One event once: later tellings of an event in an article are dropped.

Comes in: the events of an article in order. Goes out: those that tell of something new.
"""

from __future__ import annotations

from streamproc.contracts.event import ActorRef, Event, EventDate


def _ids(refs: list[ActorRef]) -> frozenset[str]:
    return frozenset(ref.actor_id for ref in refs)


def _fits(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _compatible(one: EventDate | None, other: EventDate | None) -> bool:
    if one is None or other is None or one.value == other.value:
        return True
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def same_event(one: Event, other: Event) -> bool:
    """Whether `other` tells again of `one`: same type, the same parties as far as both are told, no other date."""
    if one.type is not other.type or one.polarity is not other.polarity or not _compatible(one.date, other.date):
        return False
    if one.reciprocal or other.reciprocal:
        mine, theirs = _ids(one.sources) | _ids(one.targets), _ids(other.sources) | _ids(other.targets)
        return len(mine & theirs) >= min(2, len(theirs))
    sources, targets = _ids(other.sources), _ids(other.targets)
    if not sources and not targets:
        return False
    return bool(sources & _ids(one.sources)) == bool(sources) and (
        _ids(one.targets) >= targets if targets else one.sentence.index == other.sentence.index
    )


def merge(events: list[Event]) -> list[Event]:
    """The events without further tellings of earlier ones."""
    kept: list[Event] = []
    for event in events:
        if not any(same_event(earlier, event) for earlier in kept):
            kept.append(event)
    return kept
