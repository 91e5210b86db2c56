"""A worker process with the stubbed analysis, for `passthrough.py`.

Prints `ready`, then the seconds from there until COUNT articles are enriched, and until their mentions are counted.
"""

from __future__ import annotations

import asyncio
import sys
import time

from stub import stub_job

from streamproc.logs import configure_logs
from streamproc.settings import load_settings
from streamproc.stream.worker import Worker, running


def _open(worker: Worker, word: str) -> int:
    """Records that are not committed of the topics with `word` in their name."""
    return sum(lag for (topic, _), lag in worker.lags().items() if word in topic)


async def main(count: int) -> None:
    """Run until everything is through."""
    async with running(load_settings(), job_maker=stub_job) as worker:
        while not worker.is_ready():
            await asyncio.sleep(0.01)
        print("ready", flush=True)
        started = time.monotonic()
        for word, counter, wanted in (
            ("articles", worker.measures.articles_out, count),
            ("mentions", worker.measures.mentions, 3 * count),
        ):
            while counter._value.get() < wanted or _open(worker, word):  # noqa: SLF001  # no public way to read it
                await asyncio.sleep(0.02)
            print(time.monotonic() - started, flush=True)


if __name__ == "__main__":
    configure_logs("warning")
    asyncio.run(main(int(sys.argv[1])))
