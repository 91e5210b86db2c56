"""A table reads its own writes inside a transaction, and shows committed state outside."""

import pytest
from fakes import FakeProducer, lease_on

from streamproc.stream.store import MemoryStore
from streamproc.stream.table import Table, current_transaction
from streamproc.stream.transaction import Transaction


@pytest.fixture
def table():
    made = Table(name="counts", source="mentions", changelog="changelog", store=MemoryStore())
    made.store.open([0, 1])
    made.apply(0, [(b"kept", b"1"), (b"gone", b"2")], 2)
    return made


@pytest.fixture
def transaction():
    made = Transaction(lease_on("mentions", 0, producer=FakeProducer()), "group")
    token = current_transaction.set(made)
    yield made
    current_transaction.reset(token)


def test_a_transaction_reads_its_own_writes_and_deletions(table, transaction):
    table[b"new"] = b"3"
    del table[b"gone"]
    assert table[b"new"] == b"3"
    assert b"gone" not in table
    assert table.get(b"gone", b"default") == b"default"
    assert table[b"kept"] == b"1"


def test_a_missing_key_raises_as_in_a_dictionary(table, transaction):
    with pytest.raises(KeyError):
        table[b"missing"]
    with pytest.raises(KeyError):
        del table[b"missing"]


async def test_writes_reach_the_store_only_after_the_commit(table, transaction):
    table[b"new"] = b"3"
    assert table.store.get(0, b"new") is None
    await transaction.commit(7)
    assert table.store.get(0, b"new") == b"3"
    assert table.store.applied(0) == 1


def test_outside_of_a_transaction_a_table_is_read_only(table):
    assert table.get(b"kept") == b"1"
    with pytest.raises(LookupError):
        table[b"new"] = b"3"


def test_only_agents_of_its_source_topic_may_touch_a_table(table):
    stranger = Transaction(lease_on("other", 0, producer=FakeProducer()), "group")
    token = current_transaction.set(stranger)
    try:
        with pytest.raises(AssertionError, match="belongs to mentions"):
            table[b"new"] = b"3"
    finally:
        current_transaction.reset(token)


def test_the_committed_state_spans_all_partitions_held(table):
    table.apply(1, [(b"other", b"9")], 1)
    assert dict(table.committed()) == {b"kept": b"1", b"gone": b"2", b"other": b"9"}
