"""How long an article takes from being produced to its enriched record being readable, with the analysis stubbed.

    python benchmarks/latency.py [--rate 100] [--seconds 30]

An independent consumer of committed records takes the time. Prints the percentiles in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from streamproc.broker.kafka import EmbeddedKafka
from streamproc.settings import Settings, load_settings
from streamproc.stream.topics import Topics, create_topics

_TEXT = ("De Russische minister sprak zaterdag met zijn Amerikaanse collega over Venezuela. " * 40)[:2350]
_WARM_UP = 50


async def _measure(settings: Settings, rate: int, count: int) -> list[float]:
    """Milliseconds of each article after the first ones."""
    topics, servers = Topics(settings), list(settings.bootstrap_servers)
    producer = AIOKafkaProducer(bootstrap_servers=servers, linger_ms=0)
    consumer = AIOKafkaConsumer(
        topics.enriched, bootstrap_servers=servers, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await producer.start()
    await consumer.start()
    sent_at: dict[bytes, float] = {}
    latencies: list[float] = []

    async def receive() -> None:
        while len(latencies) < count:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                now = time.monotonic()
                latencies.extend((now - sent_at[record.key]) * 1000 for record in records)

    receiving = asyncio.create_task(receive())
    started = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        key = f"article-{number}".encode()
        article = {"id": key.decode(), "published": "2019-03-03", "language": "nl", "text": f"{number} {_TEXT}"}
        sent_at[key] = time.monotonic()
        await producer.send(topics.raw, orjson.dumps(article), key=key)
    await asyncio.wait_for(receiving, 60)
    await producer.stop()
    await consumer.stop()
    return latencies[_WARM_UP:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=100, help="articles a second")
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    count = arguments.rate * arguments.seconds
    with EmbeddedKafka(cache=load_settings().cache_path) as kafka, TemporaryDirectory() as data:
        os.environ |= {
            "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
            "STREAMPROC_DATA_PATH": data,
            "STREAMPROC_POOL_WORKERS": "0",
        }
        settings = load_settings()
        asyncio.run(create_topics(settings))
        command = [sys.executable, str(Path(__file__).with_name("worker.py")), str(count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            if worker.stdout.readline().strip() != "ready":
                raise RuntimeError("the worker did not start")
            latencies = asyncio.run(_measure(settings, arguments.rate, count))
            worker.communicate(timeout=60)
    cuts = statistics.quantiles(latencies, n=100)
    print(f"{arguments.rate} articles/s: p50 {cuts[49]:.0f} ms  p95 {cuts[94]:.0f} ms  p99 {cuts[98]:.0f} ms")


if __name__ == "__main__":
    main()
