"""Records to Kafka, each confirmed by all in-sync replicas or counted as not.

Comes in: records and the topic. Goes out: how many were confirmed, and why the others were not. After the first sign of
an outage nothing more is sent: what is not confirmed can be pushed again, the worker knows what it has had.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import InvalidMessageError, KafkaConnectionError, KafkaError, MessageSizeTooLargeError

from streamproc.contracts.headers import Headers
from streamproc.settings import Settings
from streamproc.stream.connection import client_options, unavailable

SILENCE_S = 30.0
"""With records on the way and none confirmed for so long nothing more is expected."""
_STOP_S = 3.0
_WATCH_EVERY_S = 0.2
_BATCH_BYTES = 256 * 1024
_LINGER_MS = 20
_OF_THE_RECORD = (MessageSizeTooLargeError, InvalidMessageError)
"""Errors that say nothing of the next record."""


class Publisher:
    """Sends records and keeps count."""

    def __init__(self, producer: AIOKafkaProducer, *, silence_s: float = SILENCE_S) -> None:
        self.confirmed = 0
        self.failed: Counter[str] = Counter()
        """Unconfirmed records by reason; Kafka may have them all the same."""
        self._producer = producer
        self._silence_s = silence_s
        self._on_the_way = 0
        self._progressed_at = time.monotonic()
        self.outage = False
        """Whether nothing more is sent, since something other than a single record is wrong."""

    async def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        *,
        headers: Headers | None = None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Hand a record over, waiting while too many are on the way; `done` is called when its fate is known."""
        try:
            future = await self._producer.send(topic, value, key=key, headers=headers)
        except KafkaError as error:
            self._fail(error)
            done()
            return
        if not self._on_the_way:
            self._progressed_at = time.monotonic()
        self._on_the_way += 1
        future.add_done_callback(functools.partial(self._settle, done))

    def _settle(self, done: Callable[[], None], future: asyncio.Future[object]) -> None:
        self._on_the_way -= 1
        self._progressed_at = time.monotonic()
        error = asyncio.CancelledError() if future.cancelled() else future.exception()
        if error is None:
            self.confirmed += 1
        else:
            self._fail(error)
        done()

    def _fail(self, error: BaseException) -> None:
        self.failed[str(error) or type(error).__name__] += 1
        self.outage = self.outage or not isinstance(error, _OF_THE_RECORD)

    async def deliver(self, sending: Coroutine[Any, Any, None]) -> None:
        """Run `sending`, which calls `send`, and return when the fate of all is known, or at an outage."""
        work = asyncio.create_task(self._send_and_flush(sending))
        while not work.done():
            await asyncio.wait([work], timeout=_WATCH_EVERY_S)
            silent_s = time.monotonic() - self._progressed_at if self._on_the_way else 0.0
            if silent_s > self._silence_s and not self.outage:
                # aiokafka never gives up a batch of an idempotent producer (producer/sender.py, `can_retry`).
                self.outage = True
                self.failed[f"no broker confirmed anything for {self._silence_s:g} s"] += self._on_the_way
            if self.outage:
                work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work

    async def _send_and_flush(self, sending: Coroutine[Any, Any, None]) -> None:
        await sending
        await self._producer.flush()


@asynccontextmanager
async def publishing(settings: Settings) -> AsyncIterator[Publisher]:
    """A publisher; idempotent, so that a retry doubles nothing. Raises `KafkaUnavailableError`."""
    producer = AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        linger_ms=_LINGER_MS,
        max_batch_size=_BATCH_BYTES,
        max_request_size=settings.max_record_bytes + 64 * 1024,
    )
    try:
        await producer.start()
    except KafkaConnectionError as error:
        await producer.stop()
        raise unavailable(settings, error) from error
    try:
        yield Publisher(producer)
    finally:
        with contextlib.suppress(TimeoutError):  # after an outage it would wait for ever
            await asyncio.wait_for(producer.stop(), _STOP_S)
