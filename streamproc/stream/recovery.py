"""Recovery: bring tables to the end of their changelogs.

Runs after the fence, so that nobody else can write to these changelogs: their end is fixed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.types import TP

from streamproc.stream.table import Table

log = structlog.get_logger(__name__)

_POLL_MS = 200
_POLL_RECORDS = 20_000
"""So that the event loop turns now and then."""


async def recover(
    reader: AIOKafkaConsumer,
    tables: Mapping[str, Sequence[Table]],
    assigned: Sequence[TP],
    progressed: Callable[[], None] = lambda: None,
) -> int:
    """Hold the assigned partitions of every table and apply what their changelogs have gained; the records read.

    `tables` is by source topic. A partition that was held already reads only what is new. `progressed` is called after
    every batch: a long recovery is no stalled one.
    """
    targets: dict[TopicPartition, tuple[Table, int]] = {}
    for source, of_source in tables.items():
        partitions = {tp.partition for tp in assigned if tp.topic == source}
        for table in of_source:
            table.store.open(partitions)
            targets.update({TopicPartition(table.changelog, partition): (table, partition) for partition in partitions})
    if not targets:
        return 0
    reader.assign(list(targets))
    starts, ends = await reader.beginning_offsets(list(targets)), await reader.end_offsets(list(targets))
    for tp, (table, partition) in targets.items():
        _forget_what_is_stale(table, partition, starts[tp], ends[tp])
        reader.seek(tp, max(table.store.applied(partition), starts[tp]))
    with _no_collections():
        return await _read(reader, targets, ends, progressed)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keep the collector from looking at a million new objects again and again: none of them is in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _forget_what_is_stale(table: Table, partition: int, start: int, end: int) -> None:
    applied = table.store.applied(partition)
    # Beyond the end: another changelog of the same name. Before the start: deletions may have been compacted away.
    if applied > end or 0 < applied < start:
        log.warning("table is rebuilt", table=table.name, partition=partition, applied=applied, start=start, end=end)
        table.store.reset(partition)


async def _read(
    reader: AIOKafkaConsumer,
    targets: Mapping[TopicPartition, tuple[Table, int]],
    ends: Mapping[TopicPartition, int],
    progressed: Callable[[], None],
) -> int:
    records = 0
    left = {tp for tp, (table, partition) in targets.items() if table.store.applied(partition) < ends[tp]}
    while left:
        fetched = await reader.getmany(*left, timeout_ms=_POLL_MS, max_records=_POLL_RECORDS)
        for tp, batch in fetched.items():
            table, partition = targets[tp]
            records += len(batch)
            table.apply(partition, ((record.key, record.value) for record in batch), batch[-1].offset + 1)
            progressed()
        for tp in list(left):
            # The position also moves over control records (commit, abort), which are never delivered.
            if await reader.position(tp) >= ends[tp]:
                table, partition = targets[tp]
                table.apply(partition, (), ends[tp])
                left.discard(tp)
    return records
