"""A lease: one source partition, owned for one generation of the consumer group.

It carries the transactional producer whose id is made of the *source* partition, so that at most one live producer in
the world can commit for that partition (fence), and the offsets that the chain is checked with.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

from aiokafka import AIOKafkaProducer
from faust.types import TP

from streamproc.settings import Settings
from streamproc.stream.connection import client_options

TRANSACTION_TIMEOUT_S = 30
"""After so long the broker aborts what a dead worker left open; until then its records hold up committed readers."""


class Lease:
    """What one worker holds on one source partition."""

    __slots__ = (
        "alive",
        "busy",
        "done",
        "done_bytes",
        "fetched",
        "fetched_bytes",
        "offset",
        "producer",
        "progressed_at",
        "running",
        "tp",
    )

    def __init__(self, tp: TP, producer: AIOKafkaProducer, offset: int) -> None:
        self.tp = tp
        self.producer = producer
        self.offset = offset
        """Where to start reading: the committed offset."""
        self.fetched = offset - 1
        """Offset of the last record that left the consumer."""
        self.done = offset - 1
        """Offset of the last record whose transaction is committed."""
        # Two counters, each written by one thread only: the difference needs no lock.
        self.fetched_bytes = 0
        self.done_bytes = 0
        self.alive = True
        self.busy = asyncio.Lock()
        """Held while a transaction runs: one at a time."""
        self.running: asyncio.Task[None] | None = None
        """The task of the transaction that runs."""
        self.progressed_at = time.monotonic()

    @property
    def in_flight_bytes(self) -> int:
        """Bytes fetched and not committed yet."""
        return self.fetched_bytes - self.done_bytes

    async def idle(self) -> None:
        """Return when no transaction runs."""
        async with self.busy:
            pass

    def give_up(self) -> None:
        """Commit no more. What still runs is ended: it may wait for a broker that is away, and the agent for it."""
        self.alive = False
        if self.running is not None:
            self.running.cancel()

    async def close(self) -> None:
        """Abort what is open and stop the producer; failing is no matter, the next owner's fence aborts it."""
        with contextlib.suppress(Exception):
            if self.producer._txn_manager.is_in_transaction():
                await self.producer.abort_transaction()
        with contextlib.suppress(Exception):  # also where it cannot abort: its tasks would go on trying
            await self.producer.stop()


async def fence(tp: TP, app_id: str, settings: Settings) -> AIOKafkaProducer:
    """A producer that alone may commit for `tp`: it returns when its predecessor's transaction is settled."""
    producer = AIOKafkaProducer(
        **client_options(settings),
        transactional_id=f"{app_id}-{tp.topic}-{tp.partition}",
        transaction_timeout_ms=TRANSACTION_TIMEOUT_S * 1000,
        max_batch_size=1024 * 1024,
        max_request_size=settings.max_record_bytes + 1024 * 1024,
        request_timeout_ms=20_000,
        compression_type="lz4",
    )
    try:
        await producer.start()
    except BaseException:  # cancellation as well: its connections would stay open
        await producer.stop()
        raise
    return producer
