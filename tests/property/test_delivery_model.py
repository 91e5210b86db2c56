"""Transaction, Table and Delivery against a simulated broker: whatever fails, the log holds each effect exactly once.

Workers crash before and after any step, are overtaken in the middle of a transaction by another one (as when a process
is stopped and goes on), are given records lost, doubled or swapped, and recover with their store or without.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from faust.types import TP
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from streamproc.settings import load_settings
from streamproc.stream import delivery as delivery_module
from streamproc.stream.delivery import Delivery
from streamproc.stream.lease import Lease
from streamproc.stream.recovery import recover
from streamproc.stream.store import MemoryStore
from streamproc.stream.table import Table
from streamproc.stream.transaction import OutputRecord

_spec = importlib.util.spec_from_file_location("simulated_broker", Path(__file__).with_name("simulated_broker.py"))
simulated = importlib.util.module_from_spec(_spec)
sys.modules["simulated_broker"] = simulated
_spec.loader.exec_module(simulated)

WORDS = [b"a", b"b", b"c", b"d"]
WORKERS = (0, 1)
PARTITIONS = range(simulated.PARTITIONS)


class Ended(BaseException):
    """Stands for the end of a process."""


class Worker:
    """One process: its delivery and its table, whose store may outlive it."""

    def __init__(self, store: MemoryStore) -> None:
        self.delivery = Delivery(SimpleNamespace(conf=SimpleNamespace(id="app"), should_stop=False), load_settings())
        self.table = Table(name="counts", source="in", changelog="changelog", store=store)
        self.delivery.add_table(self.table)

    async def acquire(self, broker, partitions) -> None:
        """What `Delivery.acquire` and `go_live` do: fence, recover, committed offset, deliver."""
        await self.delivery.release()
        producers = {partition: broker.fence(("in", partition)) for partition in partitions}
        tps = [TP("in", partition) for partition in partitions]
        await recover(simulated.SimulatedReader(broker), self.delivery.tables, tps)
        self.delivery.leases = {
            tp: Lease(tp, producers[tp.partition], broker.offsets["in", tp.partition]) for tp in tps
        }

    async def count(self, transaction, events) -> None:
        """The handler: an output a record, and a count a word."""
        for event in events:
            word = event.message.value
            number = int(self.table.get(word, b"0")) + 1
            self.table[word] = b"%d" % number
            effect = b"%d-%d" % (transaction.lease.tp.partition, event.message.offset)
            transaction.send("out", OutputRecord(word, effect))


class DeliveryModel(RuleBasedStateMachine):
    """Two workers and two partitions."""

    def __init__(self) -> None:
        super().__init__()
        self.broker = simulated.Broker()
        self.runner = asyncio.Runner()
        self.stores = {name: MemoryStore() for name in WORKERS}
        self.workers: dict[int, Worker] = {}
        self.owners: dict[int, int | None] = dict.fromkeys(PARTITIONS)

        def fatal(reason, error=None):
            raise Ended(reason) from error

        self.patch = mock.patch.object(delivery_module, "fatal", fatal)
        self.patch.start()

    def teardown(self) -> None:
        self.patch.stop()
        self.runner.close()

    @initialize()
    def begin(self) -> None:
        self.runner.run(self._rebalance({0: 0, 1: 1}, unaware=None))

    # ----------------------------------------------------------------------------------------------------- the world

    async def _rebalance(self, owners, unaware) -> None:
        """Give partitions to workers; one of them may not hear of it and keep what it believes to hold."""
        self.owners = dict(owners)
        for name in WORKERS:
            if name != unaware and name in self.workers:
                await self.workers[name].delivery.release()
        for name in WORKERS:
            if name != unaware:
                worker = self.workers.setdefault(name, Worker(self.stores[name]))
                await worker.acquire(self.broker, [at for at, owner in owners.items() if owner == name])

    def _end(self, name, *, keep_store) -> None:
        """The process of a worker has ended; the next one finds its store, or an empty one."""
        self.workers.pop(name, None)
        if not keep_store:
            self.stores[name] = MemoryStore()

    # -------------------------------------------------------------------------------------------------- what happens

    @rule(partition=st.sampled_from(PARTITIONS), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
    def push(self, partition, words) -> None:
        for word in words:
            self.broker.append(("in", partition), word)

    @rule(partition=st.sampled_from(PARTITIONS))
    def leave_a_gap(self, partition) -> None:
        self.broker.mark(("in", partition))

    @rule(
        owners=st.fixed_dictionaries({partition: st.sampled_from(WORKERS) for partition in PARTITIONS}),
        unaware=st.sampled_from([None, None, *WORKERS]),
    )
    def rebalance(self, owners, unaware) -> None:
        others = {at: (1 - unaware if owner == unaware else owner) for at, owner in owners.items()}
        self.runner.run(self._rebalance(others, unaware))

    @rule(name=st.sampled_from(WORKERS), keep_store=st.booleans())
    def kill(self, name, keep_store) -> None:
        self._end(name, keep_store=keep_store)

    @rule(
        name=st.sampled_from(WORKERS),
        most=st.integers(1, 5),
        mangled=st.sampled_from(["", "", "", "lost", "doubled", "swapped"]),
        step=st.sampled_from(simulated.STEPS),
        after=st.booleans(),
        event=st.sampled_from(["nothing", "nothing", "crash", "overtaken"]),
        keep_store=st.booleans(),
    )
    def process(self, *, name, most, mangled, step, after, event, keep_store) -> None:
        worker = self.workers.get(name)
        if worker is None:
            return

        async def crash() -> None:
            raise Ended("killed")

        async def overtaken() -> None:
            await self._rebalance(dict.fromkeys(PARTITIONS, 1 - name), unaware=name)

        action = {"crash": crash, "overtaken": overtaken}.get(event)
        self.broker.trap = simulated.Trap(step, after, action) if action else None
        try:
            self.runner.run(worker.delivery.process(self._fetch(worker, most, mangled), worker.count))
        except Ended:
            self._end(name, keep_store=keep_store)
        finally:
            self.broker.trap = None

    def _fetch(self, worker, most, mangled):
        """The next records of every lease, tagged as the consumer thread does, and perhaps spoilt on the way."""
        events = []
        for tp, lease in worker.delivery.leases.items():
            log = self.broker.logs["in", tp.partition]
            for offset in [at for at in range(lease.fetched + 1, len(log)) if log[at].visible][:most]:
                message = SimpleNamespace(
                    lease=lease, previous=lease.fetched, offset=offset, value=log[offset].value, key=None
                )
                lease.fetched = offset
                events.append(SimpleNamespace(message=message))
        if events and mangled == "lost":
            del events[len(events) // 2]
        elif events and mangled == "doubled":
            events.insert(len(events) // 2, events[len(events) // 2])
        elif mangled == "swapped":
            events[:2] = reversed(events[:2])
        return events

    # ---------------------------------------------------------------------------------------------------- what holds

    def _done(self, partition):
        """Offset and word of the input that is committed."""
        log = self.broker.logs["in", partition]
        return [(at, log[at].value) for at in range(self.broker.offsets["in", partition]) if log[at].visible]

    @invariant()
    def the_output_is_that_of_the_committed_input_once(self) -> None:
        written = Counter(entry.value for at in PARTITIONS for entry in self.broker.committed(("out", at)))
        assert written == Counter(b"%d-%d" % (at, offset) for at in PARTITIONS for offset, _ in self._done(at))

    @invariant()
    def the_changelog_counts_the_committed_input(self) -> None:
        for partition in PARTITIONS:
            counted = {entry.key: int(entry.value) for entry in self.broker.committed(("changelog", partition))}
            assert counted == Counter(word for _, word in self._done(partition))

    @invariant()
    def the_store_of_an_owner_is_what_is_committed(self) -> None:
        for partition, owner in self.owners.items():
            worker = self.workers.get(owner)
            if worker is not None and TP("in", partition) in worker.delivery.leases:
                counted = {key: int(value) for key, value in worker.table.store.items(partition)}
                assert counted == Counter(word for _, word in self._done(partition))


DeliveryModel.TestCase.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestDelivery = DeliveryModel.TestCase
