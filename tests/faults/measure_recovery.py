"""How long a worker takes to restore its table of actor counts from a changelog of so many actors.

    python tests/faults/measure_recovery.py 100000 1000000

Prints a line for each size and store: seconds from the first request to the last record applied; for RocksDB also at
the second start, which finds on disk what the first has written.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from confluent_kafka import Producer
from faust.types import TP

from streamproc.broker import EmbeddedKafka
from streamproc.contracts import ActorCount, ActorKind
from streamproc.settings import Settings, load_settings
from streamproc.stream.connection import start_reader
from streamproc.stream.recovery import recover
from streamproc.stream.store import MemoryStore, RocksStore, Store
from streamproc.stream.table import Table
from streamproc.stream.topics import Topics, create_topics

_NUMBER = b"7777777"


def _fill(settings: Settings, actors: int) -> None:
    """A changelog record for each actor, of the size that a few months of news give."""
    count = ActorCount(
        actor_id=f"person:somebody-{_NUMBER.decode()}",
        name="Somebody Somewhere",
        kind=ActorKind.PERSON,
        mentions=31,
        by_form={"alias": 7, "name": 24},
        articles=12,
        events_as_source=3,
        events_as_target=2,
        by_day={f"2019-03-{day:02}": 3 for day in range(1, 11)},
        first_seen="2019-03-01",
        last_seen="2019-03-10",
    )
    template = count.to_json()
    producer = Producer(
        {
            "bootstrap.servers": settings.bootstrap_servers[0],
            "linger.ms": 50,
            "compression.type": "lz4",
            "batch.size": 1_000_000,
            "queue.buffering.max.messages": 500_000,
        }
    )
    for number in range(actors):
        digits = b"%07d" % number
        key, value = b"person:somebody-" + digits, template.replace(_NUMBER, digits)
        while True:
            try:
                producer.produce(Topics(settings).counts_changelog, value, key)
                break
            except BufferError:
                producer.poll(0.1)
    assert producer.flush(120) == 0


async def _recover(settings: Settings, store: Store) -> tuple[int, float]:
    topics = Topics(settings)
    table = Table(name="actor_counts", source=topics.mentions, changelog=topics.counts_changelog, store=store)
    started = time.monotonic()
    reader = await start_reader(settings, max_partition_fetch_bytes=4 << 20, fetch_max_wait_ms=50)
    try:
        assigned = [TP(topics.mentions, partition) for partition in range(settings.topic_partitions)]
        records = await recover(reader, {topics.mentions: [table]}, assigned)
    finally:
        await reader.stop()
    return records, time.monotonic() - started


def _measure(actors: int) -> None:
    with EmbeddedKafka(cache=load_settings().cache_path) as kafka, tempfile.TemporaryDirectory() as folder:
        settings = load_settings(kafka_bootstrap_servers=kafka.bootstrap_servers)
        asyncio.run(create_topics(settings))
        _fill(settings, actors)
        for name, make in (
            ("memory", MemoryStore),
            ("rocksdb, empty", lambda: RocksStore(Path(folder), "cluster")),
            ("rocksdb, again", lambda: RocksStore(Path(folder), "cluster")),
        ):
            store = make()
            records, seconds = asyncio.run(_recover(settings, store))
            store.close()
            print(f"{actors} actors, {name}: {records} records in {seconds:.2f} s", flush=True)  # noqa: T201  # the result


if __name__ == "__main__":
    for text in sys.argv[1:] or ("100000", "1000000"):
        _measure(int(text))
