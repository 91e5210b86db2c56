"""Exactly-once delivery for Faust agents: one Kafka transaction for one batch of one source partition.

Agents hand batches to `Delivery.process`. Five invariants carry the proof (docs/adr/0002):

    fence    the transactional id is made of the source partition; `InitProducerId` settles what a predecessor left
    order    fence -> changelog to its end -> committed offset -> clear queues -> seek -> deliver
    tag      every record carries its lease and the offset of the record before it, from the thread that fetched it
    chain    a transaction takes only the direct successor of the last commit: whatever Faust drops, doubles or reorders
             on the way ends the process, and is never a wrong result
    overlay  a table write reaches the store only after its commit, so that the store equals the committed changelog

Any error in a transaction of a live lease ends the process: the supervisor restarts it, fence and order make it right.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.types import TP, EventT

from streamproc.settings import Settings
from streamproc.stream.connection import start_reader
from streamproc.stream.fatal import fatal
from streamproc.stream.lease import Lease, fence
from streamproc.stream.recovery import recover
from streamproc.stream.table import Table, current_transaction
from streamproc.stream.transaction import Transaction

if TYPE_CHECKING:
    from streamproc.stream.transport import App

log = structlog.get_logger(__name__)

Handler = Callable[[Transaction, Sequence[EventT]], Awaitable[None]]

_DRAIN_S = 5.0
"""How long a revoked partition may finish its transaction; the whole group waits for it in a rebalance."""
_CLOSE_S = 3.0


class Delivery:
    """The transactions, leases and tables of one Faust app."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self.tables: dict[str, list[Table]] = defaultdict(list)
        """By source topic."""
        self.leases: dict[TP, Lease] = {}
        """What agents may commit on now."""
        self.ready = False
        """Whether partitions (perhaps none) are assigned, recovered and being delivered."""
        self.progressed_at = time.monotonic()
        """When acquiring partitions last came a step further; of interest while not `ready`."""
        self._acquired: tuple[Any, dict[TP, Lease]] | None = None
        self._epoch = 0

    def add_table(self, table: Table) -> None:
        """Recover and write `table` with the partitions of its source topic."""
        self.tables[table.source].append(table)

    # ------------------------------------------------------------------------------------------------ the agents' side

    async def process(self, events: Sequence[EventT], handler: Handler) -> None:
        """Run `handler(transaction, events)` once for each source partition of the batch, each in a transaction."""
        by_lease: dict[Lease, list[EventT]] = defaultdict(list)
        for event in events:
            by_lease[event.message.lease].append(event)
        await asyncio.gather(*(self._transact(lease, batch, handler) for lease, batch in by_lease.items()))

    async def _transact(self, lease: Lease, events: Sequence[EventT], handler: Handler) -> None:
        async with lease.busy:
            if self.leases.get(lease.tp) is not lease or not lease.alive:
                return  # revoked: whoever owns the partition now reads these records again
            last = self._check_chain(lease, events)
            transaction = Transaction(lease, self._app.conf.id)
            current_transaction.set(transaction)  # gather() gave this coroutine a context of its own
            lease.running = asyncio.current_task()
            try:
                await handler(transaction, events)
                await transaction.commit(last)
            except BaseException as error:  # noqa: BLE001  # also cancellation: its fate is unknown all the same
                if lease.alive and not self._app.should_stop:
                    fatal(f"transaction on {lease.tp.topic}-{lease.tp.partition} failed", error)
                lease.alive = False  # what follows in the partition would break the chain
                log.info("transaction abandoned", topic=lease.tp.topic, partition=lease.tp.partition, error=repr(error))
                return
            finally:
                lease.running = None
            lease.done_bytes += sum(len(event.message.value or b"") for event in events)
            lease.progressed_at = time.monotonic()

    @staticmethod
    def _check_chain(lease: Lease, events: Sequence[EventT]) -> int:
        previous = lease.done
        for event in events:
            if event.message.previous != previous:
                fatal(
                    f"chain broken on {lease.tp.topic}-{lease.tp.partition}: offset {event.message.offset} follows "
                    f"{event.message.previous}, but {previous} was processed last"
                )
            previous = event.message.offset
        return previous

    # ------------------------------------------------------------------------------------------------- the group's side

    async def acquire(self) -> None:
        """Fence and recover the partitions of the new assignment, up to knowing where to start.

        Runs in Faust's signal `on_rebalance_complete`: the flow is stopped and the streams are empty. What it prepares
        becomes live in `go_live`.
        """
        await self.release()
        thread, epoch = self._app.consumer._thread, self._epoch
        subscription = thread._consumer._subscription.subscription
        assignment = subscription and subscription.assignment
        if assignment is None:
            return
        started = time.monotonic()
        partitions = [TP(*tp) for tp in sorted(assignment.tps)]
        producers = await asyncio.gather(*(fence(tp, self._app.conf.id, self._settings) for tp in partitions))
        fenced = self.progressed_at = time.monotonic()
        try:
            records, offsets = await self._recover(partitions)
        except BaseException:  # cancellation as well: the worker stops meanwhile
            await _close(Lease(tp, producer, 0) for tp, producer in zip(partitions, producers, strict=True))
            raise
        leases = {tp: Lease(tp, producer, offsets[tp]) for tp, producer in zip(partitions, producers, strict=True)}
        if epoch != self._epoch or not assignment.active:  # rebalanced meanwhile: Faust calls again
            await _close(leases.values())
            return
        self._acquired = assignment, leases
        log.info(
            "partitions acquired",
            app=self._app.conf.id,
            partitions=[f"{tp.topic}-{tp.partition}" for tp in partitions],
            fence_s=round(fenced - started, 3),
            recovered_records=records,
            recover_s=round(time.monotonic() - fenced, 3),
        )

    async def _recover(self, partitions: list[TP]) -> tuple[int, dict[TP, int]]:
        """Bring the tables up to date; the records read for it, and where to start."""
        # A client of its own: on the group consumer's connection a request waits behind the long poll (1.5 s).
        reader = await start_reader(self._settings, max_partition_fetch_bytes=4 << 20, fetch_max_wait_ms=50)
        try:
            records = await recover(reader, self.tables, partitions, self._progressed)
            return records, await self._start_offsets(reader, [TopicPartition(*tp) for tp in partitions])
        finally:
            await reader.stop()

    def _progressed(self) -> None:
        self.progressed_at = time.monotonic()

    async def _start_offsets(self, reader: AIOKafkaConsumer, tps: Iterable[TopicPartition]) -> dict[TP, int]:
        thread = self._app.consumer._thread
        coordinator = thread._consumer._coordinator
        committed = await thread.call_thread(coordinator.fetch_committed_offsets, list(tps))
        earliest = await reader.beginning_offsets(list(tps)) if tps else {}
        for tp, offset in earliest.items():
            if tp in committed and committed[tp].offset < offset:
                log.error(
                    "records expired before they were processed",
                    topic=tp.topic,
                    partition=tp.partition,
                    lost_from=committed[tp].offset,
                    lost_to=offset - 1,
                )
        return {
            TP(*tp): max(offset, committed[tp].offset) if tp in committed else offset for tp, offset in earliest.items()
        }

    def go_live(self) -> None:
        """Make the acquired leases those that agents commit on, and have the consumer thread seek and tag.

        Faust has just cleared the stream queues, without an await in between: nothing of the new leases is fetched yet.
        """
        if self._acquired is None or self.leases:
            return
        assignment, self.leases = self._acquired
        self._acquired = None
        self.ready = True
        thread = self._app.consumer._thread
        thread.thread_loop.call_soon_threadsafe(thread.install, assignment, self.leases)

    async def release(self) -> None:
        """Give up all leases: let running transactions end for a while, then close the producers."""
        self._epoch += 1
        self.ready, self.progressed_at = False, time.monotonic()
        leases = list(self.leases.values())
        self.leases = {}
        if self._acquired is not None:
            leases += self._acquired[1].values()
            self._acquired = None
        if leases:
            await asyncio.wait([asyncio.ensure_future(lease.idle()) for lease in leases], timeout=_DRAIN_S)
        for lease in leases:
            lease.give_up()
        await _close(leases)


async def _close(leases: Iterable[Lease]) -> None:
    closing = [asyncio.ensure_future(lease.close()) for lease in leases]
    if closing:
        await asyncio.wait(closing, timeout=_CLOSE_S)
