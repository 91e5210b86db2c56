"""A network between clients and a broker that can be made slow, or to swallow everything: a TCP proxy in a thread.

The broker advertises the port of the proxy, so that all connections but its own go through here.
"""

from __future__ import annotations

import asyncio
import threading
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
        """Pass bytes on in their order, each chunk when its time has come; ends with the connection."""
        under_way: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
        reading = asyncio.create_task(self._read(reader, under_way))
        try:
            while (item := await under_way.get()) is not None:
                due, chunk = item
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                while self.swallows:
                    await asyncio.sleep(_POLL_S)
                writer.write(chunk)
                await writer.drain()
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, reader: asyncio.StreamReader, under_way: asyncio.Queue[tuple[float, bytes] | None]) -> None:
        try:
            while chunk := await reader.read(_CHUNK_BYTES):
                under_way.put_nowait((self._loop.time() + self.delay_s, chunk))
        finally:
            under_way.put_nowait(None)
