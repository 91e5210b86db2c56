"""How far the workers are: what is left to do for what was in the topics at a moment.

`committed` and the end of a topic alone do not tell: past the last record may stand control records, which nobody
commits. So where they differ, one looks whether there is a record in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from streamproc.cli.groups import committed
from streamproc.cli.readers import partitions_of
from streamproc.settings import Settings
from streamproc.stream.connection import start_admin, start_reader
from streamproc.stream.topics import Topics

_POLL_S = 0.2
_LOOK_MS = 20
"""Short: on a connection all requests wait behind a fetch that waits for records."""

Ends = Mapping[TopicPartition, int]
Tell = Callable[[str, int], None]
"""Told the topic that is waited for and how many records of it are left."""


@dataclass(frozen=True)
class Lag:
    """Looks at the offsets of consumer groups."""

    settings: Settings
    admin: AIOKafkaAdminClient
    reader: AIOKafkaConsumer

    async def ends(self, topic: str) -> Ends:
        """The end of each partition of `topic` now."""
        partitions = await partitions_of(self.settings, topic)
        ends: Ends = await self.reader.end_offsets(partitions)
        return ends

    async def left(self, group: str, ends: Ends) -> int:
        """Records before `ends` that `group` has not committed; control records may be counted in, but 0 is exact."""
        stored = await committed(self.admin, group, ends)
        starts = await self.reader.beginning_offsets(list(ends))
        positions = {partition: max(starts[partition], stored[partition]) for partition in ends}
        behind = {partition: end for partition, end in ends.items() if positions[partition] < end}
        if not behind or not await self._has_record(positions, behind):
            return 0
        return sum(end - positions[partition] for partition, end in behind.items())

    async def _has_record(self, positions: Mapping[TopicPartition, int], ends: Ends) -> bool:
        self.reader.assign(list(ends))
        for partition in ends:
            self.reader.seek(partition, positions[partition])
        left = dict(ends)
        while left:
            for partition, batch in (await self.reader.getmany(*left, timeout_ms=_LOOK_MS)).items():
                if any(record.offset < ends[partition] for record in batch):
                    return True
            for partition in list(left):
                if await self.reader.position(partition) >= ends[partition]:
                    del left[partition]
        return False


@asynccontextmanager
async def watching(settings: Settings) -> AsyncIterator[Lag]:
    """A `Lag` with connections of its own."""
    admin = await start_admin(settings)
    try:
        reader = await start_reader(settings, fetch_max_wait_ms=_LOOK_MS, max_partition_fetch_bytes=64 * 1024)
        try:
            yield Lag(settings, admin, reader)
        finally:
            await reader.stop()
    finally:
        await admin.close()


async def wait_until_through(settings: Settings, tell: Tell) -> None:
    """Return when all that is in `articles.raw` now has been enriched and counted; waits without a limit."""
    topics = Topics(settings)
    async with watching(settings) as lag:
        # A record may be sent on once, to the end of its home partition: hence the second look.
        for group, topic in (
            (topics.enrich_app, topics.raw),
            (topics.enrich_app, topics.raw),
            (topics.count_app, topics.mentions),
        ):
            ends = await lag.ends(topic)
            while left := await lag.left(group, ends):
                tell(topic, left)
                await asyncio.sleep(_POLL_S)
