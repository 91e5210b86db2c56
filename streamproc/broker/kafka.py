"""One Kafka node as a child of this process.

Comes in: a cache folder for the jars, a data folder or none, a port or none. Goes out: a broker that takes records.
Acknowledged records survive ``kill -9`` of the broker; they are in the page cache, so a power failure may lose some.
Fails with `BrokerError`: port taken, folder in use or not writable, jars not to be had, Java or Kafka not starting.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Self

from streamproc.broker.folder_lock import FolderLockedError, locked
from streamproc.broker.jars import KAFKA_VERSION, Progress, kafka_jars
from streamproc.broker.java import java_command, java_environment
from streamproc.broker.ports import free_port, is_free
from streamproc.broker.process import ChildProcess
from streamproc.broker.properties import CLUSTER_ID, LOG_FOLDER, LOOPBACK, Node, render, server_properties
from streamproc.broker.start_failure import gist, tail
from streamproc.errors import BrokerError

_STARTED = b"Kafka Server started"
_POLL_S = 0.02
_SUPPORTED = os.name == "posix"


class EmbeddedKafka:
    """Apache Kafka on loopback, for as long as the block lasts.

    >>> with EmbeddedKafka(cache=settings.cache_path) as kafka:  # doctest: +SKIP
    ...     kafka.bootstrap_servers
    '127.0.0.1:27193'
    """

    def __init__(
        self,
        *,
        cache: Path,
        port: int = 0,
        data: Path | None = None,
        overrides: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        start_timeout_s: float = 60.0,
        stop_timeout_s: float = 30.0,
        node: Node | None = None,
        voters: Sequence[Node] = (),
    ) -> None:
        """Port 0 takes a free one, the same for all starts; without `data` the records end with the block.

        `overrides` are settings of ``server.properties``; `progress` is told of a first download of jars into `cache`.
        With `node` and `voters` it is that node of a cluster (`EmbeddedCluster`), with the ports of `node`.
        """
        self._cache, self._progress, self._overrides = cache, progress, dict(overrides or {})
        self._id, self._voters = (node.id if node else 1), tuple(voters)
        self._port, self._controller_port = (node.port, node.controller_port) if node else (port, 0)
        self._temporary = tempfile.TemporaryDirectory(prefix="streamproc-broker-") if data is None else None
        self.data = Path(self._temporary.name if self._temporary else data or "").absolute()
        self._start_timeout_s, self._stop_timeout_s = start_timeout_s, stop_timeout_s
        self._process: ChildProcess | None = None

    @property
    def bootstrap_servers(self) -> str:
        """`host:port`, known after the first start."""
        return f"{LOOPBACK}:{self._port}"

    @property
    def running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.exit_code is None

    def start(self) -> None:
        """Start and return when the broker is ready; may be called again after `stop` or `kill`."""
        if not self.running:
            self.launch()
            self.await_start()

    def launch(self) -> None:
        """Start without waiting: a node of a cluster is ready only when most of its voters run."""
        if self.running:
            return
        if not _SUPPORTED:
            raise BrokerError(
                "the embedded broker runs on Linux and macOS only; "
                "name another one in STREAMPROC_KAFKA_BOOTSTRAP_SERVERS"
            )
        jars = kafka_jars(self._cache, progress=self._progress)
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            with locked(self.data / "broker.lock", wait=False) as lock:
                self._launch(jars, lock)
        except FolderLockedError as error:
            raise BrokerError(f"the data folder {self.data} is in use by another broker") from error
        except OSError as error:
            raise BrokerError(f"cannot start the broker in {self.data}: {error.strerror}") from error

    def stop(self) -> None:
        """Stop cleanly: what is in memory is written, and the next start is fast. Does nothing if it has ended."""
        process, self._process = self._process, None
        if process is not None:
            process.stop(self._stop_timeout_s)

    def kill(self) -> None:
        """End the broker as ``kill -9`` would; `start` brings it back with all that it has acknowledged."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def wait(self) -> None:
        """Wait until the broker ends. `BrokerError` when it was not `stop` or `kill` that ended it."""
        process = self._process
        if process is not None:
            process.wait()
            if self._process is process:
                raise BrokerError(f"Kafka ended with exit code {process.exit_code}: {self._said()}")

    def close(self) -> None:
        """Stop, and remove the data folder if it is a temporary one."""
        try:
            self.stop()
        finally:
            if self._temporary is not None:
                self._temporary.cleanup()

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

    def _launch(self, jars: Sequence[Path], lock: int) -> None:
        """Start Java with the data folder as its working folder; it holds the folder's `lock` from here on."""
        self._port, self._controller_port = self._port or free_port(), self._controller_port or free_port()
        for port in (self._port, self._controller_port):
            if not is_free(port):
                raise BrokerError(f"port {port} of {LOOPBACK} is in use")
        if not (self.data / LOG_FOLDER).exists():
            self._format(jars)
        self._write_properties(LOG_FOLDER)
        with resources.as_file(resources.files("streamproc.broker").joinpath("log4j2.xml")) as logging:
            self._process = ChildProcess(
                java_command(
                    jars,
                    "kafka.Kafka",
                    self._properties.name,
                    options=[f"-Dlog4j2.configurationFile={logging.as_uri()}"],
                ),
                folder=self.data,
                environment=java_environment(),
                output=self._console,
                keep_open=lock,
            )

    def _write_properties(self, log_folder: str) -> None:
        node = Node(id=self._id, port=self._port, controller_port=self._controller_port)
        properties = server_properties(node, self._voters or [node], log_folder=log_folder, overrides=self._overrides)
        self._properties.write_text(render(properties), "ascii")

    def _format(self, jars: Sequence[Path]) -> None:
        """Make the log folder, whole or not at all."""
        unfinished = self.data / f"{LOG_FOLDER}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._write_properties(unfinished.name)
        arguments = ("format", "--cluster-id", CLUSTER_ID, "--config", self._properties.name)
        done = subprocess.run(  # noqa: S603  # our own command, no shell
            java_command(jars, "kafka.tools.StorageTool", *arguments),
            cwd=self.data,
            env=java_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise BrokerError(f"Kafka cannot prepare {self.data}: {gist((done.stdout + done.stderr).splitlines())}")
        unfinished.rename(self.data / LOG_FOLDER)

    def await_start(self) -> None:
        """Wait for the launched process's own word: a connection would also be taken by a broker that is not ours."""
        assert self._process is not None
        deadline = time.monotonic() + self._start_timeout_s
        while _STARTED not in self._console.read_bytes():
            if self._process.wait(_POLL_S):
                raise BrokerError(f"Kafka {KAFKA_VERSION} did not start: {self._said()}")
            if time.monotonic() > deadline:
                self.kill()
                raise BrokerError(f"Kafka {KAFKA_VERSION} was not ready in {self._start_timeout_s:g} s: {self._said()}")

    @property
    def _console(self) -> Path:
        return self.data / "console.log"

    @property
    def _properties(self) -> Path:
        return self.data / "server.properties"

    def _said(self) -> str:
        log = self.data / "server.log"
        # Java that does not come up at all leaves the log of the run before.
        is_of_this_run = log.exists() and log.stat().st_mtime >= self._properties.stat().st_mtime
        said = gist([*tail(self._console), *(tail(log) if is_of_this_run else [])])
        return said if self._temporary else f"{said} (logs in {self.data})"


def serve(kafka: EmbeddedKafka, on_ready: Callable[[EmbeddedKafka], None] = lambda _kafka: None) -> None:
    """Run `kafka` until Ctrl-C or SIGTERM, then stop it cleanly; for the main thread.

    `on_ready` is called once it takes records. `BrokerError` when it does not start, or ends by itself.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with kafka:
            on_ready(kafka)
            kafka.wait()
    except KeyboardInterrupt:
        pass  # both signals mean it
    finally:
        signal.signal(signal.SIGTERM, before)
