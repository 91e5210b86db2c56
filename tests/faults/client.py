"""An independent client: confluent-kafka, which shares no code with the product, and reads what is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from confluent_kafka import Consumer, TopicPartition

_EOF = -191
"""`KafkaError._PARTITION_EOF`."""


@dataclass(frozen=True, slots=True)
class Committed:
    """A committed record."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


def consumer(servers: str, group: str = "independent", *, isolation: str = "read_committed") -> Consumer:
    """A consumer that commits nothing."""
    return Consumer(
        {
            "bootstrap.servers": servers,
            "group.id": group,
            "isolation.level": isolation,
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "auto.offset.reset": "earliest",
            "fetch.wait.max.ms": 100,
            "reconnect.backoff.max.ms": 1000,
            "topic.metadata.refresh.interval.ms": 5000,
            # A broker that is down is what this is about; what comes of it is seen in the records.
            "log_level": 0,
        }
    )


class Reader:
    """Reads topics on and on; hands each record to `take`, and knows how far it has come."""

    def __init__(self, servers: str, topics: Iterable[str], partitions: int, take: Callable[[Committed], None]) -> None:
        self._consumer = consumer(servers)
        self._take = take
        self.positions = {(topic, partition): 0 for topic in topics for partition in range(partitions)}
        """By topic and partition: the offset before which everything was taken; steps over control records."""
        self._consumer.assign([TopicPartition(topic, partition, 0) for topic, partition in self.positions])

    def read(self, timeout_s: float = 0.5) -> int:
        """Take what there is now; how many records."""
        taken = 0
        for message in self._consumer.consume(5000, timeout_s):
            at = message.topic(), message.partition()
            if message.error() is None:
                self._take(_committed(message))
                self.positions[at] = message.offset() + 1
                taken += 1
            elif message.error().code() == _EOF:
                self.positions[at] = max(self.positions[at], message.offset())
        return taken

    def close(self) -> None:
        """Leave."""
        self._consumer.close()


def _committed(message: Any) -> Committed:
    return Committed(
        message.topic(),
        message.partition(),
        message.offset(),
        message.timestamp()[1],
        message.key(),
        message.value(),
        tuple((name, value or b"") for name, value in message.headers() or ()),
    )


def ends(
    client: Consumer, topics: Iterable[str], partitions: int, timeout_s: float = 5.0
) -> dict[tuple[str, int], int]:
    """Log ends by topic and partition. Raises `KafkaException` where a broker does not answer."""
    return {
        (topic, partition): client.get_watermark_offsets(TopicPartition(topic, partition), timeout_s)[1]
        for topic in topics
        for partition in range(partitions)
    }


def commits(client: Consumer, topic: str, partitions: int, timeout_s: float = 5.0) -> dict[int, int]:
    """Committed offset by partition, of the client's group; 0 where there is none yet."""
    asked = [TopicPartition(topic, partition) for partition in range(partitions)]
    return {tp.partition: max(tp.offset, 0) for tp in client.committed(asked, timeout_s)}
