"""A transaction takes only the direct successor of the last commit; any error in a live lease ends the process."""

import asyncio
from types import SimpleNamespace

import pytest
from fakes import FakeProducer, event_of, lease_on

from streamproc.settings import load_settings
from streamproc.stream import delivery as delivery_module
from streamproc.stream.delivery import Delivery
from streamproc.stream.table import current_transaction
from streamproc.stream.transaction import OutputRecord


class Ended(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def delivery(monkeypatch):
    def fatal(reason, error=None):
        raise Ended(reason) from error

    monkeypatch.setattr(delivery_module, "fatal", fatal)
    app = SimpleNamespace(conf=SimpleNamespace(id="app"), should_stop=False)
    return Delivery(app, load_settings())


def leased(delivery, partition=0, offset=0, producer=None):
    lease = lease_on("raw", partition, offset=offset, producer=producer)
    delivery.leases[lease.tp] = lease
    return lease


async def echo(transaction, events):
    for event in events:
        transaction.send("out", OutputRecord(b"k", event.message.value), partition=0)


async def test_each_source_partition_of_a_batch_is_a_transaction_of_its_own(delivery):
    one, two = leased(delivery, 0), leased(delivery, 1, offset=10)
    events = [event_of(one, 0, value=b"a"), event_of(two, 10, value=b"b"), event_of(one, 1, value=b"c")]
    await delivery.process(events, echo)
    assert [value for _, value, _ in one.producer.log["out", 0]] == [b"a", b"c"]
    assert [value for _, value, _ in two.producer.log["out", 0]] == [b"b"]
    assert (one.done, two.done) == (1, 10)


async def test_the_transaction_is_current_inside_of_its_handler_only(delivery):
    lease = leased(delivery)
    inside = []

    async def handler(transaction, events):
        inside.append(current_transaction.get() is transaction)

    await delivery.process([event_of(lease, 0)], handler)
    assert inside == [True]
    assert current_transaction.get(None) is None


@pytest.mark.parametrize(
    ("offsets", "what"),
    [
        ([1], "the first is missing"),
        ([0, 2], "one is missing"),
        ([0, 0], "one is doubled"),
        ([1, 0], "two are swapped"),
    ],
)
async def test_a_record_that_is_lost_doubled_or_swapped_on_the_way_ends_the_process(delivery, offsets, what):
    lease = leased(delivery)
    with pytest.raises(Ended, match="chain broken"):
        await delivery.process([event_of(lease, offset) for offset in offsets], echo)
    assert lease.producer.log == {}, what


async def test_gaps_that_the_log_itself_has_are_no_broken_chain(delivery):
    # Compaction and commit markers leave gaps; the tag says which record came before.
    lease = leased(delivery, offset=5)
    await delivery.process([event_of(lease, 7, previous=4), event_of(lease, 12, previous=7)], echo)
    assert lease.done == 12


async def test_records_of_a_lease_that_was_given_up_are_left_to_the_next_owner(delivery):
    old = lease_on("raw", 0)
    leased(delivery)
    await delivery.process([event_of(old, 0)], echo)
    assert old.producer.calls == []


@pytest.mark.parametrize("step", ["begin", "send", "offsets", "commit"])
async def test_an_error_in_a_live_lease_ends_the_process(delivery, step):
    lease = leased(delivery, producer=FakeProducer(fail_at=step))
    with pytest.raises(Ended, match="failed"):
        await delivery.process([event_of(lease, 0)], echo)


async def test_an_error_in_the_handler_ends_the_process_before_anything_is_sent(delivery):
    lease = leased(delivery)

    async def handler(transaction, events):
        raise ValueError

    with pytest.raises(Ended):
        await delivery.process([event_of(lease, 0)], handler)
    assert lease.producer.calls == []


async def test_a_transaction_whose_lease_is_revoked_meanwhile_is_abandoned_in_silence(delivery):
    lease = leased(delivery)

    async def handler(transaction, events):
        await echo(transaction, events)
        lease.alive = False

    await delivery.process([event_of(lease, 0)], handler)
    assert lease.producer.log == {}
    assert lease.done == -1


async def test_release_waits_for_a_running_transaction_and_closes_the_producers(delivery):
    lease = leased(delivery)
    await delivery.process([event_of(lease, 0)], echo)
    await delivery.release()
    assert not lease.alive
    assert delivery.leases == {}
    assert lease.producer.calls[-1] == "stop"


class HangingProducer(FakeProducer):
    """Waits at one step for a broker that does not come back."""

    def __init__(self, step):
        super().__init__()
        self._hang_at = step

    async def _hang(self, name):
        if name == self._hang_at:
            await asyncio.Event().wait()

    async def send_batch(self, batch, topic, *, partition):
        await self._hang("send")
        return await super().send_batch(batch, topic, partition=partition)

    async def send_offsets_to_transaction(self, offsets, group):
        await self._hang("offsets")
        await super().send_offsets_to_transaction(offsets, group)

    async def commit_transaction(self):
        await self._hang("commit")
        await super().commit_transaction()

    async def abort_transaction(self):
        raise ConnectionError("abort")


@pytest.mark.parametrize("step", ["send", "offsets", "commit"])
async def test_a_transaction_that_hangs_does_not_hold_up_the_agent_after_its_lease_is_given_up(
    delivery, monkeypatch, step
):
    monkeypatch.setattr(delivery_module, "_DRAIN_S", 0.05)
    old = leased(delivery, producer=HangingProducer(step))
    agent = asyncio.create_task(delivery.process([event_of(old, 0)], echo))
    await asyncio.sleep(0)
    await delivery.release()
    await asyncio.wait_for(agent, 1)
    assert old.done == -1
    assert old.producer.calls[-1] == "stop", "also a producer that cannot abort is stopped"
    new = leased(delivery)
    await delivery.process([event_of(new, 0)], echo)
    assert new.done == 0


async def test_after_an_abandoned_transaction_the_lease_is_used_no_more(delivery):
    delivery._app.should_stop = True
    lease = leased(delivery, producer=FakeProducer(fail_at="send"))
    await delivery.process([event_of(lease, 0)], echo)
    lease.producer.fail_at = None
    await delivery.process([event_of(lease, 1)], echo)
    assert lease.producer.log == {}
    assert not lease.alive
