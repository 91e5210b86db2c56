"""One run: brokers, workers, articles and faults, then the judgement. Everything it started is gone afterwards."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import faults
from articles import Source
from client import Reader, consumer, ends
from confluent_kafka import Producer
from fleet import Fleet
from ledger import Ledger, judge, lost_and_doubled, part_of
from network import Network
from observer import Observer

from streamproc.broker import EmbeddedCluster
from streamproc.broker.ports import free_port
from streamproc.broker.properties import LOOPBACK
from streamproc.settings import Settings, load_settings
from streamproc.stream.topics import Topics, create_topics

_PARTITIONS = 4
_SESSION_S = 6.0
_STALL_S = float(os.environ.get("FAULTS_STALL_S", "60"))
"""After so long without a commit a worker ends itself; long before that it must not call itself ready."""
_STALL_SEEN_S = 25.0
_OUTAGE_GRACE_S = 20.0
_LAG_S = 60.0
_PATIENCE_S = 180.0
_IDLE_S = 20.0
_DRAIN_S = 15.0
_START_S = 90.0


@dataclass(frozen=True)
class Choice:
    """What a run is made of; whatever is None is drawn with the seed."""

    seed: int
    brokers: int = 1
    workers: int = 2
    rate: float = 40.0
    """Articles a second."""
    real: bool = False
    control: str | None = None
    faults: tuple[str, ...] | None = None
    store: str | None = None
    pool: int | None = None
    keep: Path | None = None
    """Where logs are kept."""


@dataclass
class Report:
    """What came of a run, and its line."""

    choice: Choice
    names: list[str]
    pushed: int = 0
    distinct: int = 0
    lost: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    given_up: int = 0
    exits: dict[str, list[str]] = field(default_factory=dict)
    drained_s: float = 0.0
    takeover_s: float | None = None
    total_s: float = 0.0
    store: str = ""
    pool: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.wrong)

    def line(self) -> str:
        """One line that tells it all."""
        exits = " ".join(f"{name}:{','.join(codes)}" for name, codes in sorted(self.exits.items()))
        verdict = "EXACT" if self.exact else "WRONG " + " | ".join(self.wrong)
        takeover = "" if self.takeover_s is None else f" takeover {self.takeover_s:.1f}s"
        return (
            f"seed {self.choice.seed} brokers {self.choice.brokers} {'real' if self.choice.real else 'stub'} "
            f"pool {self.pool} {self.store}{f' CONTROL {self.choice.control}' if self.choice.control else ''} "
            f"faults {','.join(self.names)} articles {self.pushed} distinct {self.distinct} "
            f"lost {len(self.lost)} doubled {len(self.doubled)} given-up {self.given_up} exits {exits} "
            f"drained {self.drained_s:.0f}s{takeover} total {self.total_s:.0f}s {verdict}"
        )


class Pusher:
    """Pushes articles at a rate until told to stop, and knows which of them Kafka has accepted."""

    def __init__(self, servers: str, topic: str, source: Source, rate: float) -> None:
        self._producer = Producer(
            {
                "bootstrap.servers": servers,
                "enable.idempotence": True,
                "message.timeout.ms": 300_000,
                "reconnect.backoff.max.ms": 1000,
                "linger.ms": 5,
                "log_level": 0,
            }
        )
        self._topic, self.source, self._rate = topic, source, rate
        self.accepted: set[int] = set()
        self.pushed = 0
        self.failed: list[str] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        started = time.monotonic()
        while not self._stopped.wait(0.02):
            due = int((time.monotonic() - started) * self._rate)
            while self.pushed < due:
                self._push()
            self._producer.poll(0)

    def _push(self) -> None:
        record = self.source.next_record()

        def told(error: Any, _message: Any) -> None:
            if error is None:
                self.accepted.add(record.article.serial)
            else:
                self.failed.append(str(error))

        headers = [("number", b"%d" % self.pushed)]
        self._producer.produce(self._topic, record.value, record.key, headers=headers, on_delivery=told)
        self.pushed += 1

    def stop(self) -> None:
        """Push no more, and wait until everything is accepted."""
        self._stopped.set()
        self._thread.join()
        left = self._producer.flush(120)
        if left:
            self.failed.append(f"{left} records were never acknowledged")


def run(choice: Choice, say: Callable[[str], None]) -> Report:
    """Do it."""
    chance = random.Random(choice.seed)
    store = choice.store or chance.choice(["memory", "rocksdb"])
    drawn_pool = chance.choice([0, 1])
    pool = choice.pool if choice.pool is not None else max(drawn_pool, int(choice.real))
    names = choice.faults
    chosen = (
        [faults.NAMES[name] for name in names]
        if names is not None
        else faults.plan(chance, brokers=choice.brokers, has_pool=bool(pool))
    )
    report = Report(choice, [fault.__name__.replace("_", "-") for fault in chosen], store=store, pool=pool)
    started = time.monotonic()
    with ExitStack() as stack:
        name = choice.control or f"{choice.seed}-{choice.brokers}{'-real' if choice.real else ''}"
        folder = (
            choice.keep / name
            if choice.keep
            else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="streamproc-faults-")))
        )
        folder.mkdir(parents=True, exist_ok=True)
        cluster, network, servers = _brokers(stack, choice, through_network=bool(faults.OF_NETWORK & set(chosen)))
        environment = _environment(choice, servers, store, pool, chance)
        settings = load_settings(
            **{name.removeprefix("STREAMPROC_").lower(): value for name, value in environment.items()}
        )
        asyncio.run(create_topics(settings))
        options = (["--real"] if choice.real else []) + (["--control", choice.control] if choice.control else [])
        fleet = Fleet(folder, environment, options)
        stack.callback(fleet.kill)
        for _ in range(choice.workers):
            fleet.start()
        _play(choice, report, Stage(settings, cluster, network, fleet, chance, say), chosen)
    report.total_s = time.monotonic() - started
    return report


def _brokers(stack: ExitStack, choice: Choice, *, through_network: bool) -> tuple[EmbeddedCluster, Network | None, str]:
    """The brokers, the network before them if there is one, and where clients find them."""
    cache = load_settings().cache_path
    if not through_network:
        cluster = stack.enter_context(EmbeddedCluster(cache=cache, nodes=choice.brokers))
        return cluster, None, cluster.bootstrap_servers
    if choice.brokers != 1:
        raise ValueError("the network stands before one broker only")
    port = free_port()
    cluster = EmbeddedCluster(
        cache=cache, nodes=1, overrides={"advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}"}
    )
    network = stack.enter_context(Network(port, int(cluster.bootstrap_servers.rpartition(":")[2])))
    stack.enter_context(cluster)
    return cluster, network, f"{LOOPBACK}:{port}"


def _environment(choice: Choice, servers: str, store: str, pool: int, chance: random.Random) -> dict[str, str]:
    return {
        "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": servers,
        "STREAMPROC_APP_ID": f"faults-{choice.seed}",
        "STREAMPROC_TOPIC_PARTITIONS": str(_PARTITIONS),
        "STREAMPROC_TOPIC_REPLICATION_FACTOR": str(min(choice.brokers, 3)),
        "STREAMPROC_TOPIC_MIN_INSYNC_REPLICAS": str(max(1, min(choice.brokers, 3) - 1)),
        "STREAMPROC_SESSION_TIMEOUT_S": str(_SESSION_S),
        "STREAMPROC_STALL_TIMEOUT_S": str(_STALL_S),
        "STREAMPROC_ANALYSIS_TIMEOUT_S": "10",
        "STREAMPROC_BATCH_MAX_ARTICLES": str(chance.choice([16, 64, 256])),
        "STREAMPROC_POOL_WORKERS": str(pool),
        "STREAMPROC_STORE": store,
        "STREAMPROC_WEB_PORT": "0",
    }


@dataclass
class Stage:
    """What a run plays on."""

    settings: Settings
    cluster: EmbeddedCluster
    network: Network | None
    fleet: Fleet
    chance: random.Random
    say: Callable[[str], None]


def _play(choice: Choice, report: Report, stage: Stage, chosen: list[Callable[[faults.Scene], None]]) -> None:
    servers, topics = ",".join(stage.settings.bootstrap_servers), Topics(stage.settings)
    observer = Observer(servers, topics, _PARTITIONS, stage.fleet)
    scene = faults.Scene(stage.chance, stage.fleet, stage.cluster, observer, stage.say, stage.network)
    observer.start()
    _await_ready(stage.fleet)
    source = Source(choice.seed, real=choice.real, crashing=report.pool > 0)
    pusher = Pusher(servers, topics.raw, source, choice.rate)
    try:
        time.sleep(scene.between(3, 5))
        for fault in chosen:
            stage.say(fault.__name__)
            fault(scene)
            scene.ended_at = max(scene.ended_at, time.monotonic())
            time.sleep(scene.between(2, 8))  # faults overlap with rebalances and with what others left behind
        for timer in scene.timers:
            timer.join()
    finally:
        for timer in scene.timers:
            timer.cancel()
        pusher.stop()
    report.pushed, report.distinct = pusher.pushed, len(source.articles)
    report.wrong += pusher.failed[:3]
    report.drained_s = _await_drained(observer, pusher, scene.ended_at, stage.say)
    if report.drained_s > _LAG_S:
        report.wrong.append(f"I4: lag was {observer.lag()} {report.drained_s:.0f} s after the last fault")
    time.sleep(3)  # what comes twice may come late
    _await_ready(stage.fleet)
    report.wrong += _http_differences(stage.fleet, observer.ledger)
    for member in list(stage.fleet.members):
        stage.fleet.leave(member)
    observer.stop()
    report.wrong += [f"a worker took {took:.0f} s to end" for took in stage.fleet.drains if took > _DRAIN_S]
    report.wrong += observer.wrong[:3]
    report.wrong += observer.ready_while_stalled(_STALL_SEEN_S)
    report.wrong += observer.ready_without_broker(scene.outages, _OUTAGE_GRACE_S)
    report.takeover_s = _takeover(observer, scene, topics.raw)
    report.exits = stage.fleet.exits()
    report.wrong += [
        f"{member.name} ended with {member.supervisor.returncode} after SIGTERM"
        for member in stage.fleet.left
        if member.supervisor.returncode != 0 and member.name not in scene.undrained
    ]
    ledger = _read_all(servers, topics)
    report.lost, report.doubled = lost_and_doubled(ledger, pusher.accepted)
    excused = bool({"pool", "pool-stop"} & set(report.names))
    wrong, report.given_up = judge(ledger, source.articles, excused=excused)
    report.wrong += wrong


def _await_ready(fleet: Fleet) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        answers = [member.get("/health/ready") for member in fleet.members]
        if all(answer is not None and answer[0] == 200 for answer in answers):
            return
        time.sleep(0.5)
    said = "\n".join(member.log.read_text()[-2000:] for member in fleet.members)
    raise RuntimeError(f"the workers were not ready within {_START_S:g} s:\n{said}")


def _await_drained(observer: Observer, pusher: Pusher, since: float, say: Callable[[str], None]) -> float:
    """Seconds from the last fault until nothing is left to do; gives up after a while."""
    told, state, changed_at = 0.0, None, time.monotonic()
    while True:
        took = time.monotonic() - since
        lost, _ = lost_and_doubled(observer.ledger, pusher.accepted)
        fresh = bool(observer.samples) and time.monotonic() - observer.samples[-1].at < 3
        idle = fresh and observer.lag() == 0
        if state != (observer.lag(), len(lost)):
            state, changed_at = (observer.lag(), len(lost)), time.monotonic()
        # What stays open with nothing left to read is lost; with something left, a watchdog may help it on.
        gone = fresh and time.monotonic() - changed_at > (_IDLE_S if idle else _STALL_S + _IDLE_S)
        if (idle and not lost) or gone or took > _PATIENCE_S:
            return took
        if took - told > 10:
            told = took
            say(f"lag {observer.lag()}, open {len(lost)}")
        time.sleep(0.5)


def _takeover(observer: Observer, scene: faults.Scene, raw: str) -> float | None:
    """The longest time from a `kill -9` to the next commit of a raw partition that the worker held."""
    longest = None
    for killed_at, held in scene.kills:
        for name in held:
            topic, _, number = name.rpartition("-")
            # What the killed worker had under way is settled after a second; what moves then, another one has moved.
            later = [sample for sample in observer.samples if sample.at > killed_at + 1]
            if topic != raw or not later:
                continue
            partition = int(number)
            before = later[0].raw.get(partition, 0)
            moved = [sample.at for sample in later if sample.raw.get(partition, 0) > before]
            if moved:
                longest = max(longest or 0.0, moved[0] - killed_at)
    return longest


def _http_differences(fleet: Fleet, ledger: Ledger) -> list[str]:
    """What the actor tables of the workers, together, say else than the topic (I2)."""
    served: dict[str, Any] = {}
    for member in fleet.members:
        answer = member.get("/api/actors?top=1000", timeout_s=10)
        if answer is None or answer[0] != 200:
            return [f"{member.name} does not serve its actors"]
        served.update({actor["actor_id"]: part_of(actor) for actor in answer[1]["actors"]})
    published = {actor: part_of(count) for actor, count in ledger.counts.items()}
    different = [actor for actor in served.keys() | published.keys() if served.get(actor) != published.get(actor)]
    return [f"actors over HTTP: {len(different)} differ, as {sorted(different)[:3]}"] if different else []


def _read_all(servers: str, topics: Topics) -> Ledger:
    """Everything once more, by a client that starts now: all workers have ended."""
    ledger = Ledger(topics)
    names = (topics.raw, topics.enriched, topics.dead_letters, topics.mentions, topics.actor_counts)
    client = consumer(servers, isolation="read_uncommitted")
    wanted = ends(client, names, _PARTITIONS, 30.0)
    client.close()
    reader = Reader(servers, names, _PARTITIONS, ledger.take)
    end = time.monotonic() + 90
    while any(reader.positions[at] < offset for at, offset in wanted.items()):
        reader.read()
        if time.monotonic() > end:
            raise RuntimeError("a transaction is still open long after all workers have ended")
    reader.close()
    return ledger
