"""Each override of Faust has a reason: what the stock does is shown here, and would tell when it is mended upstream."""

import asyncio
from collections import deque
from types import SimpleNamespace
from unittest.mock import AsyncMock

import faust
import pytest
from fakes import lease_on
from faust.transport.consumer import TransactionManager
from faust.transport.drivers import aiokafka as stock
from faust.types import TP

from streamproc.errors import ConfigurationError
from streamproc.settings import load_settings
from streamproc.stream import transport, versions
from streamproc.stream.transport import App, Consumer, ConsumerThread


@pytest.fixture
def stock_app(tmp_path):
    made = faust.App("stock", broker="kafka://127.0.0.1:1", datadir=str(tmp_path))
    yield made
    made.consumer._thread.thread_loop.close()


@pytest.fixture
def app(tmp_path):
    made = App("ours", load_settings(), broker="kafka://127.0.0.1:1", datadir=str(tmp_path))
    yield made
    made.consumer._thread.thread_loop.close()


async def test_stock_faust_commits_past_a_message_that_is_not_acked(stock_app):
    # https://github.com/faust-streaming/faust/issues/606: 100 is the next to read, and it is not acked.
    consumer, tp = stock_app.consumer, TP("t", 0)
    consumer._committed_offset[tp], consumer._acked[tp] = 100, [101]
    assert consumer._new_offset(tp) == 102


async def test_our_consumer_commits_nothing_by_itself(app):
    consumer, tp = app.consumer, TP("t", 0)
    consumer._committed_offset[tp], consumer._acked[tp] = 100, [101]
    assert isinstance(consumer, Consumer)
    assert await consumer.commit() is False
    assert consumer._committed_offset[tp] == 100


async def test_stock_faust_sends_by_destination_and_commits_by_source_partition(stock_app, monkeypatch):
    # https://github.com/faust-streaming/faust/issues/177: a message of source partition 0 that goes to partition 3 is
    # not in the transaction in which its offset is committed.
    monkeypatch.setattr(type(stock_app.assignor), "group_for_topic", lambda *_: 0)
    producer = AsyncMock()
    consumer = SimpleNamespace(key_partition=lambda *_: 3)
    manager = TransactionManager(SimpleNamespace(app=stock_app), consumer=consumer, producer=producer)
    await manager.send("out", b"key", b"value", None, None, None)
    await manager.commit({TP("in", 0): 1})
    assert producer.send.await_args.kwargs["transactional_id"] == "stock-0-3"
    assert set(producer.commit_transactions.await_args.args[0]) == {"stock-0-0"}


@pytest.fixture
def created(monkeypatch):
    """The arguments of the Kafka consumers that are made."""
    monkeypatch.setattr(stock.aiokafka, "AIOKafkaConsumer", SimpleNamespace)


async def test_stock_faust_reads_what_is_not_committed(stock_app, created):
    thread = stock.AIOKafkaConsumerThread(stock_app.consumer, thread_loop=asyncio.get_running_loop())
    assert thread._create_worker_consumer(stock_app.transport).isolation_level == "read_uncommitted"


async def test_our_consumer_reads_what_is_committed_only(app, created):
    thread = ConsumerThread(app.consumer, thread_loop=asyncio.get_running_loop())
    assert thread._create_worker_consumer(app.transport)._isolation_level == "read_committed"


class Fetching:
    """A consumer thread whose fetches return what is queued for them."""

    def __init__(self, monkeypatch):
        self.thread = ConsumerThread.__new__(ConsumerThread)
        self.replies = deque()
        self.asked = []

        async def fetch(_self, _consumer, active, timeout=None, max_records=None):
            self.asked.append(active)
            reply = self.replies.popleft()
            return reply() if callable(reply) else reply

        monkeypatch.setattr(stock.AIOKafkaConsumerThread, "_fetch_records", fetch)

    async def fetch(self, *tps):
        return await self.thread._fetch_records(None, set(tps))


def record(offset, value=b"12345"):
    return SimpleNamespace(offset=offset, value=value)


@pytest.fixture
def fetching(monkeypatch):
    return Fetching(monkeypatch)


async def test_records_are_tagged_with_their_lease_and_the_record_before(fetching):
    lease = lease_on("raw", 0, offset=5)
    fetching.thread.leases = {lease.tp: lease}
    fetching.replies += [{lease.tp: [record(5), record(8)]}, {lease.tp: [record(9)]}]
    first, second = await fetching.fetch(lease.tp), await fetching.fetch(lease.tp)
    tags = [(r.offset, r.previous, r.lease is lease) for r in first[lease.tp] + second[lease.tp]]
    assert tags == [(5, 4, True), (8, 5, True), (9, 8, True)]
    assert lease.in_flight_bytes == 15


async def test_without_a_lease_nothing_is_fetched(fetching):
    assert await fetching.fetch(TP("raw", 0)) == {}
    assert fetching.asked == []


async def test_a_log_that_goes_back_ends_the_process(fetching, monkeypatch):
    def fatal(reason, error=None):
        raise SystemExit(reason)

    monkeypatch.setattr(transport, "fatal", fatal)
    lease = lease_on("raw", 0, offset=5)
    fetching.thread.leases = {lease.tp: lease}
    fetching.replies += [{lease.tp: [record(5)]}, {lease.tp: [record(3)]}]
    await fetching.fetch(lease.tp)
    with pytest.raises(SystemExit, match="went back from 5 to 3"):
        await fetching.fetch(lease.tp)


async def test_records_that_arrive_after_a_revocation_are_dropped(fetching):
    lease = lease_on("raw", 0)

    def revoked_meanwhile():
        fetching.thread.leases = {}
        return {lease.tp: [record(0)]}

    fetching.thread.leases = {lease.tp: lease}
    fetching.replies.append(revoked_meanwhile)
    assert await fetching.fetch(lease.tp) == {}


async def test_a_partition_with_too_many_bytes_in_flight_waits_and_the_others_go_on(fetching, monkeypatch):
    monkeypatch.setattr(transport, "_MAX_IN_FLIGHT_BYTES", 10)
    full, free = lease_on("raw", 0), lease_on("raw", 1)
    full.fetched_bytes = 10
    fetching.thread.leases = {full.tp: full, free.tp: free}
    fetching.replies.append({})
    await fetching.fetch(full.tp, free.tp)
    assert fetching.asked == [{free.tp}]


def test_other_versions_of_the_libraries_are_refused(monkeypatch):
    versions.require_versions()
    monkeypatch.setitem(versions.REQUIRED, "aiokafka", "0.13.0")
    with pytest.raises(ConfigurationError, match=r"needs 0\.13\.0"):
        versions.require_versions()


def _interrupted():
    """A consumer whose fetcher is cancelled while it waits to try again (aiokafka/consumer/fetcher.py:755)."""
    return SimpleNamespace(stop=AsyncMock(side_effect=asyncio.CancelledError))


async def test_the_thread_of_stock_faust_dies_where_it_stops_without_a_broker(stock_app):
    thread = stock_app.consumer._thread
    thread._consumer = _interrupted()
    with pytest.raises(asyncio.CancelledError):
        await thread.on_thread_stop()


async def test_our_thread_stops_in_order_without_a_broker(app):
    thread = app.consumer._thread
    thread._consumer = _interrupted()
    await thread.on_thread_stop()
    thread._consumer.stop.assert_awaited_once()


async def test_a_consumer_without_coordinator_is_out_of_touch(app):
    thread = app.consumer._thread
    assert not thread.is_in_touch()
    thread._consumer = SimpleNamespace(_coordinator=SimpleNamespace(coordinator_id=None))
    assert not thread.is_in_touch()
    thread._consumer._coordinator.coordinator_id = 1
    assert thread.is_in_touch()
