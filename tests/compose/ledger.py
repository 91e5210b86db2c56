"""What was pushed, what came of it, and whether that is exactly once; by a client that shares no code with ours."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, Message, Producer, TopicPartition

ROOT = Path(__file__).parents[2]
SEED = ROOT / "streamproc" / "cli" / "samples" / "seed_nl_2019-03.txt"
_FORMS = ("mentions", "articles", "events_as_source", "events_as_target")


def corpus(count: int) -> list[dict[str, Any]]:
    """Dutch articles of our own."""
    paths = sorted((ROOT / "training" / "corpus" / "nl").glob("*/*.json"))[:count]
    assert len(paths) == count
    return [json.loads(path.read_text())["article"] for path in paths]


class Ledger:
    """Pushes from this machine, and compares with what readers of committed records see."""

    def __init__(self, servers: str) -> None:
        self._servers = servers
        self.ids: set[str] = set()
        """Of the articles that have been pushed with one."""
        self.without_id = 0
        """Different texts that have been pushed without an id."""

    def push(self, articles: list[dict[str, Any]], *, copy: str = "") -> None:
        """Push articles and return when Kafka has them; `copy` makes others of them, by their ids."""
        values = []
        for article in articles:
            article_id = f"{article['id']}{copy}"
            self.ids.add(article_id)
            values.append(json.dumps({**article, "id": article_id}).encode())
        self._produce(values)

    def push_seed(self) -> None:
        """Push the article that everything began with, as plain text."""
        self.without_id = 1
        self._produce([SEED.read_bytes()])

    def _produce(self, values: list[bytes]) -> None:
        # Idempotent: it tries again while Kafka is down, and doubles nothing.
        producer = Producer({"bootstrap.servers": self._servers, "enable.idempotence": True, "log_level": 0})
        for value in values:
            producer.produce("news.articles.raw", value)
        assert producer.flush(180) == 0, "not all articles were confirmed"

    def consumer(self, group: str) -> Consumer:
        """A subscriber as the README shows it."""
        return Consumer(
            {
                "bootstrap.servers": self._servers,
                "group.id": group,
                "auto.offset.reset": "earliest",
                "isolation.level": "read_committed",
                "enable.partition.eof": True,
                "log_level": 0,
            }
        )

    def read(self, topic: str) -> list[Message]:
        """Every committed record of `topic`."""
        reader = self.consumer("ledger")
        partitions = list(reader.list_topics(topic, timeout=60).topics[topic].partitions)
        reader.assign([TopicPartition(topic, partition, 0) for partition in partitions])
        records, at_end, end = [], set(), time.monotonic() + 90
        while len(at_end) < len(partitions):
            assert time.monotonic() < end, f"{topic}: no end within 90 s"
            record = reader.poll(1.0)
            if record is None:
                continue
            if record.error() is None:
                records.append(record)
            elif record.partition() is not None:
                at_end.add(record.partition())
        reader.close()
        return records

    def settle(self, timeout_s: float = 180) -> None:
        """Return when all has come out once and the counts are exact; raises where that does not come about."""
        end = time.monotonic() + timeout_s
        while wrong := self._wrong():
            assert time.monotonic() < end, f"after {timeout_s:g} s: {wrong}"
            time.sleep(1.0)

    def _wrong(self) -> list[str]:
        """What is not as it has to be. More than once never mends itself, so that raises."""
        enriched = Counter(record.key().decode() for record in self.read("news.articles.enriched"))
        events = Counter(record.key() for record in self.read("news.events"))
        mentions = [json.loads(record.value()) for record in self.read("news.mentions")]
        mention_ids = Counter(mention["mention_id"] for mention in mentions)
        for what, ids in (("article", enriched), ("event", events), ("mention", mention_ids)):
            doubled = [key for key, times in ids.items() if times > 1]
            assert not doubled, f"{what} more than once: {doubled[:5]}"
        assert self.read("news.articles.dead-letter") == []
        wrong = []
        if self.ids - set(enriched) or len(enriched) != len(self.ids) + self.without_id:
            wrong.append(f"{len(enriched)} articles are out, {len(self.ids) + self.without_id} were pushed")
        if self.counts() != _recount(mentions):
            wrong.append("the counts are not those of the mentions")
        return wrong

    def counts(self) -> dict[str, dict[str, Any]]:
        """The last counts of each actor."""
        latest = {record.key().decode(): json.loads(record.value()) for record in self.read("news.actor-counts")}
        return {actor: {name: count[name] for name in (*_FORMS, "by_form")} for actor, count in latest.items()}


def _recount(mentions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        count = counts.setdefault(mention["actor_id"], {**dict.fromkeys(_FORMS, 0), "by_form": Counter()})
        count["mentions"] += mention["count"]
        count["articles"] += 1
        count["events_as_source"] += mention["events_as_source"]
        count["events_as_target"] += mention["events_as_target"]
        count["by_form"].update(mention["by_form"])
    return counts
