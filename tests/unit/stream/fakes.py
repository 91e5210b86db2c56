"""Stand-ins for what a broker gives: loaded by path from the tests beside it (`conftest.py`)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from streamproc.stream.lease import Lease


@dataclass
class FakeBatch:
    """A batch of at most `room` records."""

    room: int
    records: list[tuple[bytes | None, bytes | None, list[Any]]] = field(default_factory=list)

    def append(self, *, timestamp: None, key: bytes | None, value: bytes | None, headers: list[Any]) -> object | None:
        if len(self.records) >= self.room:
            return None
        self.records.append((key, value, headers))
        return object()

    def record_count(self) -> int:
        return len(self.records)


class FakeProducer:
    """A transactional producer on a log in memory; what is sent is visible after the commit only."""

    def __init__(self, *, partitions: int = 4, room: int = 1000, fail_at: str | None = None) -> None:
        self.partitions, self.room, self.fail_at = partitions, room, fail_at
        self.log: dict[tuple[str, int], list[tuple[bytes | None, bytes | None, list[Any]]]] = {}
        self.offsets: dict[Any, int] = {}
        self._pending: list[tuple[tuple[str, int], FakeBatch]] = []
        self._pending_offsets: dict[Any, int] = {}
        self.calls: list[str] = []
        self._txn_manager = SimpleNamespace(is_in_transaction=lambda: self.open)
        self.open = False

    def _step(self, name: str) -> None:
        self.calls.append(name)
        if self.fail_at == name:
            raise ConnectionError(name)

    async def partitions_for(self, topic: str) -> set[int]:
        return set(range(self.partitions))

    async def begin_transaction(self) -> None:
        self._step("begin")
        self.open = True

    def create_batch(self) -> FakeBatch:
        return FakeBatch(self.room)

    async def send_batch(self, batch: FakeBatch, topic: str, *, partition: int) -> asyncio.Future[Any]:
        self._step("send")
        before = len(self.log.get((topic, partition), []))
        before += sum(len(b.records) for target, b in self._pending if target == (topic, partition))
        self._pending.append(((topic, partition), batch))
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_result(SimpleNamespace(offset=before))
        return future

    async def send_offsets_to_transaction(self, offsets: dict[Any, int], group: str) -> None:
        self._step("offsets")
        self._pending_offsets = dict(offsets)

    async def commit_transaction(self) -> None:
        self._step("commit")
        for target, batch in self._pending:
            self.log.setdefault(target, []).extend(batch.records)
        self.offsets.update(self._pending_offsets)
        self._pending, self._pending_offsets, self.open = [], {}, False

    async def abort_transaction(self) -> None:
        self._step("abort")
        self._pending, self._pending_offsets, self.open = [], {}, False

    async def stop(self) -> None:
        self._step("stop")


def lease_on(topic: str, partition: int, *, offset: int = 0, producer: FakeProducer | None = None) -> Lease:
    """A live lease with a fake producer."""
    return Lease(TP(topic, partition), producer or FakeProducer(), offset)


def event_of(
    lease: Lease,
    offset: int,
    *,
    key: bytes | None = None,
    value: bytes | None = b"",
    headers: list[tuple[str, bytes]] | None = None,
    previous: int | None = None,
) -> Any:
    """A Faust event, tagged as the consumer thread tags it."""
    message = SimpleNamespace(
        topic=lease.tp.topic,
        partition=lease.tp.partition,
        offset=offset,
        key=key,
        value=value,
        headers=headers or [],
        timestamp=1_551_600_000.0,
        lease=lease,
        previous=offset - 1 if previous is None else previous,
    )
    return SimpleNamespace(message=message)
