"""Which of the known bearers of a name is meant: Charles or Louis Michel, the first or the second president Bush.

Comes in: the bearers, the name with the words before it, the other actors of the article, and its date. Goes out: the
bearer whom the evidence tells, or nobody. Nothing fails. Evidence, the stronger first: an office that the words before
the name tell, held at the date; the same, held at another time; the nationality that they tell; a country or body of
the bearer that the article names; how near to the date the bearer was in office.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from streamproc.analysis.actors.name import Name
from streamproc.contracts import Published
from streamproc.knowledge import KnownActor, Office

_NEAR_DAYS = 365
_REACH_DAYS = 3650
"""The date alone tells nothing where the best was in office longer ago, or will be."""
_FAR_DAYS = 40_000
"""Of who never held an office, or where the article has no date."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the article says that is no part of the name."""

    actor_ids: frozenset[str]
    """Countries and bodies that it names."""
    published: Published | None
    broader_titles: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class _Evidence:
    in_office: bool
    was_in_office: bool
    nationality: bool
    named: bool
    nearness: int
    """Minus the days between the date and the bearer's nearest term."""

    @property
    def certain(self) -> bool:
        """Whether it is enough for a surname by which the bearer is not commonly known."""
        return self.in_office or (self.was_in_office and self.nationality)


def bearer(
    name: Name, commonly: Collection[KnownActor], perhaps: Collection[KnownActor], context: Context
) -> KnownActor | None:
    """The bearer of `name`: of those `commonly` known by it, and of those who have it as surname, `perhaps`."""
    common = {actor.actor_id for actor in commonly}
    by_id = {actor.actor_id: actor for actor in (*commonly, *perhaps)}
    if len(by_id) == len(common) == 1:
        return next(iter(commonly))
    evidence = {actor_id: _evidence(name, actor, context) for actor_id, actor in by_id.items()}
    fitting = [actor_id for actor_id in by_id if actor_id in common or evidence[actor_id].certain]
    fitting.sort(key=lambda actor_id: evidence[actor_id], reverse=True)
    if not fitting:
        return None
    best = fitting[0]
    return by_id[best] if all(_tells(evidence[best], evidence[other]) for other in fitting[1:]) else None


def _tells(best: _Evidence, other: _Evidence) -> bool:
    """Whether the evidence for the best bearer is clearly stronger."""
    words = (best.in_office, best.was_in_office, best.nationality, best.named)
    if words != (other.in_office, other.was_in_office, other.nationality, other.named):
        return True
    return best.nearness >= -_REACH_DAYS and best.nearness - other.nearness > _NEAR_DAYS


def _evidence(name: Name, actor: KnownActor, context: Context) -> _Evidence:
    told = [office for office in actor.offices if _is_told(office, name.titles, context.broader_titles)]
    nationality = name.country is not None and name.country == actor.country
    contradicted = name.country is not None and not nationality
    days = [_days(office, context.published) for office in actor.offices]
    return _Evidence(
        in_office=not contradicted and any(_days(office, context.published) == 0 for office in told),
        was_in_office=not contradicted and bool(told),
        nationality=nationality,
        named=_is_named(actor, context),
        nearness=-min(days, default=_FAR_DAYS),
    )


def _is_told(office: Office, titles: Collection[str], broader: dict[str, tuple[str, ...]]) -> bool:
    return any(title == office.title or title in broader.get(office.title, ()) for title in titles)


def _is_named(actor: KnownActor, context: Context) -> bool:
    """Whether the article names the actor's country, or a body in which it holds an office at the date."""
    bodies = [office.of for office in actor.offices if office.of and _days(office, context.published) == 0]
    return actor.country in context.actor_ids or not context.actor_ids.isdisjoint(bodies)


def _days(office: Office, published: Published | None) -> int:
    return office.days_from(published.earliest, published.latest) if published else _FAR_DAYS


def in_office(actor: KnownActor, published: Published | None) -> list[Office]:
    """The offices that the actor holds at the date; all where the article has no date, or where it holds none then."""
    return [office for office in actor.offices if _days(office, published) == 0] or list(actor.offices)
