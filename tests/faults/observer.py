"""Watches a run while it goes on, from outside: what is committed, and what the workers say about themselves.

I5  no commit passes a record that is not dealt with: whatever is read after a commit holds what it stands for
I6  a worker that holds a partition on which nothing moves says that it is not ready
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from client import Reader, commits, consumer, ends
from confluent_kafka import KafkaException
from fleet import Fleet
from ledger import Ledger

_EVERY_S = 0.5
_READY_EVERY_S = 1.0


@dataclass
class Sample:
    """Committed offsets at a moment, and how far the outputs have to be read to hold what they stand for."""

    at: float
    raw: dict[int, int]
    mentions: dict[int, int]
    ends: dict[tuple[str, int], int]


@dataclass
class Said:
    """What a worker answered on its readiness."""

    at: float
    worker: str
    ready: bool
    partitions: tuple[str, ...] = field(default=())


class Observer:
    """Threads that read and ask until `stop`."""

    def __init__(self, servers: str, topics: Any, partitions: int, fleet: Fleet) -> None:
        self._servers, self._topics, self._partitions, self._fleet = servers, topics, partitions, fleet
        self.ledger = Ledger(topics)
        self.samples: list[Sample] = []
        self.said: list[Said] = []
        self.wrong: list[str] = []
        self._pending: deque[Sample] = deque()
        self._checked: dict[int, int] = defaultdict(int)
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._guarded, args=(run,), daemon=True)
            for run in (self._read, self._sample, self._ask)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, and return when the threads have."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(30)

    def _guarded(self, run: Any) -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001  # an observer that dies must not pass for one that saw nothing
            self.wrong.append(f"observer {run.__name__}: {error!r}")

    # ---------------------------------------------------------------------------------------------------- what is there

    def _read(self) -> None:
        topics = self._topics
        outputs = (topics.raw, topics.enriched, topics.dead_letters, topics.mentions, topics.actor_counts)
        reader = Reader(self._servers, outputs, self._partitions, self.ledger.take)
        while not self._stopped.is_set():
            reader.read()
            while self._pending and self._has_come_to(reader, self._pending[0]):
                self._check(self._pending.popleft())
        reader.close()

    @staticmethod
    def _has_come_to(reader: Reader, sample: Sample) -> bool:
        return all(reader.positions[at] >= end for at, end in sample.ends.items())

    def _check(self, sample: Sample) -> None:
        for partition, offset in sample.raw.items():
            passed = self.ledger.unresolved(partition, self._checked[partition], offset)
            if passed:
                self.wrong.append(f"I5: commit {offset} of partition {partition} passes {passed[:5]}")
            self._checked[partition] = max(self._checked[partition], offset)
        articles: dict[str, int] = defaultdict(int)
        for partition, offset, mention in self.ledger.mentions:
            if offset < sample.mentions.get(partition, 0):
                articles[mention["actor_id"]] += 1
        for actor, count in articles.items():
            if self.ledger.counts.get(actor, {}).get("articles", 0) < count:
                self.wrong.append(f"I5: the commits of mentions pass {count} articles of {actor}")

    # ----------------------------------------------------------------------------------------------- what is committed

    def _sample(self) -> None:
        topics = self._topics
        enrich, count = consumer(self._servers, topics.enrich_app), consumer(self._servers, topics.count_app)
        raw_end = consumer(self._servers, isolation="read_uncommitted")
        outputs = (topics.raw, topics.enriched, topics.dead_letters, topics.mentions, topics.actor_counts)
        number = 0
        while not self._stopped.wait(_EVERY_S):
            try:
                raw = commits(enrich, topics.raw, self._partitions)
                mentions = commits(count, topics.mentions, self._partitions)
                now, number = time.monotonic(), number + 1
                # Log ends cost a request each.
                to_read = ends(raw_end, outputs, self._partitions) if number % 4 == 0 else {}
            except KafkaException:
                continue  # a broker is down: no sample
            sample = Sample(now, raw, mentions, to_read)
            self.samples.append(sample)
            if to_read:
                self._pending.append(sample)
        for client in (enrich, count, raw_end):
            client.close()

    # ------------------------------------------------------------------------------------------------ what workers say

    def _ask(self) -> None:
        while not self._stopped.wait(_READY_EVERY_S):
            for member in list(self._fleet.members):
                asked = time.monotonic()
                answer = member.get("/health/ready")
                if answer is not None:
                    status, body = answer
                    self.said.append(Said(asked, member.name, status == 200, tuple(body["lag"])))

    def held_by(self, worker: str) -> tuple[str, ...]:
        """Partitions (`topic-0`) that a worker held when it was asked last."""
        return next((said.partitions for said in reversed(self.said) if said.worker == worker), ())

    # ------------------------------------------------------------------------------------------------------- judgement

    def lag(self) -> int | None:
        """Records that are not committed, by the last sample; None where there is none."""
        if not self.samples:
            return None
        sample = self.samples[-1]
        raw = sum(
            1
            for partition, records in list(self.ledger.raw.items())
            for offset in list(records)
            if offset >= sample.raw.get(partition, 0)
        )
        mentions = list(self.ledger.mentions)
        return raw + sum(1 for partition, offset, _ in mentions if offset >= sample.mentions.get(partition, 0))

    def ready_while_stalled(self, stall_s: float) -> list[str]:
        """Answers of workers that were ready while a partition of theirs had not moved for `stall_s` (I6)."""
        wrong = []
        for said in self.said:
            if said.ready:
                stuck = [
                    name
                    for name in said.partitions
                    if self._was_held(said, name, stall_s) and self._stuck(name, said.at, stall_s)
                ]
                if stuck:
                    wrong.append(f"I6: {said.worker} was ready while {', '.join(stuck)} stood still")
        return wrong[:5]

    def ready_without_broker(self, outages: list[tuple[float, float]], grace_s: float) -> list[str]:
        """Answers of workers that were ready though no broker had been there for `grace_s` (I6)."""
        return [
            f"I6: {said.worker} was ready {said.at - start:.0f} s into an outage"
            for said in self.said
            for start, end in outages
            if said.ready and start + grace_s < said.at < end
        ][:5]

    def _was_held(self, last: Said, name: str, for_s: float) -> bool:
        """Whether the worker held the partition all the time up to an answer, in all answers that it gave."""
        before = [said for said in self.said if said.worker == last.worker and last.at - for_s <= said.at <= last.at]
        return len(before) > for_s / _READY_EVERY_S / 2 and all(name in said.partitions for said in before)

    def _stuck(self, name: str, at: float, stall_s: float) -> bool:
        topic, _, number = name.rpartition("-")
        partition = int(number)
        during = [sample for sample in self.samples if at - stall_s <= sample.at <= at + 2]
        if len(during) < stall_s / _EVERY_S / 4:
            return False  # the independent client did not see enough
        of_raw = topic == self._topics.raw
        offsets = {(sample.raw if of_raw else sample.mentions).get(partition, 0) for sample in during}
        if len(offsets) > 1 or not of_raw:
            return False
        wall = time.time() - (time.monotonic() - at) - stall_s
        return any(
            offset >= next(iter(offsets)) and record.timestamp_ms / 1000 < wall
            for offset, record in list(self.ledger.raw[partition].items())
        )
