"""A transaction: what one batch of one source partition writes, and its commit.

Outputs, changelog records and the source offset become visible together or not at all.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import NamedTuple

from aiokafka import TopicPartition
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import RecordMetadata

from streamproc.contracts.headers import Headers
from streamproc.stream.lease import Lease
from streamproc.stream.partition import partition_of
from streamproc.stream.table import Table


class OutputRecord(NamedTuple):
    """A record on its way out."""

    key: bytes | None
    value: bytes | None
    headers: Headers = []  # noqa: RUF012  # aiokafka takes a list only, and changes none


class Transaction:
    """Collects what a handler wants to write; nothing leaves the process before `commit`."""

    def __init__(self, lease: Lease, group: str) -> None:
        self.lease = lease
        self._group = group
        self._outputs: dict[tuple[str, int | None], list[OutputRecord]] = defaultdict(list)
        self._writes: dict[Table, dict[bytes, bytes | None]] = {}

    def send(self, topic: str, record: OutputRecord, *, partition: int | None = None) -> None:
        """Add a record; without `partition` its key decides, and without a key partition 0 takes it."""
        self._outputs[topic, partition].append(record)

    def written(self, table: Table) -> dict[bytes, bytes | None]:
        """What this transaction has written to `table` so far, by key; None is a deletion."""
        return self._writes.setdefault(table, {})

    async def commit(self, last: int) -> None:
        """Publish everything with `last` as the offset of the last record of the batch.

        Raises whatever the producer raises; the transaction is then not committed, or its fate is unknown.
        """
        lease, producer = self.lease, self.lease.producer
        records = await self._by_partition()
        await producer.begin_transaction()
        acknowledged = {target: await self._publish(target, batch) for target, batch in records.items()}
        ends = {target: await self._end(futures) for target, futures in acknowledged.items()}
        await producer.send_offsets_to_transaction({TopicPartition(*lease.tp): last + 1}, self._group)
        if not lease.alive:
            raise asyncio.CancelledError("lease revoked")
        await producer.commit_transaction()
        if not lease.alive:
            return  # committed, but another worker may own the partition by now: it reads this from the changelog
        lease.done = last
        for table, writes in self._writes.items():
            if writes:
                table.apply(lease.tp.partition, writes.items(), ends[table.changelog, lease.tp.partition])

    async def _by_partition(self) -> dict[tuple[str, int], list[OutputRecord]]:
        records: dict[tuple[str, int], list[OutputRecord]] = defaultdict(list)
        for (topic, partition), outputs in self._outputs.items():
            count = len(await self.lease.producer.partitions_for(topic))
            for record in outputs:
                own = partition_of(record.key, count) if record.key is not None else 0
                records[topic, own if partition is None else partition].append(record)
        for table, writes in self._writes.items():  # one changelog record per key and batch, not per write
            changes = records[table.changelog, self.lease.tp.partition]
            changes += [OutputRecord(key, value) for key, value in writes.items()]
        return {target: batch for target, batch in records.items() if batch}

    async def _publish(
        self, target: tuple[str, int], records: list[OutputRecord]
    ) -> list[tuple[asyncio.Future[RecordMetadata], int]]:
        """Hand the records to the producer in batches: a future a batch, where `send` costs one a record (10 times)."""
        topic, partition = target
        producer, futures = self.lease.producer, []

        async def flush(batch: BatchBuilder) -> None:
            count = batch.record_count()
            futures.append((await producer.send_batch(batch, topic, partition=partition), count))

        batch = producer.create_batch()
        for record in records:
            while batch.append(timestamp=None, key=record.key, value=record.value, headers=record.headers) is None:
                await flush(batch)
                batch = producer.create_batch()
        await flush(batch)
        return futures

    @staticmethod
    async def _end(futures: list[tuple[asyncio.Future[RecordMetadata], int]]) -> int:
        """Offset after the last acknowledged record; raises where one was not acknowledged."""
        metadata = [await future for future, _ in futures]
        return int(metadata[-1].offset) + futures[-1][1]
