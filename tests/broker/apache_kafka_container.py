"""Apache Kafka in a container, with the settings of the embedded broker; needs a Docker engine.

Testcontainers has a class for another image only, whose scripts differ.
"""

from __future__ import annotations

import io
import tarfile
from typing import Self

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

from streamproc.broker.jars import KAFKA_VERSION
from streamproc.broker.properties import Node, server_properties

_NODE = Node(id=1, port=9092, controller_port=9094)
_SETTINGS = server_properties(
    _NODE,
    [_NODE],
    log_folder="/tmp/kafka-logs",
    overrides={
        # Clients come through the mapped port; the broker itself and its controller talk inside the container.
        "listeners": "PLAINTEXT://0.0.0.0:9092,BROKER://127.0.0.1:9093,CONTROLLER://127.0.0.1:9094",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "BROKER",
    },
)


class ApacheKafkaContainer(DockerContainer):
    """A node whose mapped port is known only after its start: its command waits for a script that names the port."""

    _SCRIPT = "/tmp/start-with-mapped-port.sh"

    def __init__(self, image: str = f"apache/kafka:{KAFKA_VERSION}") -> None:
        super().__init__(image)
        self.with_exposed_ports(_NODE.port)
        self.with_command(["sh", "-c", f"while [ ! -f {self._SCRIPT} ]; do sleep 0.1; done; . {self._SCRIPT}"])
        for name, value in _SETTINGS.items():
            if name != "advertised.listeners":
                self.with_env(f"KAFKA_{name.upper().replace('.', '_')}", value)
        self.with_env("KAFKA_HEAP_OPTS", "-Xms128m -Xmx512m")

    @property
    def bootstrap_servers(self) -> str:
        return f"{self.get_container_host_ip()}:{self.get_exposed_port(_NODE.port)}"

    def start(self, timeout_s: int = 120) -> Self:
        super().start()
        listeners = f"PLAINTEXT://{self.bootstrap_servers},BROKER://127.0.0.1:9093"
        lines = (
            f"export KAFKA_ADVERTISED_LISTENERS={listeners}",
            # The entry writes its configuration over these, also where the image was built from read-only files.
            "chmod u+w /opt/kafka/config/* /etc/kafka/docker/*",
            "exec /etc/kafka/docker/run",
        )
        self._put_script("\n".join(lines).encode())
        LogMessageWaitStrategy(r"Kafka Server started").with_startup_timeout(timeout_s).wait_until_ready(self)
        return self

    def _put_script(self, script: bytes) -> None:
        archive = io.BytesIO()
        with tarfile.TarFile(fileobj=archive, mode="w") as tar:
            entry = tarfile.TarInfo(self._SCRIPT.removeprefix("/"))
            entry.size, entry.mode = len(script), 0o755
            tar.addfile(entry, io.BytesIO(script))
        self.get_wrapped_container().put_archive("/", archive.getvalue())
