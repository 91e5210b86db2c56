"""Payloads from a thread to the event loop."""

import asyncio
import threading

import pytest

from streamproc.cli.feed import Budget, Feed
from streamproc.cli.keys import Keyed


def items(count, size=10):
    return [Keyed(b"x" * size, b"%d" % number, malformed=False) for number in range(count)]


async def test_items_come_in_order():
    budget, taken = Budget(), []
    async for item in Feed(items(1000), budget):
        taken.append(item.key)
        budget.give_back(len(item.value))
    assert taken == [b"%d" % number for number in range(1000)]


async def test_no_more_is_read_than_the_budget_allows():
    read = 0

    def source():
        nonlocal read
        for item in items(1000, size=100):
            read += 1
            yield item

    budget = Budget(max_bytes=1000)
    feed = aiter(Feed(source(), budget))
    first = await anext(feed)
    await asyncio.sleep(0.1)
    assert read <= 12
    budget.give_back(len(first.value))
    await asyncio.sleep(0.1)
    assert read <= 13
    budget.close()


async def test_an_item_larger_than_the_budget_goes_alone():
    budget, sizes = Budget(max_bytes=10), []
    async for item in Feed(items(3, size=100), budget):
        sizes.append(len(item.value))
        budget.give_back(len(item.value))
    assert sizes == [100, 100, 100]


async def test_an_error_of_the_source_is_raised_after_what_came_before():
    def source():
        yield from items(2)
        raise OSError("broken disk")

    feed, taken = aiter(Feed(source(), Budget())), []
    taken.append(await anext(feed))
    taken.append(await anext(feed))
    with pytest.raises(OSError, match="broken disk"):
        await anext(feed)
    assert [item.key for item in taken] == [b"0", b"1"]


async def test_a_source_that_waits_does_not_hold_up_the_loop():
    go = threading.Event()

    def source():
        go.wait(10)
        yield from items(1)

    waiting = asyncio.ensure_future(anext(aiter(Feed(source(), Budget()))))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    go.set()
    assert (await asyncio.wait_for(waiting, 5)).key == b"0"


async def test_closing_the_budget_ends_the_thread():
    budget = Budget(max_records=1)
    feed = Feed(items(100), budget)
    await anext(aiter(feed))
    budget.close()
    feed._thread.join(5)
    assert not feed._thread.is_alive()
