"""A slow or crashing article costs that article only."""

import importlib.util
import os
import sys
import time
from pathlib import Path

import pytest

from streamproc.errors import RejectionCode
from streamproc.stream.job import Task
from streamproc.stream.pool import AnalysisPool, InlinePool

_spec = importlib.util.spec_from_file_location("pool_jobs", Path(__file__).with_name("pool_jobs.py"))
pool_jobs = importlib.util.module_from_spec(_spec)
sys.modules["pool_jobs"] = pool_jobs
_spec.loader.exec_module(pool_jobs)


@pytest.fixture(autouse=True)
def _importable_in_children(monkeypatch):
    # Spawned processes take the path of their parent.
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])


def tasks(*payloads):
    return [Task(payload, [], 0, 4) for payload in payloads]


@pytest.fixture
async def pool():
    made = AnalysisPool(pool_jobs.obedient, workers=2, timeout_s=1.0)
    await made.start()
    yield made
    await made.stop()


async def test_results_come_in_the_order_of_the_tasks(pool):
    payloads = [b"%d" % number for number in range(200)]
    outcomes = await pool.run(tasks(*payloads))
    assert [outcome.identity for outcome in outcomes] == ["id-" + payload.decode() for payload in payloads]
    assert pool.busy == 0


async def test_nothing_to_do_gives_nothing(pool):
    assert await pool.run([]) == []


async def test_an_article_that_takes_its_process_down_is_rejected_and_its_neighbours_are_not(pool):
    outcomes = await pool.run(tasks(b"a", b"die", b"b", b"c"))
    assert [outcome.rejection and outcome.rejection.code for outcome in outcomes] == [
        None,
        RejectionCode.ANALYSIS_CRASHED,
        None,
        None,
    ]
    assert outcomes[1].identity == "id-die"
    assert "exit code 3" in outcomes[1].rejection.message


async def test_an_article_that_exceeds_the_time_limit_is_rejected_and_its_neighbours_are_not(pool):
    outcomes = await pool.run(tasks(b"a", b"b", b"sleep", b"c"))
    codes = [outcome.rejection and outcome.rejection.code for outcome in outcomes]
    assert codes == [None, None, RejectionCode.ANALYSIS_TIMEOUT, None]
    assert [outcome.identity for outcome in await pool.run(tasks(b"d"))] == ["id-d"], "the pool goes on"


async def test_an_exception_in_a_job_is_a_bug_and_is_raised(pool):
    with pytest.raises(RuntimeError, match="a bug in the job itself"):
        await pool.run(tasks(b"a", b"raise"))


async def test_a_killed_process_is_replaced(pool):
    children = {int(entry.name) for entry in Path("/proc").iterdir() if _child_of_this_process(entry)}
    assert children
    for child in children:
        os.kill(child, 9)
    outcomes = await pool.run(tasks(b"a", b"b"))
    assert [outcome.identity for outcome in outcomes] == ["id-a", "id-b"]


def _child_of_this_process(entry):
    if not entry.name.isdigit():
        return False
    try:
        parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        return parent == os.getpid() and b"spawn_main" in (entry / "cmdline").read_bytes()
    except OSError:
        return False  # it ended while we looked


async def test_a_model_that_does_not_load_fails_at_start_and_not_at_the_first_article():
    pool = AnalysisPool(pool_jobs.broken, workers=1, timeout_s=5.0)
    started = time.monotonic()
    try:
        with pytest.raises(ValueError, match="the model does not load"):
            await pool.start()
    finally:
        await pool.stop()
    assert time.monotonic() - started < 30


async def test_the_inline_pool_runs_the_same_jobs():
    pool = InlinePool(pool_jobs.obedient)
    await pool.start()
    assert [outcome.identity for outcome in await pool.run(tasks(b"a"))] == ["id-a"]
    await pool.stop()
