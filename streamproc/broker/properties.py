"""The settings of a Kafka node: `server.properties`.

Comes in: which node, and the voters of its quorum. Goes out: names and values, and the text of the file.
Paths are relative to the data folder, which is the working folder of the broker, so that they need no escapes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
CLUSTER_ID = "c3RyZWFtcHJvYy1lbWJlZA"
"""16 bytes in base64 as Kafka wants them, the same for all nodes of a cluster."""
LOG_FOLDER = "topics"

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Node:
    """A node that is broker and controller, on loopback."""

    id: int
    port: int
    controller_port: int

    @property
    def voter(self) -> str:
        """The node as an entry of `controller.quorum.voters`."""
        return f"{self.id}@{LOOPBACK}:{self.controller_port}"


def server_properties(
    node: Node, voters: Sequence[Node], *, log_folder: str = LOG_FOLDER, overrides: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Settings of `node` in a cluster of `voters`, itself included; `overrides` win."""
    return {
        "process.roles": "broker,controller",
        "node.id": str(node.id),
        "controller.quorum.voters": ",".join(voter.voter for voter in voters),
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{node.port},CONTROLLER://{LOOPBACK}:{node.controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{node.port}",
        "log.dirs": log_folder,
        **_replication(len(voters)),
        **_SIZES,
        **_BEHAVIOUR,
        **(overrides or {}),
    }


def _replication(nodes: int) -> dict[str, str]:
    """Kafka's own topics: as many copies as there are nodes, three at most; all but one must take a write."""
    factor = min(nodes, 3)
    in_sync = max(factor - 1, 1)
    return {
        "default.replication.factor": str(factor),
        "min.insync.replicas": str(in_sync),
        "offsets.topic.replication.factor": str(factor),
        "transaction.state.log.replication.factor": str(factor),
        "transaction.state.log.min.isr": str(in_sync),
        "share.coordinator.state.topic.replication.factor": str(factor),
        "share.coordinator.state.topic.min.isr": str(in_sync),
    }


_SIZES = {
    # One partition each, not 50: a start has less to open. Fixed for the life of a data folder.
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "num.recovery.threads.per.data.dir": "2",
    # The default, 128 MiB, is half of our heap; 8 MiB hold 350,000 keys in one pass of the cleaner.
    "log.cleaner.dedupe.buffer.size": str(8 * _MEBIBYTE),
    # Preallocated for each active segment of each partition; enough for 128,000 index entries.
    "log.index.size.max.bytes": str(_MEBIBYTE),
    # Topics of streamproc set `max.message.bytes` (8 MiB) themselves; this is for all other topics, and for replicas.
    "message.max.bytes": str(16 * _MEBIBYTE),
    "replica.fetch.max.bytes": str(16 * _MEBIBYTE),
    # A request may hold one batch of each partition.
    "socket.request.max.bytes": str(100 * _MEBIBYTE),
}

_BEHAVIOUR = {
    "auto.create.topics.enable": "false",
    "log.cleaner.enable": "true",
    # A single consumer need not wait for others to join.
    "group.initial.rebalance.delay.ms": "0",
    # After kill -9 a node waits for the session of its former self to end; the default, 9 s, is for networks.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    # Transactions of a worker that died hold up read_committed readers no longer than their time-out and a second.
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
}


def render(properties: Mapping[str, str]) -> str:
    """The text of a properties file, in ASCII."""
    return "".join(f"{_escaped(name)}={_escaped(value)}\n" for name, value in properties.items())


def _escaped(text: str) -> str:
    """`text` as Java's `Properties` reads it back: ISO 8859-1 with escapes in UTF-16."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-,/@") else _escape(char) for char in text)


def _escape(char: str) -> str:
    utf_16 = char.encode("utf-16-be")
    return "".join(f"\\u{utf_16[at : at + 2].hex()}" for at in range(0, len(utf_16), 2))
