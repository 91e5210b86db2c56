"""What is overridden in Faust's consumer, and why.

Written against faust-streaming 0.15.3 and aiokafka 0.14.0, whose line numbers are given; `versions` refuses others.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any, ClassVar

import faust
from aiokafka import TopicPartition
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage
from typing_extensions import override

from streamproc.settings import Settings
from streamproc.stream.delivery import Delivery
from streamproc.stream.fatal import fatal
from streamproc.stream.lease import Lease

_NO_LEASE_PAUSE_S = 0.05
_MAX_POLL_S = 0.2
_MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024
"""Bytes of one partition that may be fetched and not committed; beyond, the partition waits (backpressure)."""


class Message(ConsumerMessage):
    """A record with its tag: the lease it was fetched under, and the offset of the record before it."""

    __slots__ = ("lease", "previous")


class RebalanceListener(driver.ConsumerRebalanceListener):
    """Stops tagging before anything else when partitions are taken away."""

    @override
    def on_partitions_revoked(self, revoked: Any) -> Any:
        # First of all, in the thread that fetches: from here on nothing is tagged with the old leases.
        self._thread.leases = {}
        return super().on_partitions_revoked(revoked)


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """Fetches only what a lease is held for, and tags it."""

    leases: Mapping[TP, Lease] = {}

    # Stock reads uncommitted unless processing_guarantee=exactly_once (drivers/aiokafka.py:562), which brings the
    # broken TransactionManager: it picks a transaction by the destination partition, and commits offsets by the source
    # partition (https://github.com/faust-streaming/faust/issues/177, /323, /440, /517).
    @override
    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"
        return consumer

    # Without a broker the fetcher of aiokafka is cancelled while it waits to try again, and passes that on
    # (aiokafka/consumer/fetcher.py:755): the thread would end without saying so, and the app wait for it for ever.
    @override
    async def on_thread_stop(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await super().on_thread_stop()

    # The only place that sees records in the order of fetching, in the thread where assignments change.
    @override
    async def _fetch_records(
        self, consumer: Any, active_partitions: set[TP], timeout: float | None = None, max_records: int | None = None
    ) -> dict[TP, list[Any]]:
        leases = self.leases
        wanted = {tp for tp in active_partitions if tp in leases and leases[tp].in_flight_bytes < _MAX_IN_FLIGHT_BYTES}
        if not wanted:  # an empty set means "all" to aiokafka
            await asyncio.sleep(_NO_LEASE_PAUSE_S)
            return {}
        poll_s = _MAX_POLL_S if timeout is None else min(timeout, _MAX_POLL_S)
        records = await super()._fetch_records(consumer, wanted, poll_s, max_records)
        leases = self.leases  # may have changed while we waited
        tagged = {}
        for tp, batch in records.items():
            lease = leases.get(TP(*tp))
            if lease is not None:
                for record in batch:
                    if record.offset <= lease.fetched:
                        # A log that was cut short (unclean leader election) sends the consumer back to its start.
                        fatal(f"{tp.topic}-{tp.partition} went back from {lease.fetched} to {record.offset}")
                    record.lease, record.previous = lease, lease.fetched
                    lease.fetched = record.offset
                    lease.fetched_bytes += len(record.value or b"")
                tagged[TP(*tp)] = batch
        return tagged

    def install(self, assignment: Any, leases: Mapping[TP, Lease]) -> None:
        """Seek and start tagging, in one step of the loop that fetches."""
        subscription = self._consumer._subscription.subscription
        current = subscription and subscription.assignment
        if assignment is current and assignment.active and not subscription._reassignment_in_progress:
            for tp, lease in leases.items():
                self._consumer.seek(TopicPartition(*tp), lease.offset)
            now = time.monotonic()
            for lease in leases.values():
                lease.progressed_at = now
            self.leases = leases

    def is_in_touch(self) -> bool:
        """Whether the coordinator of the group is known and answers: without a broker it is not."""
        coordinator = self._consumer._coordinator if self._consumer is not None else None
        return coordinator is not None and coordinator.coordinator_id is not None

    def lag(self, lease: Lease) -> int:
        """Records of the partition that are not committed yet; 0 where nothing is known to be left."""
        assignment = self._consumer._subscription.subscription.assignment
        state = assignment.state_value(TopicPartition(*lease.tp)) if assignment else None
        if state is None or state.lso is None:
            return lease.fetched - lease.done
        # Past the last record stand control records, which the position steps over and nobody processes.
        if lease.fetched == lease.done and state.has_valid_position and state.position >= state.lso:
            return 0
        return max(int(state.lso) - lease.done - 1, 0)


class Consumer(driver.Consumer):
    """A consumer whose offsets are committed by transactions only, and that seeks only in `ConsumerThread.install`."""

    RebalanceListener: ClassVar[type] = RebalanceListener

    @override
    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    @override
    def _to_message(self, tp: TP, record: Any) -> Message:
        message = Message(
            record.topic,
            record.partition,
            record.offset,
            record.timestamp / 1000.0,
            record.timestamp_type,
            record.headers,
            record.key,
            record.value,
            record.checksum,
            record.serialized_key_size,
            record.serialized_value_size,
            tp,
            generation_id=self.app.consumer_generation_id,
        )
        message.lease, message.previous = record.lease, record.previous
        return message

    # Stock (transport/consumer.py:1170) keeps _read_offset across a seek and drops what is read again; its getmany
    # (:769) seeks to the committed offset behind our back when it meets a stopped flow; and it makes a task a message.
    @override
    async def _drain_messages(self, fetcher: Any) -> None:
        while not (self._stopped.is_set() or fetcher._stopped.is_set()):
            records = await self._thread.getmany(set(self._get_active_partitions()), timeout=_MAX_POLL_S)
            for tp, record in self.scheduler.iterate(records):
                if record.lease.alive:
                    await self.callback(self._to_message(tp, record))

    # Stock may commit past a message that is not acked: `_new_offset` with committed 100 and acked [101] returns 102
    # (https://github.com/faust-streaming/faust/issues/606).
    @override
    async def commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:
        return False

    # Recovery and getmany ask for it (consumer.py:565); recovery resumes partitions before it seeks
    # (https://github.com/faust-streaming/faust/issues/596).
    @override
    async def perform_seek(self) -> None:
        return None

    # Recovery calls flow_control.resume(), which clears the stream queues, and then this, without an await in between:
    # the one moment at which the queues are empty and nothing of the new leases has been fetched.
    @override
    def resume_flow(self) -> None:
        super().resume_flow()
        self.app.delivery.go_live()

    @override
    async def on_partitions_revoked(self, revoked: Any) -> None:
        await self.app.delivery.release()
        await super().on_partitions_revoked(revoked)

    def state(self) -> dict[str, object]:
        """What decides whether anything is fetched, for the log of a worker that stands still."""
        return {
            "flow_active": self.flow_active,
            "flow_control_active": self.app.flow_control.is_active(),
            "active": sorted(map(str, self._active_partitions or ())),
            "paused": sorted(map(str, self._paused_partitions)),
            "buffered": sorted(map(str, self._buffered_partitions)),
            "leases": sorted(map(str, self._thread.leases)),
            "queues": [queue.qsize() for queue in self.app.flow_control._queues],
            "done_by_partition": {str(tp): (lease.done, lease.fetched) for tp, lease in self._thread.leases.items()},
        }

    # Judges liveness by Faust's own commits, and asserts on a partition without a position (drivers/aiokafka.py:845).
    @override
    def verify_event_path(self, now: float, tp: TP) -> None:
        return None


class Transport(driver.Transport):
    """Faust's transport with our consumer."""

    Consumer: ClassVar[type] = Consumer


class App(faust.App):
    """A Faust app whose agents process with `app.delivery`."""

    def __init__(self, app_id: str, settings: Settings, **options: Any) -> None:
        super().__init__(app_id, **options)
        self.delivery = Delivery(self, settings)
        self.on_rebalance_complete.connect(self._acquire)

    async def _acquire(self, *_: Any, **__: Any) -> None:
        try:
            await self.delivery.acquire()
        except Exception as error:  # noqa: BLE001  # whatever it is: without leases this worker is of no use
            fatal("cannot acquire partitions", error)

    @override
    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)

    @override
    async def on_stop(self) -> None:
        await self.delivery.release()
        await super().on_stop()
