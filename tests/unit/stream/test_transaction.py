"""Outputs, changelog and source offset of a batch become visible together or not at all."""

import asyncio

import pytest
from aiokafka import TopicPartition
from fakes import FakeProducer, lease_on

from streamproc.stream.partition import partition_of
from streamproc.stream.store import MemoryStore
from streamproc.stream.table import Table, current_transaction
from streamproc.stream.transaction import OutputRecord, Transaction


def prepared(producer):
    lease = lease_on("mentions", 2, offset=5, producer=producer)
    table = Table(name="counts", source="mentions", changelog="changelog", store=MemoryStore())
    table.store.open([2])
    transaction = Transaction(lease, "group")
    current_transaction.set(transaction)
    table[b"actor"] = b"1"
    table[b"actor"] = b"2"
    transaction.send("out", OutputRecord(b"k", b"v", [("h", b"x")]))
    return lease, table, transaction


async def test_a_commit_publishes_outputs_changelog_and_offset_at_once():
    producer = FakeProducer()
    lease, table, transaction = prepared(producer)
    await transaction.commit(9)
    assert producer.log["out", partition_of(b"k", 4)] == [(b"k", b"v", [("h", b"x")])]
    assert producer.log["changelog", 2] == [(b"actor", b"2", [])], "one changelog record a key, in the source partition"
    assert producer.offsets == {TopicPartition("mentions", 2): 10}
    assert lease.done == 9
    assert table.store.get(2, b"actor") == b"2"
    assert producer.calls == ["begin", "send", "send", "offsets", "commit"]


@pytest.mark.parametrize("step", ["begin", "send", "offsets", "commit"])
async def test_a_failure_at_any_step_leaves_nothing_behind(step):
    producer = FakeProducer(fail_at=step)
    lease, table, transaction = prepared(producer)
    with pytest.raises(ConnectionError):
        await transaction.commit(9)
    assert producer.log == {}
    assert producer.offsets == {}
    assert lease.done == 4
    assert table.store.get(2, b"actor") is None


async def test_a_revoked_lease_does_not_commit():
    producer = FakeProducer()
    lease, _, transaction = prepared(producer)
    lease.alive = False
    with pytest.raises(asyncio.CancelledError):
        await transaction.commit(9)
    assert producer.log == {}


async def test_records_beyond_one_batch_go_into_several_and_the_changelog_end_is_right():
    producer = FakeProducer(room=3)
    lease = lease_on("mentions", 1, producer=producer)
    table = Table(name="counts", source="mentions", changelog="changelog", store=MemoryStore())
    table.store.open([1])
    transaction = Transaction(lease, "group")
    current_transaction.set(transaction)
    for number in range(7):
        table[b"%d" % number] = b"x"
    await transaction.commit(0)
    assert len(producer.log["changelog", 1]) == 7
    assert table.store.applied(1) == 7


async def test_a_record_without_key_and_one_with_a_chosen_partition_have_their_place():
    producer = FakeProducer()
    transaction = Transaction(lease_on("raw", 0, producer=producer), "group")
    transaction.send("dead", OutputRecord(None, b"v"))
    transaction.send("raw", OutputRecord(b"k", b"v"), partition=3)
    await transaction.commit(0)
    assert set(producer.log) == {("dead", 0), ("raw", 3)}


async def test_a_batch_that_writes_nothing_still_moves_the_offset():
    producer = FakeProducer()
    await Transaction(lease_on("raw", 0, producer=producer), "group").commit(41)
    assert producer.offsets == {TopicPartition("raw", 0): 42}
