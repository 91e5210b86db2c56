"""The command line against a real broker, as users run it: each command a process of its own."""

import json
import os
import select
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from streamproc.contracts import ActorCount, EnrichedArticle, Event
from streamproc.stream.partition import partition_of

DUTCH = "De Russische minister Sergej Lavrov sprak maandag in Moskou met Angela Merkel over de crisis in Venezuela."
PARTITIONS = 2


def article(article_id: str, text: str = DUTCH, **fields: object) -> bytes:
    return json.dumps({"id": article_id, "text": text, "published": "2019-03-05", **fields}).encode()


class Deployment:
    """The settings of one test, and commands that run with them."""

    def __init__(self, servers: str, prefix: str, folder) -> None:
        self.prefix = prefix
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMPROC_")}
        if "STREAMPROC_CACHE_PATH" in os.environ:
            self.environment["STREAMPROC_CACHE_PATH"] = os.environ["STREAMPROC_CACHE_PATH"]
        self.environment |= {
            "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": servers,
            "STREAMPROC_TOPIC_PREFIX": prefix,
            "STREAMPROC_APP_ID": prefix.rstrip("."),
            "STREAMPROC_TOPIC_PARTITIONS": str(PARTITIONS),
            "STREAMPROC_POOL_WORKERS": "1",
            "STREAMPROC_SESSION_TIMEOUT_S": "6",
            "STREAMPROC_WEB_PORT": "0",
            "STREAMPROC_DATA_PATH": str(folder / "data"),
        }

    @contextmanager
    def started(self, *arguments: str, **options: object) -> Iterator[subprocess.Popen]:
        """A process that has ended, and whose pipes are closed, at the end of the block."""
        options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        command = [sys.executable, "-m", "streamproc.cli", *arguments]
        with subprocess.Popen(command, cwd=self.folder, env=self.environment, **options) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.terminate()

    @contextmanager
    def logging(self, *arguments: str) -> Iterator[tuple[subprocess.Popen, Path]]:
        """As `started`, and the file that it writes to."""
        path = self.folder / f"{arguments[0]}.out"
        with path.open("wb") as out, self.started(*arguments, stdout=out, stderr=out) as process:
            yield process, path

    def run(self, *arguments: str, stdin: bytes = b"", expected: int = 0) -> subprocess.CompletedProcess:
        with self.started(*arguments) as process:
            out, err = process.communicate(stdin, timeout=90)
        assert process.returncode == expected, err.decode()
        return subprocess.CompletedProcess(arguments, process.returncode, out.decode(), err.decode())

    def json(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run(*arguments).stdout.splitlines()]

    def push(self, *payloads: bytes) -> None:
        self.run("push", "-f", "jsonl", "--wait", "-", stdin=b"\n".join(payloads))


@pytest.fixture(scope="module")
def deployment(kafka, tmp_path_factory) -> Iterator[Deployment]:
    """Topics and a worker that the tests of this module share; each uses articles of its own."""
    made = Deployment(kafka, f"cli-{uuid.uuid4().hex[:8]}.", tmp_path_factory.mktemp("cli"))
    made.run("topics", "create")
    with made.logging("run", "--no-web"):
        yield made


@pytest.fixture
def bare(kafka, topic_prefix, tmp_path) -> Deployment:
    """Settings of a deployment of which nothing is there yet."""
    return Deployment(kafka, topic_prefix, tmp_path)


def wait_for(condition, timeout_s: float = 60.0):
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    pytest.fail(f"not within {timeout_s} s")


def test_topics_are_created_once_and_checked(bare):
    missing = bare.run("topics", "check", expected=1).stdout
    assert f"topic {bare.prefix}articles.raw is missing" in missing
    assert bare.run("topics", "create").stdout.count("created ") == 8
    assert bare.run("topics", "create").stdout.count("exists ") == 8
    assert bare.run("topics", "check").stdout == "all 8 topics are as declared\n"
    bare.environment["STREAMPROC_TOPIC_PARTITIONS"] = "3"
    assert "has 2 partitions, not 3" in bare.run("topics", "check", expected=1).stdout


@pytest.mark.parametrize("command", [["push", os.devnull], ["tail", "events"], ["actors"], ["dead-letters", "list"]])
def test_a_topic_that_is_missing_is_one_line(bare, command):
    assert "`streamproc topics create` creates it\n" in bare.run(*command, expected=2).stderr


def test_a_worker_without_topics_ends_at_once_and_says_why(bare):
    assert "streamproc topics create" in bare.run("run", expected=2).stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_cleanly_when_it_is_told_to(bare, number):
    bare.run("topics", "create")
    with bare.logging("run", "--only", "count") as (worker, log):
        wait_for(lambda: b"partitions acquired" in log.read_bytes())
        worker.send_signal(number)
        assert worker.wait(30) == 0
    levels = [json.loads(line)["level"] for line in log.read_text().splitlines()]
    assert "critical" not in levels


def test_a_worker_waits_for_a_broker_that_is_not_up(bare):
    bare.environment["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:1"
    with bare.logging("run") as (worker, log):
        wait_for(lambda: b"waiting for kafka" in log.read_bytes())
        assert worker.poll() is None
        worker.terminate()
        assert worker.wait(30) == 0


def test_what_is_pushed_comes_out(deployment):
    told = deployment.run("push", "--wait", "-", stdin=article("out-1", title="Overleg"))
    assert "1 article confirmed" in told.stderr
    enriched = [EnrichedArticle.model_validate(found) for found in tail(deployment, "enriched")]
    [made] = [found for found in enriched if found.article_id == "out-1"]
    assert made.text == DUTCH
    events = [Event.model_validate(found) for found in tail(deployment, "events")]
    assert [found for found in events if found.article.article_id == "out-1"] == made.events
    counts = {found["actor_id"]: ActorCount.model_validate(found) for found in deployment.json("actors", "--json")}
    assert {entity.actor_id for entity in made.entities if entity.named} <= set(counts)


def tail(deployment: Deployment, topic: str) -> list[dict]:
    """All that the topic holds: of the lines that come, those before a pause."""
    found = []
    with deployment.started("tail", topic, "--json", "--from-beginning") as process:
        reader, wait_s = process.stdout, 10.0
        while select.select([reader], [], [], wait_s)[0]:
            found += [json.loads(line) for line in _whole_lines(reader)]
            wait_s = 1.0
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    return found


def _whole_lines(reader) -> list[bytes]:
    data = os.read(reader.fileno(), 1 << 20)
    if data and not data.endswith(b"\n"):
        data += reader.readline()
    return data.splitlines()


def test_without_kafka_the_same_comes_out(deployment):
    payloads = [article("same-1"), article("same-2", f"{DUTCH} Zij eiste opheldering."), b'{"id":"same-3","text":""}']
    deployment.push(*payloads)
    printed = deployment.run("enrich", "-", "-f", "jsonl", stdin=b"\n".join(payloads), expected=1)
    assert "stdin:3: text-empty" in printed.stderr
    of_stream = {found["article_id"]: found for found in tail(deployment, "enriched")}
    for line in printed.stdout.splitlines():
        found = json.loads(line)
        stream_made = of_stream[found["article_id"]]
        assert found | {"processed_at": ""} == stream_made | {"processed_at": ""}
        assert list(found) == list(stream_made)


def test_copies_change_nothing(deployment):
    deployment.push(article("copy-1"))
    before = deployment.run("actors", "--json", "--top", "0").stdout
    deployment.push(article("copy-1"), article("copy-1"))
    assert deployment.run("actors", "--json", "--top", "0").stdout == before


async def test_waiting_sees_through_records_that_are_sent_on(deployment):
    home = partition_of(b"sent-on-1", PARTITIONS)
    producer = AIOKafkaProducer(bootstrap_servers=deployment.environment["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"])
    await producer.start()
    topic = f"{deployment.prefix}articles.raw"
    await producer.send_and_wait(topic, article("sent-on-1"), partition=(home + 1) % PARTITIONS)
    await producer.stop()
    started = time.monotonic()
    deployment.push(article("after-1"))
    assert time.monotonic() - started < 20
    deployment.push(article("after-2"))  # with control records at the end of the topic
    assert "sent-on-1" in {found["article_id"] for found in tail(deployment, "enriched")}


def test_what_is_malformed_is_pushed_as_it_is_and_becomes_a_dead_letter(deployment):
    told = deployment.run("push", "--wait", "-f", "jsonl", "-", stdin=article("bad-1") + b"\n{kapot \x1b[2J\n")
    assert "2 articles confirmed" in told.stderr
    assert "1 article pushed that cannot be read as JSON (stdin:2)" in told.stderr
    [letter] = [found for found in letters(deployment) if found["bytes"] == len(b"{kapot \x1b[2J")]
    assert letter["error"]["code"] == "json-invalid"
    place = f"{letter['partition']}/{letter['offset']}"
    shown = deployment.run("dead-letters", "show", place).stdout
    assert "json-invalid" in shown
    assert shown.endswith("{kapot \\x1b[2J\n")
    assert deployment.run("dead-letters", "show", place, "--raw").stdout == "{kapot \x1b[2J"


def letters(deployment: Deployment, *options: str) -> list[dict]:
    return deployment.json("dead-letters", "list", "--json", "--max", "0", *options)


def test_a_redrive_sends_letters_once_and_counts_their_attempts(bare):
    bare.run("topics", "create")
    with bare.logging("run", "--no-web"):
        bare.push(b'{"id":"r1","text":""}', b'{"id":"r2","text":" "}', b"{kapot")
        assert sorted(found["error"]["attempts"] for found in letters(bare)) == [1, 1, 1]
        assert "1 redriven" in bare.run("dead-letters", "redrive", "--code", "json-invalid", "--yes").stderr
        assert "2 redriven" in bare.run("dead-letters", "redrive", "--code", "text-empty", "--yes").stderr
        wait_for(lambda: len(letters(bare)) == 6)
    assert sorted(found["error"]["attempts"] for found in letters(bare)) == [1, 1, 1, 2, 2, 2]
    assert sum(found["redriven"] for found in letters(bare)) == 3
    # No worker now: what is redriven stays in the raw topic.
    assert (
        "Redrive 3 dead letters (2 text-empty, 1 json-invalid)?"
        in bare.run("dead-letters", "redrive", expected=1).stderr
    )
    assert "3 redriven and confirmed" in bare.run("dead-letters", "redrive", "--yes").stderr
    assert "nothing to redrive" in bare.run("dead-letters", "redrive", "--yes").stderr
    assert "6 redriven" in bare.run("dead-letters", "redrive", "--yes", "--all").stderr
    assert all(found["redriven"] for found in letters(bare))


def test_a_group_goes_on_where_it_stopped(deployment):
    deployment.push(*(article(f"group-{number}") for number in range(4)))
    options = ["tail", "enriched", "--json", "--from-beginning", "--group", f"{deployment.prefix}reader", "--max", "2"]
    first, second = deployment.json(*options), deployment.json(*options)
    assert len(first) == len(second) == 2
    assert not {found["article_id"] for found in first} & {found["article_id"] for found in second}


def test_tail_is_readable(deployment):
    deployment.push(article("lines-1", title="Een [red]titel"))
    for topic in ("raw", "enriched", "events", "mentions", "actor-counts"):
        [line] = deployment.run("tail", topic, "--from-beginning", "--max", "1").stdout.splitlines()
        assert line.isprintable()


def test_large_files_are_pushed_within_bounded_memory(bare):
    bare.run("topics", "create")
    lines = b"\n".join(article(f"many-{number}", DUTCH * 20) for number in range(5000))
    assert "5,000 articles confirmed" in bare.run("push", "-", stdin=lines).stderr
    assert "5,000 articles confirmed" in bare.run("push", "-", stdin=b"[" + lines.replace(b"\n", b",\n") + b"]").stderr


def test_a_record_that_kafka_would_refuse_is_told_and_the_others_are_pushed(bare):
    bare.environment["STREAMPROC_MAX_RECORD_BYTES"] = str(1024 * 1024)
    bare.run("topics", "create")
    lines = b"\n".join([article("ok-1"), article("huge", "x" * 2_000_000), article("ok-2")])
    told = bare.run("push", "-f", "jsonl", "-", stdin=lines, expected=1).stderr
    assert "2 articles confirmed" in told
    assert "1 article not pushed: over 1,048,576 bytes (stdin:2)" in told


def test_the_doctor_finds_a_healthy_deployment_healthy(deployment):
    report = deployment.run("doctor").stdout
    assert "ok   kafka" in report
    assert "ok   topics" in report
    assert "fail" not in report


def test_the_doctor_tells_of_missing_topics(bare):
    assert "fail topics" in bare.run("doctor", expected=1).stdout


def test_the_demo_shows_events_and_actors_and_leaves_nothing_running(bare):
    shown = bare.run("demo")
    assert "Trump erkent Guaidó als president van Venezuela" in shown.stdout
    assert "Sergej Lavrov" in shown.stdout
    assert "actors with most mentions" in shown.stdout
    assert "Venezuela" in shown.stdout
    assert bare.run("topics", "check", expected=1).stdout.count("is missing") == 8  # its topics are its own


def kept_demo(deployment: Deployment, name: str):
    (deployment.folder / "a.json").write_bytes(article(name))
    return deployment.logging("demo", "--keep", "a.json")


def url_in(log: Path) -> str:
    wait_for(lambda: b"Ctrl-C stops" in log.read_bytes())
    return next(word for word in log.read_text().split() if word.endswith("/api/actors"))


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def test_a_demo_that_is_kept_tells_where_things_are_until_it_is_stopped(bare):
    with kept_demo(bare, "kept-1") as (demo, log):
        url = url_in(log)
        assert answers(url)
        demo.terminate()
        assert demo.wait(30) == 0
    assert not answers(url)


def test_a_demo_that_is_killed_takes_its_worker_along(bare):
    with kept_demo(bare, "killed-1") as (demo, log):
        url = url_in(log)
        assert answers(url)
        demo.kill()
    wait_for(lambda: not answers(url), 30)


def test_the_broker_runs_until_it_is_stopped_and_keeps_its_records(bare, cache):
    bare.environment["STREAMPROC_CACHE_PATH"] = str(cache)
    for first in (True, False):
        with bare.started("broker", "--port", "0", "--data", "kafka") as broker:
            bare.environment["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"] = broker.stdout.readline().decode().strip()
            if first:
                bare.run("topics", "create")
            assert "as declared" in bare.run("topics", "check").stdout
            broker.terminate()
            assert broker.wait(60) == 0
