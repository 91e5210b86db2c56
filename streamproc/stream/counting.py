"""How mentions change the counts of their actor: no Kafka, no clock."""

from __future__ import annotations

from collections import Counter

from streamproc.contracts import ActorCount, Mention

UNKNOWN_DAY = "unknown"
_DAY_LENGTH = len("2019-03-02")


class Tally:
    """The counts of one actor while mentions are added; name and kind are those of the first mention ever.

    Days are kept in the value, by publication date: a window by the clock would drop an article of last year.
    """

    def __init__(self, before: ActorCount | None, first: Mention) -> None:
        known = before or first
        self._actor_id, self._name, self._kind = known.actor_id, known.name, known.kind
        self._mentions = before.mentions if before else 0
        self._articles = before.articles if before else 0
        self._as_source = before.events_as_source if before else 0
        self._as_target = before.events_as_target if before else 0
        self._by_form = Counter(before.by_form if before else {})
        self._by_day = Counter(before.by_day if before else {})

    def add(self, mention: Mention) -> None:
        """Add the mentions of one article."""
        self._mentions += mention.count
        self._articles += 1
        self._as_source += mention.events_as_source
        self._as_target += mention.events_as_target
        self._by_form.update(mention.by_form)
        self._by_day[(mention.published or UNKNOWN_DAY)[:_DAY_LENGTH]] += mention.count

    def count(self) -> ActorCount:
        """The counts as they stand."""
        days = [day for day in self._by_day if day != UNKNOWN_DAY]
        return ActorCount(
            actor_id=self._actor_id,
            name=self._name,
            kind=self._kind,
            mentions=self._mentions,
            by_form=dict(sorted(self._by_form.items())),
            articles=self._articles,
            events_as_source=self._as_source,
            events_as_target=self._as_target,
            by_day=dict(sorted(self._by_day.items())),
            first_seen=min(days, default=None),
            last_seen=max(days, default=None),
        )


def tally(counts: dict[str, ActorCount], mentions: list[Mention]) -> dict[str, ActorCount]:
    """`counts` by actor_id with all `mentions` added: what the stream keeps, as one function for a recount."""
    tallies: dict[str, Tally] = {}
    for mention in mentions:
        known = tallies.get(mention.actor_id)
        if known is None:
            known = tallies[mention.actor_id] = Tally(counts.get(mention.actor_id), mention)
        known.add(mention)
    return counts | {actor: known.count() for actor, known in tallies.items()}
