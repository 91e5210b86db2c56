"""The two agents: the picture of the product in code.

articles.raw ─▶ enrich ─┬─▶ articles.enriched
                        ├─▶ events
                        ├─▶ mentions ─▶ count ─▶ actor-counts (table actor_counts)
                        └─▶ articles.dead-letter
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from faust.types import EventT

from streamproc.contracts import ActorCount, Mention
from streamproc.contracts.headers import cloud_event
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.stream import seen
from streamproc.stream.counting import tally
from streamproc.stream.dead_letters import attempts_of, dead_letter, headers_of, origin_header
from streamproc.stream.job import Outcome, Task
from streamproc.stream.measures import Measures
from streamproc.stream.pool import Pool
from streamproc.stream.table import Table
from streamproc.stream.topics import Topics
from streamproc.stream.transaction import OutputRecord, Transaction
from streamproc.stream.transport import App


@dataclass(frozen=True)
class Enrich:
    """Raw articles in; enriched articles, events, mentions and dead letters out. Writes the table of seen articles."""

    topics: Topics
    pool: Pool
    seen: Table
    measures: Measures

    async def __call__(self, transaction: Transaction, events: Sequence[EventT]) -> None:
        """Handle the records of one source partition in one transaction."""
        partitions = self.topics.settings.topic_partitions
        with self.measures.analysing(len(events)):
            outcomes = await self.pool.run(
                [Task(event.message.value, headers_of(event), event.message.partition, partitions) for event in events]
            )
        for event, outcome in zip(events, outcomes, strict=True):
            self._settle(transaction, event, outcome)

    def _settle(self, transaction: Transaction, event: EventT, outcome: Outcome) -> None:
        headers = headers_of(event)
        if outcome.home != event.message.partition:
            # All copies of an article meet in one partition, where the table of seen articles tells them.
            record = OutputRecord(event.message.key, event.message.value, [*headers, origin_header(event)])
            transaction.send(self.topics.raw, record, partition=outcome.home)
            self.measures.sent_on.inc()
            return
        identity, attempt = outcome.identity.encode(), attempts_of(headers) + 1
        if seen.is_done(self.seen.get(identity), attempt):
            self.measures.duplicates.inc()
            return
        if outcome.rejection is not None:
            letter = dead_letter(event, outcome.rejection, _now())
            transaction.send(self.topics.dead_letters, letter)
            self.seen[identity] = seen.rejected(attempt)
            self.measures.dead.labels(code=outcome.rejection.code.value).inc()
            return
        for output in outcome.outputs:
            record = OutputRecord(output.key, output.value, output.headers)
            transaction.send(getattr(self.topics, output.topic), record)
        self.seen[identity] = seen.ENRICHED
        self.measures.enriched(event.message.timestamp)


@dataclass(frozen=True)
class Count:
    """Mentions in; the table of actor counts, and its compacted topic, out."""

    topics: Topics
    counts: Table
    measures: Measures

    async def __call__(self, transaction: Transaction, events: Sequence[EventT]) -> None:
        """Handle the records of one source partition in one transaction: one output an actor, not one a mention."""
        mentions = []
        for event in events:
            try:
                mentions.append(Mention.from_json(event.message.value or b""))
            except ValueError as error:  # not written by us: it must not stop the stream either
                transaction.send(self.topics.dead_letters, dead_letter(event, _not_a_mention(error), _now()))
        stored = {actor: self._stored(actor) for actor in {mention.actor_id for mention in mentions}}
        counts = tally({actor: count for actor, count in stored.items() if count is not None}, mentions)
        for actor in sorted(stored):
            self._publish(transaction, counts[actor])
        self.measures.mentions.inc(len(mentions))

    def _stored(self, actor: str) -> ActorCount | None:
        value = self.counts.get(actor.encode())
        return None if value is None else ActorCount.from_json(value)

    def _publish(self, transaction: Transaction, count: ActorCount) -> None:
        key, value = count.actor_id.encode(), count.to_json()
        self.counts[key] = value
        event_id = f"{count.actor_id}@{count.articles}"  # a count of articles is reached once
        headers = cloud_event(
            "actor-count", event_id=event_id, subject=count.actor_id, source="/streamproc/count", time=_now()
        )
        transaction.send(self.topics.actor_counts, OutputRecord(key, value, headers))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _not_a_mention(error: ValueError) -> Rejection:
    return Rejection(
        Stage.COUNT, RejectionCode.MENTION_INVALID, f"{type(error).__name__}: {str(error).splitlines()[0]}"
    )


def attach(app: App, source: str, handler: Enrich | Count) -> None:
    """Make `handler` an agent of `app` that reads `source` in batches."""
    settings = handler.topics.settings
    topic = app.topic(
        source,
        partitions=settings.topic_partitions,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        acks=False,  # offsets are committed by the transactions
    )

    @app.agent(topic, name=type(handler).__name__.lower())
    async def agent(stream: Any) -> None:
        async for events in stream.noack_take(settings.batch_max_articles, within=settings.batch_wait_s):
            await app.delivery.process(events, handler)
