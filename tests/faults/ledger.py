"""What came in and what came out, as the independent client reads it, and what is wrong with it.

The invariants checked here, of `docs/guarantees.md`:

    I1  each accepted article has exactly one enriched record or exactly one dead letter
    I2  the counts of actors equal a recount of the mentions, and both equal the truth
    I3  a dead letter has the bytes, the key and the place of a record that was pushed
    I5  no commit passes a record that is not dealt with (`unresolved`)
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from articles import Article
from client import Committed

_SERIAL = re.compile(rb"nummer (\d+)")
_SHOWN = 5


def serial_of(payload: bytes | None) -> int:
    """The number of the article in a payload."""
    match = _SERIAL.search(payload or b"")
    if match is None:
        raise AssertionError(f"a record that was never pushed: {payload!r}")
    return int(match[1])


class Ledger:
    """Committed records of one run."""

    def __init__(self, topics: Any) -> None:
        self._topics = topics
        self.raw: dict[int, dict[int, Committed]] = defaultdict(dict)
        """By partition and offset."""
        self.sent_on: set[tuple[int, int]] = set()
        """Partition and offset of records that were sent on to their home partition."""
        self.enriched: Counter[int] = Counter()
        self.dead: Counter[int] = Counter()
        self.letters: list[Committed] = []
        self.mentions: list[tuple[int, int, dict[str, Any]]] = []
        """Partition, offset and value."""
        self.named: Counter[tuple[str, str]] = Counter()
        """Mentions by actor_id and article_id, as the enriched records have them."""
        self.counts: dict[str, dict[str, Any]] = {}
        """Latest counts by actor_id."""
        self.wrong: list[str] = []

    def take(self, record: Committed) -> None:
        """Enter a record."""
        if record.topic == self._topics.raw:
            self.raw[record.partition][record.offset] = record
            origin = dict(record.headers).get("streamproc.origin")
            if origin:
                partition, offset = origin.split(b"/")
                self.sent_on.add((int(partition), int(offset)))
        elif record.topic == self._topics.enriched:
            self._take_enriched(record)
        elif record.topic == self._topics.dead_letters:
            self.dead[serial_of(record.value)] += 1
            self.letters.append(record)
        elif record.topic == self._topics.mentions:
            self.mentions.append((record.partition, record.offset, json.loads(record.value or b"")))
        elif record.topic == self._topics.actor_counts:
            self.counts[(record.key or b"").decode()] = json.loads(record.value or b"")

    def _take_enriched(self, record: Committed) -> None:
        article = json.loads(record.value or b"")
        self.enriched[serial_of(article["text"].encode())] += 1
        if (record.key or b"").decode() != article["article_id"]:
            self.wrong.append(f"enriched record of {article['article_id']} has the key {record.key!r}")
        for entity in article["entities"]:
            if entity["named"]:
                self.named[entity["actor_id"], article["article_id"]] += len(entity["mentions"])

    def unresolved(self, partition: int, start: int, end: int) -> list[int]:
        """Offsets of raw records from `start` to before `end` of which nothing has become."""
        records = self.raw[partition]
        return [
            offset
            for offset in range(start, end)
            if offset in records
            and (partition, offset) not in self.sent_on
            and not (self.enriched[serial_of(records[offset].value)] or self.dead[serial_of(records[offset].value)])
        ]


def lost_and_doubled(ledger: Ledger, accepted: Iterable[int]) -> tuple[list[int], list[int]]:
    """Serials of articles without outcome, and of those with more than one (I1)."""
    outcomes = ledger.enriched + ledger.dead
    return (
        sorted(serial for serial in accepted if not outcomes[serial]),
        sorted(serial for serial, count in outcomes.items() if count > 1),
    )


def judge(ledger: Ledger, articles: list[Article], *, excused: bool) -> tuple[list[str], int]:
    """What is wrong with fates, dead letters and counts; and how many good articles were rejected.

    `excused`: a process of the analysis was killed in this run, so that good articles may have been given up as
    `analysis-crashed`. They count as dead letters then.
    """
    code_by_serial = {}
    for letter in ledger.letters:
        code_by_serial[serial_of(letter.value)] = dict(letter.headers)["streamproc.error.code"].decode()
    given_up, wrong = set(), list(ledger.wrong)
    for article in articles:
        code = code_by_serial.get(article.serial)
        if excused and article.code is None and code in ("analysis-crashed", "analysis-timeout"):
            given_up.add(article.serial)
        elif code != article.code and (code or ledger.enriched[article.serial]):
            wrong.append(f"article {article.serial} ended as {code}, not {article.code}")
    wrong += _letters(ledger) + _counts(ledger, articles, given_up)
    return wrong, len(given_up)


def _letters(ledger: Ledger) -> list[str]:
    wrong = []
    for letter in ledger.letters:
        headers = dict(letter.headers)
        partition = int(headers["streamproc.error.partition"])
        offset = int(headers["streamproc.error.offset"])
        origin = ledger.raw[partition].get(offset)
        if origin is None or (origin.value, origin.key) != (letter.value, letter.key):
            wrong.append(f"dead letter {letter.partition}-{letter.offset} is not the record {partition}-{offset}")
        elif not set(origin.headers) <= set(letter.headers):
            wrong.append(f"dead letter {letter.partition}-{letter.offset} lacks headers of its record")
        elif "streamproc.origin" in headers:
            wrong.append(f"dead letter {letter.partition}-{letter.offset} has a header of ours")
    return wrong


def _recount(mentions: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        count = counts.setdefault(mention["actor_id"], {"mentions": 0, "articles": 0, "by_day": Counter()})
        count["mentions"] += mention["count"]
        count["articles"] += 1
        count["by_day"][(mention["published"] or "unknown")[:10]] += mention["count"]
    return counts


def _differences(what: str, got: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    different = sorted(key for key in got.keys() | wanted.keys() if got.get(key) != wanted.get(key))
    shown = "; ".join(f"{key}: {got.get(key)}, not {wanted.get(key)}" for key in different[:_SHOWN])
    return [f"{what}: {len(different)} differ ({shown})"] if different else []


def part_of(count: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared of an actor's counts."""
    return {"mentions": count["mentions"], "articles": count["articles"], "by_day": dict(count["by_day"])}


def _counts(ledger: Ledger, articles: list[Article], given_up: set[int]) -> list[str]:
    recount = _recount(mention for _, _, mention in ledger.mentions)
    published = {actor: part_of(count) for actor, count in ledger.counts.items()}
    wrong = _differences("counts against mentions", published, {key: part_of(value) for key, value in recount.items()})
    mentioned: Counter[tuple[str, str]] = Counter()
    for _, _, mention in ledger.mentions:
        mentioned[mention["actor_id"], mention["article_id"]] += mention["count"]
    by_pair = {" in ".join(pair): count for pair, count in mentioned.items()}
    named = {" in ".join(pair): count for pair, count in ledger.named.items()}
    wrong += _differences("mentions against articles", by_pair, named)
    ended = [article for article in articles if article.code is None and article.serial not in given_up]
    if all(article.actors is not None for article in ended):
        truth: Counter[str] = Counter()
        for article in ended:
            truth.update(article.actors if ledger.enriched[article.serial] else {})
        got = {actor: count["mentions"] for actor, count in published.items()}
        wrong += _differences("counts against the truth", got, +truth)
    return wrong
