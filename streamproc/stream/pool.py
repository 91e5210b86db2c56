"""A pool of processes that run jobs, so that a slow or crashing article costs that article only.

Articles go to the processes in chunks, which spares most of the cost of crossing a process border. A chunk that exceeds
the time limit or takes its process down is run again, one article at a time: the culprit is rejected, no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

import structlog
from pebble import ProcessExpired, ProcessPool
from typing_extensions import override

from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.logs import configure_logs
from streamproc.stream.job import Job, Outcome, Task, bytes_identity

_CHUNK_BYTES = 64 * 1024
_CHUNK_ARTICLES = 32
_PARENT_POLL_S = 1.0
_MOST_BREAKS = 3

log = structlog.get_logger(__name__)

_job: Job | None = None
"""The job of this pool process, made once by `_initialise`."""
_load_error: Exception | None = None
"""Why there is none."""


class Pool(Protocol):
    """Runs tasks; results come in the order of the tasks."""

    async def run(self, tasks: Sequence[Task]) -> list[Outcome]:
        """The outcome of each task."""

    async def start(self) -> None:
        """Return when jobs can be run; raises where the analysis cannot be loaded."""

    async def stop(self) -> None:
        """End the processes."""


class InlinePool(Pool):
    """Runs jobs in a thread of this process: no time limit, no protection. For tests and measurements."""

    def __init__(self, make_job: Callable[[], Job]) -> None:
        self._make_job = make_job

    @override
    async def start(self) -> None:
        self._job = await asyncio.to_thread(self._make_job)

    @override
    async def run(self, tasks: Sequence[Task]) -> list[Outcome]:
        return [self._job.run(task) for task in tasks]

    @override
    async def stop(self) -> None:
        return None


class AnalysisPool(Pool):
    """`workers` processes, each with a job made by `make_job` (importable by name), each article within `timeout_s`."""

    def __init__(self, make_job: Callable[[], Job], *, workers: int, timeout_s: float, log_level: str = "info") -> None:
        self.workers = workers
        self.busy = 0
        """Chunks that are being run or wait for a process."""
        self._timeout_s = timeout_s
        self._make_job = make_job
        self._log_level = log_level
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        # Spawned, not forked: the worker has threads, whose locks a fork would copy in any state.
        context = multiprocessing.get_context("spawn")
        return ProcessPool(
            self.workers,
            initializer=_initialise,
            initargs=(self._make_job, os.getpid(), self._log_level),
            context=context,
        )

    @override
    async def start(self) -> None:
        # One trivial task a process loads the analysis in all of them before articles arrive.
        await asyncio.gather(*(asyncio.wrap_future(self._pool.schedule(_warm)) for _ in range(self.workers)))

    @override
    async def stop(self) -> None:
        self._pool.stop()
        await asyncio.to_thread(self._pool.join)

    @override
    async def run(self, tasks: Sequence[Task]) -> list[Outcome]:
        outcomes = await asyncio.gather(*(self._run_chunk(chunk) for chunk in self._chunks(tasks)))
        return [outcome for chunk in outcomes for outcome in chunk]

    def _chunks(self, tasks: Sequence[Task]) -> list[list[Task]]:
        # A share for each process, but no more than what is worth a crossing.
        most = max(1, min(_CHUNK_ARTICLES, -(-len(tasks) // self.workers)))
        chunks: list[list[Task]] = []
        size = 0
        for task in tasks:
            length = len(task.payload or b"")
            if not chunks or len(chunks[-1]) >= most or size + length > _CHUNK_BYTES:
                chunks.append([])
                size = 0
            chunks[-1].append(task)
            size += length
        return chunks

    async def _run_chunk(self, chunk: list[Task]) -> list[Outcome]:
        self.busy += 1
        try:
            outcomes: list[Outcome] = await self._call(_run, chunk)
        except (FutureTimeoutError, ProcessExpired) as error:
            if len(chunk) == 1:
                identity = await self._identity(chunk[0])
                return [Outcome(identity, chunk[0].partition, rejection=self._rejection(error))]
            alone = [await self._run_chunk([task]) for task in chunk]
            return [outcome for outcomes in alone for outcome in outcomes]
        else:
            return outcomes
        finally:
            self.busy -= 1

    async def _call(self, function: Callable[[Any], Any], argument: object) -> Any:
        """Run `function` in a process within the time limit; a pool that broke is replaced, a few times."""
        for _ in range(_MOST_BREAKS):
            if not self._pool.active:
                # pebble gives up on all tasks when an idle process is killed, and takes no new ones.
                log.warning("analysis pool is replaced")
                self._pool = self._new_pool()
            future = self._pool.schedule(function, args=(argument,), timeout=self._timeout_s)
            with contextlib.suppress(BrokenProcessPool):
                return await asyncio.wrap_future(future)
        raise BrokenProcessPool(f"the analysis pool broke {_MOST_BREAKS} times in a row")

    async def _identity(self, task: Task) -> str:
        try:
            identity: str = await self._call(_identify, task)
        except (FutureTimeoutError, ProcessExpired):
            return bytes_identity(task.payload)
        else:
            return identity

    def _rejection(self, error: BaseException) -> Rejection:
        if isinstance(error, ProcessExpired):
            message = f"the analysis process ended with exit code {error.exitcode}"
            return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_CRASHED, message)
        message = f"the analysis took longer than {self._timeout_s:g} s"
        return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_TIMEOUT, message)


def _initialise(make_job: Callable[[], Job], parent: int, log_level: str) -> None:
    global _job, _load_error  # noqa: PLW0603  # one job a process, by design
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the worker ends the pool itself
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    configure_logs(log_level)
    try:
        _job = make_job()
    except Exception as error:  # noqa: BLE001  # raised in an initialiser it would break the pool and tell nothing
        _load_error = error


def _die_with(parent: int) -> None:
    # The worker may be killed with -9 and cannot end its pool then.
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL_S)
    os._exit(1)


def _loaded() -> Job:
    if _job is None:
        raise _load_error or RuntimeError("the pool process was not initialised")
    return _job


def _warm() -> None:
    _loaded()


def _run(chunk: list[Task]) -> list[Outcome]:
    job = _loaded()
    return [job.run(task) for task in chunk]


def _identify(task: Task) -> str:
    return _loaded().identify(task)
