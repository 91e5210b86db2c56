"""Ready means that articles are processed as they come; a worker that stands still ends itself."""

import asyncio
import time
from types import SimpleNamespace

import pytest
from fakes import lease_on

from streamproc.settings import load_settings
from streamproc.stream import worker as worker_module
from streamproc.stream.measures import Measures
from streamproc.stream.worker import Worker


class Ended(BaseException):
    """Stands for the end of the process."""


def worker_with(*, lag=0, silent_for_s=0.0, in_touch=True, ready=True):
    """A worker with one app that holds one partition, with so many records waiting."""
    lease = lease_on("raw", 0)
    lease.progressed_at = time.monotonic() - silent_for_s
    thread = SimpleNamespace(lag=lambda _lease: lag, is_in_touch=lambda: in_touch)
    app = SimpleNamespace(
        conf=SimpleNamespace(id="app"),
        consumer=SimpleNamespace(_thread=thread, state=dict),
        delivery=SimpleNamespace(leases={lease.tp: lease}, ready=ready, progressed_at=time.monotonic() - silent_for_s),
    )
    return Worker(load_settings(stall_timeout_s=100), Measures(), apps=[app])


@pytest.fixture
def beaten(monkeypatch):
    """Lets the heart of a worker beat once; raises `Ended` where it ends the process."""

    def fatal(reason, error=None):
        raise Ended(reason)

    monkeypatch.setattr(worker_module, "fatal", fatal)

    async def beat(worker):
        task = asyncio.create_task(worker_module._beat(worker))
        await asyncio.sleep(0)
        if task.done():
            task.result()
        task.cancel()

    return beat


def test_a_worker_is_ready_that_holds_partitions_and_has_a_broker():
    assert worker_with().is_ready()
    assert not worker_with(ready=False).is_ready()


def test_a_worker_is_not_ready_while_no_broker_answers():
    assert not worker_with(in_touch=False).is_ready()


def test_a_worker_is_not_ready_long_before_it_counts_as_stalled():
    worker = worker_with(lag=1, silent_for_s=30)
    assert not worker.is_ready()
    assert worker.stalled() == []
    assert worker_with(lag=1, silent_for_s=20).is_ready()


async def test_a_worker_that_commits_nothing_while_records_wait_ends(beaten):
    with pytest.raises(Ended, match="no progress within 100 s on raw-0"):
        await beaten(worker_with(lag=1, silent_for_s=101))


async def test_a_worker_that_gets_no_partitions_delivered_ends(beaten):
    with pytest.raises(Ended, match="no progress within 100 s on app"):
        await beaten(worker_with(ready=False, silent_for_s=101))


async def test_an_idle_partition_is_no_stalled_one_when_a_record_comes_at_last(beaten):
    worker = worker_with(lag=0, silent_for_s=3600)
    await beaten(worker)
    worker.apps[0].consumer._thread.lag = lambda _lease: 1
    await beaten(worker)
    assert worker.is_ready()
