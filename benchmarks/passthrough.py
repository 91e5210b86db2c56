"""How fast articles pass through one worker with the analysis stubbed, beside a plain loop in the same run.

    python benchmarks/passthrough.py [--articles 40000] [--rounds 3] [--pool 0]

Each round fills fresh topics with articles of 2.5 KB on a fresh embedded broker, and times the worker from being ready
to its last commit, then the plain loop on the same articles. Prints a line a round and the medians.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from aiokafka import AIOKafkaProducer

from streamproc.broker.kafka import EmbeddedKafka
from streamproc.settings import Settings, load_settings
from streamproc.stream.topics import Topics, create_topics

_HERE = Path(__file__).parent
_SENTENCE = "De Russische minister van Buitenlandse Zaken sprak zaterdag met zijn Amerikaanse collega over Venezuela. "
_TEXT = (_SENTENCE * 30)[:2350]
_TIMEOUT_S = 300.0


async def _fill(settings: Settings, count: int) -> None:
    await create_topics(settings)
    producer = AIOKafkaProducer(
        bootstrap_servers=list(settings.bootstrap_servers), linger_ms=5, max_batch_size=1 << 20, compression_type="lz4"
    )
    await producer.start()
    sent = []
    for number in range(count):
        article = {"id": f"article-{number}", "published": "2019-03-03", "language": "nl", "text": f"{number} {_TEXT}"}
        value, key = orjson.dumps(article), f"article-{number}".encode()
        sent.append(await producer.send(Topics(settings).raw, value, key=key))
        if len(sent) == 5000:  # noqa: PLR2004
            await asyncio.gather(*sent)
            sent = []
    await asyncio.gather(*sent)
    await producer.stop()


def _timed(script: str, count: int) -> list[float]:
    """The seconds that a script prints after `ready`."""
    command = [sys.executable, str(_HERE / script), str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=_TIMEOUT_S, check=True)
    ready, *seconds = done.stdout.split()
    if ready != "ready":
        raise RuntimeError(f"{script} said {done.stdout!r}")
    return [float(text) for text in seconds]


def _round(count: int, pool: int, batch: int) -> tuple[float, float, float]:
    """Articles/s enriched and counted by the worker, and passed by the plain loop."""
    with EmbeddedKafka(cache=load_settings().cache_path) as kafka, TemporaryDirectory() as data:
        os.environ["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"] = kafka.bootstrap_servers
        os.environ["STREAMPROC_DATA_PATH"] = data
        os.environ["STREAMPROC_POOL_WORKERS"], os.environ["STREAMPROC_BATCH_MAX_ARTICLES"] = str(pool), str(batch)
        asyncio.run(_fill(load_settings(), count))
        enriched_s, counted_s = _timed("worker.py", count)
        [plain_s] = _timed("plain.py", count)
    return count / enriched_s, count / counted_s, count / plain_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pool", type=int, default=0, help="analysis processes; 0 analyses in the worker")
    parser.add_argument("--batch", type=int, default=1000, help="articles in a transaction at most")
    arguments = parser.parse_args()
    rounds = [_round(arguments.articles, arguments.pool, arguments.batch) for _ in range(arguments.rounds)]
    for figures in rounds:
        print(_line(*figures))
    print("median:", _line(*(statistics.median(column) for column in zip(*rounds, strict=True))))


def _line(enriched: float, counted: float, plain: float) -> str:
    ratio = enriched / plain
    return f"enriched {enriched:,.0f}/s  counted {counted:,.0f}/s  plain loop {plain:,.0f}/s  ratio {ratio:.2f}"


if __name__ == "__main__":
    main()
