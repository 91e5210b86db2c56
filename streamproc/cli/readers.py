"""Topics to records: all that is committed, up to the end as it is now, or on and on.

Fails with `TopicError` where the topic is missing, and as `kafka.run` says.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import UnknownTopicOrPartitionError, for_code

from streamproc.cli.record import Record
from streamproc.errors import ConfigurationError, TopicError
from streamproc.settings import Settings
from streamproc.stream.connection import start_admin, start_reader
from streamproc.stream.topics import Topics

_FETCH_BYTES = 8 * 1024 * 1024
_POLL_MS = 500
_FETCH_WAIT_MS = 50
"""Short: on a connection all requests wait behind a fetch that waits for records."""


def full_name(settings: Settings, name: str) -> str:
    """The topic that the user means by `events`, `dead-letter` or `news.events`. Raises `ConfigurationError`."""
    prefix = settings.topic_prefix
    declared = [topic.name for topic in Topics(settings).declared]
    known = {topic: topic for topic in declared}
    known |= {topic.removeprefix(prefix): topic for topic in declared}
    known |= {topic.removeprefix(f"{prefix}articles."): topic for topic in declared}
    known["dead-letters"] = Topics(settings).dead_letters
    if name not in known:
        short = sorted(topic.removeprefix(prefix) for topic in declared if topic.startswith(prefix))
        raise ConfigurationError(f"no topic {name!r}; there are {', '.join(short)}")
    return known[name]


async def partitions_of(settings: Settings, topic: str) -> list[TopicPartition]:
    """The partitions of `topic`. Raises `TopicError` where it does not exist."""
    admin = await start_admin(settings)
    try:
        [found] = await admin.describe_topics([topic])
    finally:
        await admin.close()
    if found["error_code"]:
        error = for_code(found["error_code"])
        if error is UnknownTopicOrPartitionError:
            raise TopicError(f"topic {topic} does not exist; `streamproc topics create` creates it")
        raise TopicError(f"topic {topic}: {error.__name__}")
    return sorted(TopicPartition(topic, partition["partition"]) for partition in found["partitions"])


@asynccontextmanager
async def reading(settings: Settings, topic: str) -> AsyncIterator[tuple[AIOKafkaConsumer, list[TopicPartition]]]:
    """A reader of all partitions of `topic`, of no group, at their beginnings."""
    partitions = await partitions_of(settings, topic)
    reader = await start_reader(settings, max_partition_fetch_bytes=_FETCH_BYTES, fetch_max_wait_ms=_FETCH_WAIT_MS)
    try:
        reader.assign(partitions)
        await reader.seek_to_beginning(*partitions)
        yield reader, partitions
    finally:
        await reader.stop()


@asynccontextmanager
async def subscribed(
    settings: Settings, topic: str, group: str, *, from_beginning: bool
) -> AsyncIterator[AIOKafkaConsumer]:
    """A member of the consumer group `group`; where that is new, at the beginning or at the end."""
    await partitions_of(settings, topic)
    reader = await start_reader(
        settings,
        group_id=group,
        auto_offset_reset="earliest" if from_beginning else "latest",
        session_timeout_ms=10_000,
        fetch_max_wait_ms=_POLL_MS,
    )
    try:
        reader.subscribe([topic])
        yield reader
    finally:
        await reader.stop()


async def follow(reader: AIOKafkaConsumer) -> AsyncIterator[Record]:
    """Records as they come, without end; those of a partition in their order."""
    while True:
        for batch in (await reader.getmany(timeout_ms=_POLL_MS)).values():
            for record in batch:
                yield record


async def up_to(reader: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]) -> AsyncIterator[Record]:
    """Records from where `reader` stands to the offsets `ends`, exclusive; those of a partition in their order."""
    left = set(ends)
    while left:
        for partition in list(left):
            # The position also moves over control records (commit, abort), which are never delivered.
            if await reader.position(partition) >= ends[partition]:
                reader.pause(partition)
                left.discard(partition)
        if not left:
            return
        for partition, batch in (await reader.getmany(*left, timeout_ms=_POLL_MS)).items():
            for record in batch:
                if record.offset < ends[partition]:
                    yield record


async def everything(settings: Settings, topic: str) -> AsyncIterator[Record]:
    """All records that `topic` holds at this moment."""
    async with reading(settings, topic) as (reader, partitions):
        async for record in up_to(reader, await reader.end_offsets(partitions)):
            yield record


class Marks:
    """Where the group of a reader stands: what is done is noted, and committed from time to time."""

    def __init__(self, reader: AIOKafkaConsumer) -> None:
        self._reader = reader
        self._offsets: dict[TopicPartition, int] = {}

    def add(self, record: Record) -> None:
        """Note that `record`, and all before it in its partition, is done."""
        self._offsets[TopicPartition(record.topic, record.partition)] = record.offset + 1

    async def commit(self) -> None:
        """Commit what has been noted; partitions that others have taken over meanwhile are theirs."""
        mine = {partition: offset for partition, offset in self._offsets.items() if self._is_mine(partition)}
        self._offsets.clear()
        if mine:
            await self._reader.commit(mine)

    def _is_mine(self, partition: TopicPartition) -> bool:
        return partition in self._reader.assignment()
