"""A network between clients and a broker that can be made slow, or to swallow everything: a TCP proxy in a thread.

The broker advertises the port of the proxy, so that all connections but its own go through here.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from types import TracebackType
from typing import Self

_LOOPBACK = "127.0.0.1"
_CHUNK_BYTES = 64 * 1024
_POLL_S = 0.05


class Network:
    """Forwards `port` to `target`, for as long as the block lasts."""

    def __init__(self, port: int, target: int) -> None:
        self.port, self._target = port, target
        self.delay_s = 0.0
        """How long bytes are on their way, in each direction."""
        self.swallows = False
        """Whether nothing gets through; connections stay open."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        self._server = await asyncio.start_server(self._accept, _LOOPBACK, self.port)

    async def _stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        ours = [writer]
        try:
            broker_reader, broker_writer = await asyncio.open_connection(_LOOPBACK, self._target)
            ours.append(broker_writer)
            ways = [
                asyncio.create_task(self._forward(reader, broker_writer)),
                asyncio.create_task(self._forward(broker_reader, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            pass  # the broker is down: so the client is told by the end of its connection
        finally:
            for end in ours:
                end.close()
            self._tasks.discard(task)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass bytes on in their order, each chunk when its time has come."""
        under_way: deque[tuple[float, bytes]] = deque()
        arrived = asyncio.Event()
        reading = asyncio.create_task(self._read(reader, under_way, arrived))
        try:
            while not (reading.done() and not under_way):
                await self._wait(arrived, reading)
                while under_way and not self.swallows:
                    due, chunk = under_way.popleft()
                    await asyncio.sleep(max(0.0, due - self._loop.time()))
                    writer.write(chunk)
                    await writer.drain()
        finally:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await reading

    async def _read(
        self, reader: asyncio.StreamReader, under_way: deque[tuple[float, bytes]], arrived: asyncio.Event
    ) -> None:
        while chunk := await reader.read(_CHUNK_BYTES):
            under_way.append((self._loop.time() + self.delay_s, chunk))
            arrived.set()

    async def _wait(self, arrived: asyncio.Event, reading: asyncio.Task[None]) -> None:
        if self.swallows:
            await asyncio.sleep(_POLL_S)
            return
        if not reading.done():
            waiting = asyncio.create_task(arrived.wait())
            await asyncio.wait([waiting, reading], return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        arrived.clear()
