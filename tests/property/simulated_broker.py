"""A broker in memory that knows transactions, epochs and markers, and can be told to fail or to wait at any step.

Comes in: what `Transaction` and `recover` ask of aiokafka. Goes out: logs, of which a reader sees what is committed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from aiokafka.errors import ProducerFenced

Place = tuple[str, int]
"""Topic and partition."""
STEPS = ("begin", "send", "offsets", "commit")
PARTITIONS = 2
_BATCH_ROOM = 3
_FETCH_RECORDS = 2


@dataclass
class SimulatedTransaction:
    """What one producer has open."""

    state: str = "open"
    touched: set[Place] = field(default_factory=set)
    offsets: dict[Place, int] = field(default_factory=dict)


@dataclass
class Entry:
    """One offset of a log: a record, or a marker (`transaction` is None and `key` too)."""

    key: bytes | None
    value: bytes | None
    transaction: SimulatedTransaction | None

    @property
    def visible(self) -> bool:
        """Whether a reader of committed records gets it."""
        return self.transaction is not None and self.transaction.state == "committed"


@dataclass
class Trap:
    """What happens before or after a step of a producer."""

    step: str
    after: bool
    action: Callable[[], Awaitable[None]]


class Broker:
    """Logs, committed offsets, and who may write with which transactional id."""

    def __init__(self) -> None:
        self.logs: dict[Place, list[Entry]] = defaultdict(list)
        self.offsets: dict[Place, int] = defaultdict(int)
        self.trap: Trap | None = None
        self._owners: dict[Place, SimulatedProducer] = {}

    def append(self, place: Place, value: bytes) -> None:
        """A record of a user, committed at once."""
        self.logs[place].append(Entry(None, value, SimulatedTransaction("committed")))

    def mark(self, place: Place) -> None:
        """A control record: an offset that nobody is given."""
        self.logs[place].append(Entry(None, None, None))

    def committed(self, place: Place) -> list[Entry]:
        """What a reader of committed records sees."""
        return [entry for entry in self.logs[place] if entry.visible]

    def fence(self, place: Place) -> SimulatedProducer:
        """InitProducerId: what the former producer left open is aborted, and it may write no more."""
        former = self._owners.get(place)
        if former is not None and former.transaction is not None:
            self.end(former.transaction, "aborted")
        self._owners[place] = SimulatedProducer(self, place)
        return self._owners[place]

    def owns(self, producer: SimulatedProducer) -> bool:
        """Whether it is the one that was fenced last."""
        return self._owners[producer.place] is producer

    def end(self, transaction: SimulatedTransaction, state: str) -> None:
        """Commit or abort, and write the markers."""
        if transaction.state == "open":
            transaction.state = state
            for place in sorted(transaction.touched):
                self.mark(place)
            if state == "committed":
                self.offsets.update(transaction.offsets)


class SimulatedProducer:
    """The part of `AIOKafkaProducer` that transactions use."""

    def __init__(self, broker: Broker, place: Place) -> None:
        self.place = place
        self.transaction: SimulatedTransaction | None = None
        self._broker = broker
        self._txn_manager = SimpleNamespace(is_in_transaction=lambda: self.transaction is not None)

    async def _step(self, name: str, effect: Callable[[], Any]) -> Any:
        for after in (False, True):
            trap = self._broker.trap
            if trap is not None and (trap.step, trap.after) == (name, after):
                self._broker.trap = None
                await trap.action()
            if not after:
                if not self._broker.owns(self):
                    raise ProducerFenced
                result = effect()
        return result

    def _open(self) -> SimulatedTransaction:
        assert self.transaction is not None
        return self.transaction

    async def partitions_for(self, topic: str) -> set[int]:
        return set(range(PARTITIONS))

    async def begin_transaction(self) -> None:
        def begin() -> None:
            assert self.transaction is None
            self.transaction = SimulatedTransaction()

        await self._step("begin", begin)

    def create_batch(self) -> _Batch:
        return _Batch()

    async def send_batch(self, batch: _Batch, topic: str, *, partition: int) -> asyncio.Future[Any]:
        def send() -> int:
            log = self._broker.logs[topic, partition]
            self._open().touched.add((topic, partition))
            first = len(log)
            log.extend(Entry(key, value, self._open()) for key, value in batch.records)
            return first

        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_result(SimpleNamespace(offset=await self._step("send", send)))
        return future

    async def send_offsets_to_transaction(self, offsets: dict[Any, int], group: str) -> None:
        def send() -> None:
            self._open().offsets.update({(tp.topic, tp.partition): offset for tp, offset in offsets.items()})

        await self._step("offsets", send)

    async def commit_transaction(self) -> None:
        def commit() -> None:
            self._broker.end(self._open(), "committed")
            self.transaction = None

        await self._step("commit", commit)

    async def abort_transaction(self) -> None:
        if not self._broker.owns(self):
            raise ProducerFenced
        self._broker.end(self._open(), "aborted")
        self.transaction = None

    async def stop(self) -> None:
        return None


class _Batch:
    def __init__(self) -> None:
        self.records: list[tuple[bytes | None, bytes | None]] = []

    def append(self, *, timestamp: None, key: bytes | None, value: bytes | None, headers: list[Any]) -> object | None:
        if len(self.records) == _BATCH_ROOM:
            return None
        self.records.append((key, value))
        return object()

    def record_count(self) -> int:
        return len(self.records)


class SimulatedReader:
    """The part of `AIOKafkaConsumer` that recovery uses; reads what is committed, a few records at a time."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._positions: dict[Any, int] = {}

    def assign(self, tps: Iterable[Any]) -> None:
        self._positions = dict.fromkeys(tps, 0)

    async def beginning_offsets(self, tps: Iterable[Any]) -> dict[Any, int]:
        return dict.fromkeys(tps, 0)

    async def end_offsets(self, tps: Iterable[Any]) -> dict[Any, int]:
        logs = {tp: self._broker.logs[tp.topic, tp.partition] for tp in tps}
        transactions = [entry.transaction for log in logs.values() for entry in log if entry.transaction]
        assert all(transaction.state != "open" for transaction in transactions), (
            "recovery has to come after the fence: a transaction is open on a changelog"
        )
        return {tp: len(log) for tp, log in logs.items()}

    def seek(self, tp: Any, offset: int) -> None:
        self._positions[tp] = offset

    async def position(self, tp: Any) -> int:
        return self._positions[tp]

    async def getmany(self, *tps: Any, timeout_ms: int, max_records: int) -> dict[Any, list[Any]]:
        fetched = {}
        for tp in tps:
            start = self._positions[tp]
            window = self._broker.logs[tp.topic, tp.partition][start : start + _FETCH_RECORDS]
            self._positions[tp] = start + len(window)
            records = [
                SimpleNamespace(offset=start + index, key=entry.key, value=entry.value)
                for index, entry in enumerate(window)
                if entry.visible
            ]
            if records:
                fetched[tp] = records
        return fetched
