"""The stack does what the README promises, from the outside: nothing lost, nothing twice, whatever is killed."""

from __future__ import annotations

import json
import runpy
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

_HERE = Path(__file__).parent
wait_until, run = (runpy.run_path(str(_HERE / "stack.py"))[name] for name in ("wait_until", "run"))
corpus = runpy.run_path(str(_HERE / "ledger.py"))["corpus"]


@pytest.fixture
def three_workers(stack):
    """Three workers for one test, then one again."""
    stack.up(workers=3)
    yield stack
    stack.up(workers=1)


def get(url, **headers):
    """Status, headers and body of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_subscribers_on_this_machine_get_each_event_of_what_is_pushed_here(stack, ledger):
    subscriber = ledger.consumer("newsroom")
    subscriber.subscribe(["news.events"])
    ledger.push_seed()
    ledger.push(corpus(200))
    ledger.settle()
    expected = sorted(record.key() for record in ledger.read("news.events"))
    assert len(expected) > 200, "the corpus is full of events"

    got, end = [], time.monotonic() + 60
    while len(got) < len(expected) and time.monotonic() < end:
        record = subscriber.poll(1.0)
        if record is not None and record.error() is None:
            got.append(record.key())
    subscriber.close()
    assert sorted(got) == expected


def test_the_commands_run_in_a_worker(stack, ledger):
    assert "all 8 topics are as declared" in stack.compose("exec", "-T", "worker", "streamproc", "topics", "check")
    shown = stack.compose("exec", "-T", "worker", "streamproc", "actors", "--json", "--top", "0")
    table = {count["actor_id"]: count["mentions"] for count in map(json.loads, shown.splitlines())}
    assert table == {actor: count["mentions"] for actor, count in ledger.counts().items()}


def test_a_worker_serves_this_machine_and_no_name_that_others_may_choose(stack):
    (worker,) = stack.containers("worker")
    url = stack.url(worker)
    status, headers, body = get(f"{url}/health/ready")
    assert (status, json.loads(body)["ready"]) == (200, True)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(f"{url}/metrics", Host="evil.example")[0] == 421
    status, _, body = get(f"{url}/api/actors?top=3")
    assert status == 200
    assert json.loads(body)["complete"]


def test_workers_that_are_killed_lose_and_double_nothing(three_workers, ledger):
    for copy in ("-workers-1", "-workers-2"):
        ledger.push(corpus(200), copy=copy)
    first, second, _third = three_workers.containers("worker")
    three_workers.crash(first)  # the container: the engine starts it again
    inner = run("docker", "top", second["Id"], "-eo", "pid,args").splitlines()
    child = next(line.split()[0] for line in inner if "--no-supervise" in line)
    three_workers.crash({"State": {"Pid": child}})  # the worker in it: its supervisor starts it again
    wait_until(lambda: three_workers.restarts("worker")[first["Id"]] == 1, "the first worker is restarted")
    ledger.settle()
    wait_until(lambda: three_workers.healthy("worker"), "all workers are ready")
    assert three_workers.restarts("worker")[second["Id"]] == 0


@pytest.mark.parametrize("way", ["restarted", "killed"])
def test_a_kafka_that_goes_away_under_load_loses_and_doubles_nothing(stack, ledger, way):
    ledger.push(corpus(200), copy=f"-before-{way}")
    pushing = threading.Thread(target=ledger.push, args=(corpus(200),), kwargs={"copy": f"-{way}"})
    pushing.start()
    if way == "restarted":
        stack.compose("restart", "kafka")
    else:
        stack.crash(stack.containers("kafka")[0])
    pushing.join()
    wait_until(lambda: stack.healthy("kafka"), "kafka is back")
    ledger.settle()
    wait_until(lambda: stack.healthy("worker"), "the worker is ready")


def test_what_is_stopped_ends_with_0_within_its_time(stack):
    started = time.monotonic()
    stack.compose("stop", "worker")
    assert time.monotonic() - started < 40
    assert [worker["State"]["ExitCode"] for worker in stack.containers("worker")] == [0]
    stack.up()


def test_down_and_up_keeps_everything(stack, ledger):
    before = ledger.counts()
    stack.compose("down")
    stack.up()
    assert ledger.counts() == before
    ledger.push_seed()  # again: a copy changes nothing
    ledger.push(corpus(10), copy="-after")
    ledger.settle()
    assert ledger.counts() != before
