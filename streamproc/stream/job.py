"""What happens to one record of `articles.raw`, as a pure function: no Kafka, no event loop.

Comes in: a `Task` (bytes and where they came from). Goes out: an `Outcome`, with every output record already in bytes,
so that the process which talks to Kafka only passes them on. Never raises for anything an article may hold.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from streamproc.analysis.mentions import mentions_of
from streamproc.contracts import EnrichedArticle
from streamproc.contracts.headers import Headers, cloud_event
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.stream.partition import partition_of
from streamproc.text import CleanArticle, Limits
from streamproc.text.decode import decode

_SOURCE = "/streamproc/enrich"
_RECORD_OVERHEAD = 4096
"""Room for key, headers and framing below `max.message.bytes`."""


class Analyse(Protocol):
    """The analysis, as the job needs it: `streamproc.analysis.analyser.Analyser`."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages that it reads."""

    def analyse(self, article: CleanArticle, *, processed_at: dt.datetime) -> EnrichedArticle | Rejection:
        """The article with its annotations."""


@dataclass(frozen=True, slots=True)
class Task:
    """A raw record: its value, the trace headers to pass on, and the partition it came from."""

    payload: bytes | None
    trace: Headers
    partition: int
    partitions: int


@dataclass(frozen=True, slots=True)
class Output:
    """One output record; `topic` is the name of the property of `Topics`."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a record comes to: outputs, or a rejection, or neither where it belongs to another partition."""

    identity: str
    """The article id, or a hash of the bytes where none can be had: what duplicates are told by."""
    home: int
    """Partition in which all copies of this article meet."""
    outputs: tuple[Output, ...] = ()
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """The function from task to outcome, with what it needs."""

    analyser: Analyse
    limits: Limits
    max_record_bytes: int
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)

    def identify(self, task: Task) -> str:
        """The article id, or a hash of the bytes; without analysis."""
        return self._decode(task)[0]

    def _decode(self, task: Task) -> tuple[str, CleanArticle | Rejection]:
        article = decode(task.payload, self.limits, languages=self.analyser.languages)
        return (bytes_identity(task.payload) if isinstance(article, Rejection) else article.article_id), article

    def run(self, task: Task) -> Outcome:
        """Decode, analyse and serialise; an article that belongs to another partition is not analysed here."""
        identity, article = self._decode(task)
        home = partition_of(identity.encode(), task.partitions)
        if home != task.partition:
            return Outcome(identity, home)
        if isinstance(article, Rejection):
            return Outcome(identity, home, rejection=article)
        try:
            result = self.analyser.analyse(article, processed_at=self.clock())
        except Exception as error:  # noqa: BLE001  # a bug in the analysis must cost one article, not the stream
            return Outcome(identity, home, rejection=_failed(error))
        if isinstance(result, Rejection):
            return Outcome(identity, home, rejection=result)
        outputs = tuple(_outputs(result, task.trace))
        largest = max(len(output.value) for output in outputs)
        if largest > self.max_record_bytes - _RECORD_OVERHEAD:
            return Outcome(identity, home, rejection=_too_large(largest, self.max_record_bytes))
        return Outcome(identity, home, outputs)


def bytes_identity(payload: bytes | None) -> str:
    """What a record is told by whose article id cannot be had: equal bytes are the same record."""
    return "bytes-" + hashlib.sha256(payload or b"").hexdigest()[:32]


def _failed(error: Exception) -> Rejection:
    first_line = str(error).partition("\n")[0][:200]
    return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_FAILED, f"{type(error).__name__}: {first_line}")


def _too_large(size: int, limit: int) -> Rejection:
    message = f"an output record of {size} bytes exceeds the limit of {limit}"
    return Rejection(Stage.PUBLISH, RejectionCode.RESULT_TOO_LARGE, message)


def _outputs(enriched: EnrichedArticle, trace: Sequence[tuple[str, bytes]]) -> list[Output]:
    def output(topic: str, record: str, key: str, event_id: str, value: bytes) -> Output:
        headers = cloud_event(
            record, event_id=event_id, subject=key, source=_SOURCE, time=enriched.processed_at, trace=trace
        )
        return Output(topic, key.encode(), value, headers)

    outputs = [
        output("enriched", "enriched-article", enriched.article_id, enriched.article_id, enriched.to_json()),
    ]
    outputs += [output("events", "event", event.event_id, event.event_id, event.to_json()) for event in enriched.events]
    outputs += [
        output("mentions", "mention", mention.actor_id, mention.mention_id, mention.to_json())
        for mention in mentions_of(enriched)
    ]
    return outputs
