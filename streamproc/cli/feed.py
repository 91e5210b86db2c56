"""Payloads from a thread to the event loop: reading a file, or waiting for a pipe, holds nothing up.

Comes in: an iterator that may block. Goes out: what it gives, in order, with a bounded number of bytes on the way. An
error of the iterator is raised where the items are taken.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable

from streamproc.cli.keys import Keyed

MAX_BYTES = 32 * 1024 * 1024
MAX_RECORDS = 20_000


class Budget:
    """What may be on the way at once; `take` is for threads and blocks, `give_back` never does."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_records: int = MAX_RECORDS) -> None:
        self._bytes, self._records = max_bytes, max_records
        self._changed = threading.Condition()
        self._closed = False

    def take(self, size: int) -> bool:
        """Wait until there is room; False when closed. A record larger than all that is allowed goes alone."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._bytes > 0 and self._records > 0))
            self._bytes -= size
            self._records -= 1
            return not self._closed

    def give_back(self, size: int) -> None:
        """Make room again."""
        with self._changed:
            self._bytes += size
            self._records += 1
            self._changed.notify()

    def close(self) -> None:
        """Let go whoever waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Feed:
    """Runs through `items` in a thread, as fast as `budget` allows; for one event loop."""

    def __init__(self, items: Iterable[Keyed], budget: Budget) -> None:
        self._items, self._budget = items, budget
        self._ready: deque[Keyed] = deque()
        self._wake = asyncio.Event()
        self._ended = False
        self._error: BaseException | None = None
        self._loop = asyncio.get_running_loop()
        # A daemon: it may wait for a pipe on which nothing comes any more.
        self._thread = threading.Thread(target=self._run, daemon=True, name="feed")

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._budget.take(len(item.value)):
                    return
                self._tell(item)
        except BaseException as error:  # noqa: BLE001  # raised again in the event loop
            self._error = error
        self._tell(None)

    def _tell(self, item: Keyed | None) -> None:
        def put() -> None:
            if item is None:
                self._ended = True
            else:
                self._ready.append(item)
            self._wake.set()

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(put)

    async def __aiter__(self) -> AsyncIterator[Keyed]:
        self._thread.start()
        while True:
            while self._ready:
                yield self._ready.popleft()
            if self._ended:
                break
            self._wake.clear()
            await self._wake.wait()
        if self._error is not None:
            raise self._error
