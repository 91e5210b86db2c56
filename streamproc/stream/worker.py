"""One worker process: the pool, the apps, and their life from start to drain.

Raises `ConfigurationError`, `KafkaUnavailableError` or `TopicError` before anything is consumed.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum

import structlog

from streamproc.settings import Settings
from streamproc.stream.app import count_app, enrich_app, store_maker
from streamproc.stream.connection import start_admin
from streamproc.stream.fatal import fatal, waits
from streamproc.stream.job import Job
from streamproc.stream.measures import Measures
from streamproc.stream.pool import AnalysisPool, InlinePool, Pool
from streamproc.stream.table import Table
from streamproc.stream.topics import Topics, require_topics
from streamproc.stream.transport import App
from streamproc.stream.versions import require_versions
from streamproc.text import Limits

log = structlog.get_logger(__name__)

_PROGRESS_EVERY_S = 1.0
_UNREADY_SHARE = 0.25
"""Part of the stall timeout after which a worker is not ready; after all of it, the process ends."""
_DRAIN_S = 12.0
"""How long a worker may take to end in order; what it leaves open then, its successor aborts."""


class Part(StrEnum):
    """What a worker does."""

    ENRICH = "enrich"
    COUNT = "count"


@dataclass
class Worker:
    """The running parts of a worker, and how they are doing."""

    settings: Settings
    measures: Measures
    pool: Pool | None = None
    apps: list[App] = field(default_factory=list)
    counts: Table | None = None
    beat_at: float = field(default_factory=time.monotonic)
    """When the event loop last turned."""

    def lags(self) -> dict[tuple[str, int], int]:
        """Records not committed, by source topic and partition of the leases that this worker holds."""
        return {
            (lease.tp.topic, lease.tp.partition): app.consumer._thread.lag(lease)
            for app in self.apps
            for lease in app.delivery.leases.values()
        }

    def is_ready(self) -> bool:
        """Whether every app has its partitions, recovered and being delivered, and a broker to talk to."""
        return (
            bool(self.apps)
            and all(app.delivery.ready and app.consumer._thread.is_in_touch() for app in self.apps)
            and not self.stalled(_UNREADY_SHARE * self.settings.stall_timeout_s)
        )

    def stalled(self, after_s: float | None = None) -> list[str]:
        """The partitions that have records waiting and have not committed for so long (the stall timeout)."""
        limit_s = self.settings.stall_timeout_s if after_s is None else after_s
        now = time.monotonic()
        lags = self.lags()
        return [
            f"{lease.tp.topic}-{lease.tp.partition}"
            for app in self.apps
            for lease in app.delivery.leases.values()
            if lags[lease.tp.topic, lease.tp.partition] > 0 and now - lease.progressed_at > limit_s
        ]

    def unassigned(self) -> list[str]:
        """The apps that have been without an assignment that is delivered for longer than the stall timeout."""
        now = time.monotonic()
        limit_s = self.settings.stall_timeout_s
        return [
            app.conf.id for app in self.apps if not app.delivery.ready and now - app.delivery.progressed_at > limit_s
        ]

    def note_idle(self) -> None:
        """Take partitions without lag as progressing: a stall begins when records wait, not when they come."""
        now = time.monotonic()
        lags = self.lags()
        for app in self.apps:
            for lease in app.delivery.leases.values():
                if lags[lease.tp.topic, lease.tp.partition] == 0:
                    lease.progressed_at = now

    def update_gauges(self) -> None:
        """Refresh the metrics that are read off, not counted."""
        for (topic, partition), lag in self.lags().items():
            self.measures.lag.labels(topic=topic, partition=str(partition)).set(lag)
        self.measures.ready.set(self.is_ready())
        if isinstance(self.pool, AnalysisPool):
            self.measures.pool_chunks.set(self.pool.busy)
            self.measures.pool_workers.set(self.pool.workers)


def make_job(settings: Settings) -> Job:
    """The job of a pool process: loads the analysis, which takes a second or two."""
    # Here, not above: the models are for the pool's processes, the one that talks to Kafka can spare their memory.
    from streamproc.analysis.analyser import load_analyser  # noqa: PLC0415
    from streamproc.text.language import detector  # noqa: PLC0415

    detector()  # now, not at the first article without a language: what does not load has to fail at the start
    limits = Limits(settings.max_payload_bytes, settings.max_characters, settings.max_sentences)
    return Job(load_analyser(limits, knowledge_path=settings.knowledge_path), limits, settings.max_record_bytes)


def make_pool(settings: Settings, job_maker: Callable[[], Job]) -> Pool:
    """The pool that the settings ask for."""
    if settings.pool_workers == 0:
        return InlinePool(job_maker)
    return AnalysisPool(
        job_maker,
        workers=settings.pool_workers,
        timeout_s=settings.analysis_timeout_s,
        log_level=settings.log_level,
    )


async def _cluster_id(settings: Settings) -> str:
    admin = await start_admin(settings)
    try:
        return str((await admin.describe_cluster())["cluster_id"])
    finally:
        await admin.close()


@asynccontextmanager
async def running(
    settings: Settings, parts: frozenset[Part] = frozenset(Part), job_maker: Callable[[], Job] | None = None
) -> AsyncIterator[Worker]:
    """Start a worker and drain it at the end."""
    require_versions()
    await require_topics(settings)
    topics, measures = Topics(settings), Measures()
    make_store = store_maker(settings, await _cluster_id(settings))
    worker = Worker(settings, measures)
    async with AsyncExitStack() as stack:
        if Part.ENRICH in parts:
            worker.pool = make_pool(settings, job_maker or functools.partial(make_job, settings))
            stack.push_async_callback(worker.pool.stop)
            await worker.pool.start()
            worker.apps.append(enrich_app(topics, worker.pool, measures, make_store))
        if Part.COUNT in parts:
            app, worker.counts = count_app(topics, measures, make_store)
            worker.apps.append(app)
        stack.push_async_callback(_stop, worker.apps)
        await asyncio.gather(*(app.start() for app in worker.apps))
        beat = asyncio.create_task(_beat(worker))
        try:
            yield worker
        finally:
            beat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beat


async def _stop(apps: list[App]) -> None:
    """Stop all at once: each may have a transaction to finish."""
    for ended in await asyncio.gather(*(app.stop() for app in apps), return_exceptions=True):
        if isinstance(ended, BaseException):
            log.error("app did not stop in order", error=repr(ended))


async def _beat(worker: Worker) -> None:
    while True:
        worker.beat_at = time.monotonic()
        worker.note_idle()
        stuck = worker.stalled() + worker.unassigned()
        if stuck:
            for line in waits():
                log.error("task waits", task=line)
            for app in worker.apps:
                log.error("app stands still", app=app.conf.id, **app.consumer.state())
            fatal(f"no progress within {worker.settings.stall_timeout_s:g} s on {', '.join(stuck)}")
        await asyncio.sleep(_PROGRESS_EVERY_S)


async def run_until_stopped(worker: Worker) -> None:
    """Return at SIGTERM or SIGINT; ends the process where an app crashed."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    asked = asyncio.create_task(stop.wait())
    crashes = [asyncio.create_task(app.wait_until_stopped()) for app in worker.apps]
    await asyncio.wait([asked, *crashes], return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        crashed = next(app for app in worker.apps if app.should_stop)
        fatal(f"app {crashed.conf.id} stopped by itself", crashed.crash_reason)
    for task in crashes:
        task.cancel()
    log.info("draining")
    # Without a broker there is nobody to leave the group of, and no end to trying.
    loop.call_later(_DRAIN_S, fatal, f"not drained within {_DRAIN_S:g} s")
