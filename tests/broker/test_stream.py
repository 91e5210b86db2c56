"""A real worker on a real broker: what goes in comes out once, and an independent client agrees."""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from streamproc.contracts import ActorCount, DeadLetterHeaders, EnrichedArticle, Event, Mention
from streamproc.errors import RejectionCode
from streamproc.settings import Settings, load_settings
from streamproc.stream.counting import tally
from streamproc.stream.topics import Topics, create_topics

pytestmark = pytest.mark.timeout(240)

_TESTS = Path(__file__).parents[1]
HOSTILE = runpy.run_path(str(_TESTS / "unit" / "text" / "hostile_payloads.py"))["hostile_payloads"]
TRACE = ("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")


def sample_articles(count: int) -> list[dict]:
    """Articles of our own corpus, as users push them."""
    paths = sorted((_TESTS.parent / "training" / "corpus").glob("nl/*/*.json"))[:count]
    assert len(paths) == count
    articles = [json.loads(path.read_text())["article"] for path in paths]
    return [{**article, "language": article.pop("lang")} for article in articles]


class Deployment:
    """Topics of one test, workers on them, and an independent client that reads what is committed."""

    def __init__(self, servers: str, prefix: str, folder: Path, **overrides: str) -> None:
        self.environment = {
            "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": servers,
            "STREAMPROC_TOPIC_PREFIX": prefix,
            "STREAMPROC_APP_ID": prefix.rstrip("."),
            "STREAMPROC_TOPIC_PARTITIONS": "3",
            "STREAMPROC_POOL_WORKERS": "2",
            "STREAMPROC_SESSION_TIMEOUT_S": "6",
            "STREAMPROC_WEB_PORT": "0",
            "STREAMPROC_DATA_PATH": str(folder),
            **overrides,
        }
        fields = {name.removeprefix("STREAMPROC_").lower(): value for name, value in self.environment.items()}
        self.settings: Settings = load_settings(**fields)
        self.topics = Topics(self.settings)
        self.folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []

    def start_worker(self) -> subprocess.Popen[bytes]:
        log = (self.folder / f"worker-{len(self._workers)}.log").open("wb")
        command = [sys.executable, "-m", "streamproc.cli", "run", "--no-supervise"]
        worker = subprocess.Popen(command, env=os.environ | self.environment, stdout=log, stderr=log)
        log.close()
        self._workers.append(worker)
        return worker

    def url(self) -> str:
        """Where the last worker serves HTTP."""
        log = self.folder / f"worker-{len(self._workers) - 1}.log"
        for _ in range(600):
            for line in log.read_text().splitlines():
                if '"serving http"' in line:
                    return json.loads(line)["url"]
            assert self._workers[-1].poll() is None, log.read_text()
            time.sleep(0.05)
        raise AssertionError(f"no HTTP within 30 s:\n{log.read_text()}")

    def stop(self) -> None:
        for worker in self._workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()

    def push(self, payloads: list[tuple[bytes | None, bytes | None]]) -> None:
        producer = Producer(
            {
                "bootstrap.servers": self.environment["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"],
                "enable.idempotence": True,
                "message.max.bytes": 8_000_000,
            }
        )
        for key, value in payloads:
            producer.produce(self.topics.raw, value, key, headers=[TRACE])
        assert producer.flush(30) == 0

    def read(self, topic: str) -> list:
        """Every committed record of the topic, by a client that shares no code with ours."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.environment["STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"],
                "group.id": "independent",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "fetch.message.max.bytes": 8_000_000,
            }
        )
        partitions = list(consumer.list_topics(topic).topics[topic].partitions)
        consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
        records, at_end = [], set()
        while len(at_end) < len(partitions):
            record = consumer.poll(20)
            assert record is not None, f"{topic}: no end within 20 s"
            if record.error():
                at_end.add(record.partition())
            else:
                records.append(record)
        consumer.close()
        return records

    def wait_for(self, count: int, timeout_s: float = 90) -> None:
        """Until so many articles have ended, as enriched records or dead letters, and all mentions are counted."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            ended = len(self.read(self.topics.enriched)) + len(self.read(self.topics.dead_letters))
            if ended >= count and self.counts() == self.recount():
                return
            time.sleep(0.5)
        raise AssertionError(f"{ended} of {count} articles ended within {timeout_s} s")

    def counts(self) -> dict[str, ActorCount]:
        """The latest counts of each actor."""
        records = self.read(self.topics.actor_counts)
        return {record.key().decode(): ActorCount.from_json(record.value()) for record in records}

    def recount(self) -> dict[str, ActorCount]:
        """The counts as the mentions give them."""
        mentions = self.read(self.topics.mentions)
        mentions.sort(key=lambda record: (record.partition(), record.offset()))
        return tally({}, [Mention.from_json(record.value()) for record in mentions])


@pytest.fixture
def deploy(kafka: str, topic_prefix: str, tmp_path: Path) -> Iterator:
    made: list[Deployment] = []

    def make(**overrides: str) -> Deployment:
        deployment = Deployment(kafka, topic_prefix, tmp_path, **overrides)
        made.append(deployment)
        return deployment

    yield make
    for deployment in made:
        deployment.stop()


async def test_articles_come_out_once_counted_exactly_and_as_enrich_gives_them(deploy, tmp_path):
    deployment = deploy()
    await create_topics(deployment.settings)
    articles = sample_articles(40)
    payloads = [(None, json.dumps(article).encode()) for article in articles]
    worker = deployment.start_worker()
    url = deployment.url()
    deployment.push(payloads + payloads[:10])
    deployment.wait_for(40)

    enriched = {record.key().decode(): record for record in deployment.read(deployment.topics.enriched)}
    assert sorted(enriched) == sorted(article["id"] for article in articles)
    assert deployment.read(deployment.topics.dead_letters) == []
    assert len(deployment.read(deployment.topics.enriched)) == 40, "copies change nothing"

    source = tmp_path / "articles.jsonl"
    source.write_bytes(b"\n".join(value for _, value in payloads))
    offline = subprocess.run(
        [sys.executable, "-m", "streamproc.cli", "enrich", source], capture_output=True, check=True
    )
    for line in offline.stdout.splitlines():
        ours = EnrichedArticle.from_json(line)
        streamed = EnrichedArticle.from_json(enriched[ours.article_id].value())
        assert streamed.model_copy(update={"processed_at": ours.processed_at}) == ours

    events = deployment.read(deployment.topics.events)
    told = [event.event_id for line in enriched.values() for event in EnrichedArticle.from_json(line.value()).events]
    assert Counter(record.key().decode() for record in events) == Counter(told)
    assert all(dict(record.headers())["traceparent"] == TRACE[1] for record in events)
    assert {Event.from_json(record.value()).schema_version for record in events} == {"1.0"}

    with urllib.request.urlopen(f"{url}/api/actors?top=1000", timeout=10) as response:
        table = json.load(response)
    counts = deployment.counts()
    assert table["complete"]
    assert {actor["actor_id"]: actor["mentions"] for actor in table["actors"]} == {
        actor: count.mentions for actor, count in counts.items()
    }
    with urllib.request.urlopen(f"{url}/metrics", timeout=10) as response:
        assert "streamproc_articles_out_total 40.0" in response.read().decode()

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


async def test_whatever_bytes_arrive_the_outcome_is_a_record_or_a_dead_letter_with_the_code(deploy):
    deployment = deploy(STREAMPROC_MAX_SENTENCES="20000")
    await create_topics(deployment.settings)
    hostile = dict(HOSTILE())
    hostile["five megabytes"] = (b'{"text": "' + b"a" * 5_000_000 + b'"}', RejectionCode.PAYLOAD_TOO_LARGE)
    distinct: dict[bytes, RejectionCode | None] = {}
    for payload, code in hostile.values():
        distinct.setdefault(payload, code)
    deployment.start_worker()
    deployment.url()
    deployment.push([(b"key of %d" % number, payload) for number, payload in enumerate(distinct)] + [(b"null", None)])
    expected = {payload: code for payload, code in distinct.items() if code is not None}
    accepted = [payload for payload, code in distinct.items() if code is None]
    # Two payloads may be one article: the same text, hence the same id.
    deployment.wait_for(len(expected))
    letters = {}
    for letter in deployment.read(deployment.topics.dead_letters):
        assert letter.value() not in letters, "one dead letter a payload"
        letters[letter.value()] = DeadLetterHeaders.from_headers(letter.headers())
        assert dict(letter.headers())["traceparent"] == TRACE[1]
    # Tombstones and empty payloads share one identity: one of them stands for both.
    empty = {None, b""} & set(letters)
    assert len(empty) == 1
    assert {payload: why.code for payload, why in letters.items() if payload} == {
        payload: code for payload, code in expected.items() if payload
    }
    articles = deployment.read(deployment.topics.enriched)
    assert 0 < len(articles) <= len(accepted)


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
async def test_a_killed_worker_loses_and_doubles_nothing(deploy, store):
    deployment = deploy(STREAMPROC_STORE=store, STREAMPROC_BATCH_MAX_ARTICLES="8")
    await create_topics(deployment.settings)
    articles = sample_articles(60)
    payloads = [(article["id"].encode(), json.dumps(article).encode()) for article in articles]
    worker = deployment.start_worker()
    deployment.url()
    deployment.push(payloads)
    for _ in range(200):
        if deployment.read(deployment.topics.enriched):
            break
    worker.kill()
    worker.wait()
    deployment.start_worker()
    deployment.push(payloads)
    deployment.wait_for(60)
    ids = Counter(record.key().decode() for record in deployment.read(deployment.topics.enriched))
    assert ids == Counter(article["id"] for article in articles)


async def test_a_worker_without_its_topics_says_what_to_do_in_one_line(deploy):
    deployment = deploy()
    worker = deployment.start_worker()
    assert worker.wait(30) == 2
    log = (deployment.folder / "worker-0.log").read_text()
    assert "is missing" in log
    assert "streamproc topics create" in log
    assert "Traceback" not in log
