"""What is confirmed, what is not, and when sending ends."""

import asyncio

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError

from streamproc.cli.publish import Publisher


class Producer:
    """Stands in for the producer of aiokafka: gives futures that the test settles."""

    def __init__(self, outcome):
        self._outcome = outcome
        self.sent = []
        self._futures = []

    async def send(self, topic, value, key=None, headers=None):
        future = asyncio.get_running_loop().create_future()
        self.sent.append((topic, value, key, headers))
        self._futures.append(future)
        outcome = self._outcome(len(self.sent))
        if outcome == "refused":
            self._futures.remove(future)
            raise MessageSizeTooLargeError
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        elif outcome is not None:
            future.set_result(outcome)
        return future

    async def flush(self):
        await asyncio.wait(self._futures)


async def deliver(outcome, count=5, silence_s=30.0):
    producer = Producer(outcome)
    publisher = Publisher(producer, silence_s=silence_s)
    done = []

    async def sending():
        for number in range(count):
            await publisher.send("raw", b"%d" % number, None, done=lambda: done.append(1))

    await asyncio.wait_for(publisher.deliver(sending()), 10)
    return publisher, producer, len(done)


async def test_what_kafka_acknowledges_is_confirmed():
    publisher, producer, done = await deliver(lambda _: "ok")
    assert (publisher.confirmed, publisher.failed.total(), publisher.outage, done) == (5, 0, False, 5)
    assert [value for _, value, _, _ in producer.sent] == [b"0", b"1", b"2", b"3", b"4"]


async def test_a_record_that_is_too_large_does_not_stop_the_others():
    publisher, _, done = await deliver(lambda number: "refused" if number == 2 else "ok")
    assert (publisher.confirmed, publisher.failed.total(), publisher.outage, done) == (4, 1, False, 5)


async def test_an_outage_stops_the_sending():
    async def sending():
        while True:
            await publisher.send("raw", b"x", None)
            await asyncio.sleep(0.01)

    publisher = Publisher(Producer(lambda number: KafkaTimeoutError() if number == 3 else "ok"))
    await asyncio.wait_for(publisher.deliver(sending()), 10)
    assert publisher.outage
    assert publisher.failed.total() == 1


async def test_silence_of_the_broker_is_an_outage_and_counts_what_is_on_the_way():
    publisher, _, _ = await deliver(lambda number: "ok" if number <= 2 else None, silence_s=0.3)
    assert (publisher.confirmed, dict(publisher.failed)) == (2, {"no broker confirmed anything for 0.3 s": 3})
    assert publisher.outage


async def test_an_error_of_the_sender_is_raised():
    async def sending():
        raise OSError("broken disk")

    with pytest.raises(OSError, match="broken disk"):
        await Publisher(Producer(lambda _: "ok")).deliver(sending())
