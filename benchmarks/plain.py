"""The yardstick: a plain aiokafka loop that consumes articles and produces each once, at least once, no transaction.

Prints `ready`, then the seconds from there until `COUNT` articles are produced, acknowledged and committed.
"""

from __future__ import annotations

import asyncio
import sys
import time

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from streamproc.settings import load_settings
from streamproc.stream.topics import Topics


async def main(count: int) -> None:
    """Consume, decode, encode, produce, commit a batch at a time."""
    settings = load_settings()
    topics = Topics(settings)
    servers = list(settings.bootstrap_servers)
    consumer = AIOKafkaConsumer(
        topics.raw,
        bootstrap_servers=servers,
        group_id="plain",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=servers, acks="all", linger_ms=5, compression_type="lz4", max_batch_size=1024 * 1024
    )
    await consumer.start()
    await producer.start()
    print("ready", flush=True)
    started, done = time.monotonic(), 0
    while done < count:
        for records in (await consumer.getmany(timeout_ms=200, max_records=settings.batch_max_articles)).values():
            sent = [
                await producer.send(topics.enriched, orjson.dumps(orjson.loads(record.value)), key=record.key)
                for record in records
            ]
            await asyncio.gather(*sent)
            done += len(records)
        await consumer.commit()
    print(time.monotonic() - started, flush=True)
    await producer.stop()
    await consumer.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
