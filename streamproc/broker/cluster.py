"""Several Kafka nodes that keep copies of each other's records, as children of this process.

Comes in: a cache folder for the jars, and how many nodes. Goes out: a cluster on loopback that survives the loss of a
node (of three), whose nodes can be stopped, killed and started one by one. For tests; its records end with the block.
Fails with `BrokerError`, as `EmbeddedKafka` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from streamproc.broker.kafka import EmbeddedKafka
from streamproc.broker.ports import free_port
from streamproc.broker.properties import Node


class EmbeddedCluster:
    """Kafka nodes on loopback, for as long as the block lasts; each is broker and controller."""

    def __init__(self, *, cache: Path, nodes: int = 3, overrides: Mapping[str, str] | None = None) -> None:
        """`overrides` are settings of ``server.properties``, the same for all nodes."""
        self._folder = tempfile.TemporaryDirectory(prefix="streamproc-cluster-", ignore_cleanup_errors=True)
        ports: set[int] = set()
        while len(ports) < 2 * nodes:
            ports.add(free_port())
        drawn = list(ports)
        voters = [Node(number, drawn[number - 1], drawn[nodes + number - 1]) for number in range(1, nodes + 1)]
        self.nodes = [
            EmbeddedKafka(
                cache=cache,
                data=Path(self._folder.name) / str(node.id),
                overrides=overrides,
                node=node,
                voters=voters,
                # The last ones to stop have no majority any more, and would wait for one.
                stop_timeout_s=10.0,
            )
            for node in voters
        ]

    @property
    def bootstrap_servers(self) -> str:
        """`host:port` of each node, separated by commas."""
        return ",".join(node.bootstrap_servers for node in self.nodes)

    def start(self) -> None:
        """Start the nodes that do not run, and return when all are ready."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.await_start()

    def stop(self) -> None:
        """Stop all nodes at once."""
        with ThreadPoolExecutor(len(self.nodes)) as pool:
            list(pool.map(EmbeddedKafka.stop, self.nodes))

    def close(self) -> None:
        """Stop all nodes and remove their records."""
        try:
            self.stop()
        finally:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
