"""What consumer groups have committed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NotCoordinatorError,
)

_TIMEOUT_S = 15.0
_PAUSE_S = 0.2
_SETTLING = (CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError)
"""A broker that has never had a group makes the topic for offsets first; one that has just started reads it."""


async def committed(
    admin: AIOKafkaAdminClient, group: str, partitions: Iterable[TopicPartition]
) -> Mapping[TopicPartition, int]:
    """Offset that `group` has committed for each partition, -1 where none."""
    wanted = list(partitions)
    deadline = time.monotonic() + _TIMEOUT_S
    while True:
        try:
            stored = await admin.list_consumer_group_offsets(group, partitions=wanted)
        except _SETTLING:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            return {partition: stored[partition].offset for partition in wanted}
