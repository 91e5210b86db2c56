"""The stack under test: a project of its own, on free ports of 127.0.0.1, driven by `docker compose` as users do."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
IMAGE = "streamproc:test"
_WEB_PORTS = 10


def run(*command: str, environment: dict[str, str] | None = None, timeout_s: float = 600) -> str:
    """What `command` writes on stdout; raises with all that it wrote where it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=timeout_s, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def wait_until(condition: Callable[[], object], what: str, timeout_s: float = 120) -> None:
    """Return when `condition` is true."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {timeout_s:g} s"
        time.sleep(0.5)


class Stack:
    """`with Stack() as stack`: built, up and ready; gone afterwards, its volumes included."""

    def __init__(self) -> None:
        self._name = f"streamproc-test-{uuid.uuid4().hex[:8]}"
        first = _free_ports(_WEB_PORTS + 1)
        self.servers = f"127.0.0.1:{first}"
        self._environment = os.environ | {
            "STREAMPROC_IMAGE": IMAGE,
            "PUBLISH_KAFKA_PORT": str(first),
            "PUBLISH_WEB_PORTS": f"{first + 1}-{first + _WEB_PORTS}",
        }

    def __enter__(self) -> Self:
        self.compose("build")
        try:
            self.up()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def _remove(self) -> None:
        self.compose("down", "--volumes", "--timeout", "5")

    def compose(self, *arguments: str) -> str:
        """`docker compose …` for this project."""
        return run("docker", "compose", "--project-name", self._name, *arguments, environment=self._environment)

    def up(self, workers: int = 1) -> None:
        """Bring everything up with so many workers, and return when they are ready."""
        try:
            self.compose("up", "--detach", "--wait", "--wait-timeout", "300", "--scale", f"worker={workers}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.compose('logs', '--tail', '50')}") from None

    def containers(self, service: str) -> list[dict[str, Any]]:
        """What the engine says of the containers of `service`, those that have ended included."""
        ids = self.compose("ps", "--all", "--quiet", service).split()
        return json.loads(run("docker", "inspect", *ids)) if ids else []

    def healthy(self, service: str) -> bool:
        """Whether all containers of `service` run and are healthy."""
        return all(
            container["State"]["Running"] and container["State"]["Health"]["Status"] == "healthy"
            for container in self.containers(service)
        )

    def restarts(self, service: str) -> dict[str, int]:
        """How often the engine has restarted each container of `service`, by id."""
        return {container["Id"]: container["RestartCount"] for container in self.containers(service)}

    def crash(self, container: dict[str, Any]) -> None:
        """Kill the main process of `container` with -9, from outside: `docker kill` would count as a wish to stop it.

        By a container that sees the processes of the engine's machine, which needs not be this one, nor we be root.
        """
        pid = str(container["State"]["Pid"])
        run("docker", "run", "--rm", "--pid=host", "--user=0", "--entrypoint=sh", IMAGE, "-c", f"kill -9 {pid}")

    def url(self, container: dict[str, Any]) -> str:
        """Where a worker serves HTTP to this machine."""
        (published,) = container["NetworkSettings"]["Ports"]["6066/tcp"]
        assert published["HostIp"] == "127.0.0.1"
        return f"http://127.0.0.1:{published['HostPort']}"


def _free_ports(count: int) -> int:
    """The first of `count` ports in a row that nobody listens on, below those that the system hands out."""
    for _ in range(100):
        first = random.randrange(12_000, 30_000, count)
        if all(_is_free(port) for port in range(first, first + count)):
            return first
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
