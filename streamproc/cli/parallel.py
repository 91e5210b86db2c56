"""Articles through the analysis on all processors, results in the order of the articles.

Comes in: payloads, and what each process does with one. Goes out: the results. An article that takes too long, or takes
its process down, is rejected; the others of its chunk are run again without it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from streamproc.cli.enricher import Enrich, Result
from streamproc.errors import Rejection, RejectionCode, Stage

_CHUNK_ARTICLES = 16
_CHUNK_BYTES = 64 * 1024
_CHUNKS_A_PROCESS = 4
_PARENT_POLL_S = 1.0

Chunk = list[bytes | None]
Tag = TypeVar("Tag")


class Processes:
    """A pool in which each process has an enricher."""

    def __init__(self, pool: ProcessPool, *, workers: int, timeout_s: float) -> None:
        self._pool, self._workers, self._timeout_s = pool, workers, timeout_s

    def enrich(self, payloads: Iterable[tuple[Tag, bytes | None]]) -> Iterator[tuple[Tag, Result]]:
        """The results in order; reads ahead no further than keeps all processes busy."""
        waiting: deque[tuple[list[Tag], Chunk, Future[list[Result]]]] = deque()
        for tags, chunk in _chunks(payloads):
            waiting.append((tags, chunk, self._schedule(chunk)))
            if len(waiting) >= _CHUNKS_A_PROCESS * self._workers:
                yield from self._settle(*waiting.popleft())
        while waiting:
            yield from self._settle(*waiting.popleft())

    def _schedule(self, chunk: Chunk) -> Future[list[Result]]:
        future: Future[list[Result]] = self._pool.schedule(_run, args=(chunk,), timeout=self._timeout_s)
        return future

    def _settle(self, tags: list[Tag], chunk: Chunk, future: Future[list[Result]]) -> Iterator[tuple[Tag, Result]]:
        try:
            yield from zip(tags, future.result(), strict=True)
        except (FutureTimeoutError, ProcessExpired) as error:
            if len(chunk) == 1:
                yield tags[0], self._rejection(error)
                return
            for tag, payload in zip(tags, chunk, strict=True):
                yield from self._settle([tag], [payload], self._schedule([payload]))

    def _rejection(self, error: BaseException) -> Rejection:
        if isinstance(error, ProcessExpired):
            message = f"the analysis process ended with exit code {error.exitcode}"
            return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_CRASHED, message)
        message = f"the analysis took longer than {self._timeout_s:g} s"
        return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_TIMEOUT, message)


@contextmanager
def processes(load: Callable[[], Enrich], *, workers: int, timeout_s: float) -> Iterator[Processes]:
    """A pool of `workers` processes, each with what `load` (to be pickled) gives; an article may take `timeout_s`."""
    # Spawned, not forked: the parent reads files in threads, whose locks a fork would copy in any state.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(workers, initializer=_initialise, initargs=(load, os.getpid()), context=context)
    try:
        yield Processes(pool, workers=workers, timeout_s=timeout_s)
    finally:
        pool.stop()
        pool.join()


def _chunks(payloads: Iterable[tuple[Tag, bytes | None]]) -> Iterator[tuple[list[Tag], Chunk]]:
    tags: list[Tag] = []
    chunk: Chunk = []
    size = 0
    for tag, payload in payloads:
        if chunk and (len(chunk) == _CHUNK_ARTICLES or size + len(payload or b"") > _CHUNK_BYTES):
            yield tags, chunk
            tags, chunk, size = [], [], 0
        tags.append(tag)
        chunk.append(payload)
        size += len(payload or b"")
    if chunk:
        yield tags, chunk


_enrich: Enrich | None = None
"""What this pool process enriches with, made once by `_initialise`."""
_failure: Exception | None = None
"""Why there is none: pebble would start the process again and again, without telling."""


def _initialise(load: Callable[[], Enrich], parent: int) -> None:
    global _enrich, _failure  # noqa: PLW0603  # one a process, by design
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends the pool itself
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    try:
        _enrich = load()
    except Exception as error:  # noqa: BLE001  # raised in the parent, by the first task
        _failure = error


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_POLL_S)
    os._exit(1)


def _run(chunk: Chunk) -> list[Result]:
    if _failure is not None:
        raise _failure
    assert _enrich is not None
    return [_enrich(payload) for payload in chunk]
