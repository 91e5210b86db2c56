"""The stage of the demo: a broker, topics, a worker process; and articles that go through them.

Comes in: a folder for all data, files with articles. Goes out: what was pushed, when the workers are through with it.
Fails with `StreamprocError`: broker or worker do not start, or it takes too long.
"""

from __future__ import annotations

import asyncio
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import typer

from streamproc.broker import KAFKA_VERSION, EmbeddedKafka
from streamproc.broker.ports import free_port
from streamproc.broker.process import ChildProcess
from streamproc.broker.start_failure import tail
from streamproc.cli import kafka
from streamproc.cli.lag import wait_until_through
from streamproc.cli.progress import Fetching
from streamproc.cli.push import Source, push_all
from streamproc.cli.run import worker_command
from streamproc.cli.terminal import counted
from streamproc.errors import ConfigurationError, DeliveryError, StreamprocError
from streamproc.settings import load_settings
from streamproc.stream.topics import create_topics

_READY_TIMEOUT_S = 60.0
_THROUGH_TIMEOUT_S = 120.0
_STOP_TIMEOUT_S = 15.0
_LOOPBACK = "127.0.0.1"


class Stage:
    """Everything that the demo starts, and stops again at the end of the block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "worker.log"
        self._broker: EmbeddedKafka | None = None
        self._worker: ChildProcess | None = None
        self._stack = ExitStack()
        self.settings = load_settings()
        self.web_url = ""

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _start(self) -> None:
        servers = self._start_broker() if self.settings.kafka_bootstrap_servers is None else None
        self.settings = load_settings(**self._overrides(servers))
        kafka.run(self.settings, create_topics(self.settings))
        self._start_worker()

    def _overrides(self, servers: str | None) -> dict[str, object]:
        common: dict[str, object] = {
            "data_path": self._folder,
            "web_host": _LOOPBACK,
            "web_port": free_port(),
        }
        if servers is None:  # a Kafka of the user: topics and groups of our own, beside those in use
            prefix, app_id = self.settings.topic_prefix, self.settings.app_id
            return common | {"topic_prefix": f"{prefix}demo.", "app_id": f"{app_id}-demo"}
        single = {"topic_replication_factor": 1, "topic_min_insync_replicas": 1}
        return common | single | {"kafka_bootstrap_servers": servers}

    def _start_broker(self) -> str:
        started = time.monotonic()
        with Fetching() as fetching:
            self._broker = EmbeddedKafka(
                cache=self.settings.cache_path, data=self._folder / "broker", progress=fetching.tell
            )
            self._stack.enter_context(self._broker)
        self._done(f"Kafka {KAFKA_VERSION} is up at {self._broker.bootstrap_servers}", started)
        return self._broker.bootstrap_servers

    def environment(self) -> dict[str, str]:
        """The settings of the stage as environment variables."""
        ours = self.settings
        return {
            "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": ",".join(ours.bootstrap_servers),
            "STREAMPROC_TOPIC_PREFIX": ours.topic_prefix,
            "STREAMPROC_APP_ID": ours.app_id,
            "STREAMPROC_TOPIC_REPLICATION_FACTOR": str(ours.topic_replication_factor),
            "STREAMPROC_TOPIC_MIN_INSYNC_REPLICAS": str(ours.topic_min_insync_replicas),
            "STREAMPROC_DATA_PATH": str(ours.data_path),
            "STREAMPROC_WEB_HOST": ours.web_host,
            "STREAMPROC_WEB_PORT": str(ours.web_port),
        }

    def changed_environment(self) -> dict[str, str]:
        """What of it a user must set to work with the stage from another terminal."""
        needed = ("STREAMPROC_KAFKA_BOOTSTRAP_SERVERS", "STREAMPROC_TOPIC_PREFIX", "STREAMPROC_APP_ID")
        plain = load_settings()
        theirs = (",".join(plain.kafka_bootstrap_servers or ()), plain.topic_prefix, plain.app_id)
        ours = self.environment()
        return {name: ours[name] for name, value in zip(needed, theirs, strict=True) if ours[name] != value}

    def _start_worker(self) -> None:
        started = time.monotonic()
        nothing = os.open(os.devnull, os.O_RDONLY)
        try:
            self._worker = ChildProcess(
                worker_command(supervised=True),
                folder=self._folder,
                environment=os.environ | self.environment(),
                output=self._log,
                keep_open=nothing,
            )
        finally:
            os.close(nothing)
        self._stack.callback(self._worker.stop, _STOP_TIMEOUT_S)
        self.web_url = f"http://{_LOOPBACK}:{self.settings.web_port}"
        while not _is_ready(f"{self.web_url}/health/ready"):
            self.require_alive()
            if time.monotonic() - started > _READY_TIMEOUT_S:
                raise StreamprocError(f"the worker was not ready within {_READY_TIMEOUT_S:g} s: {self._said()}")
            time.sleep(0.05)
        self._done(f"a worker is up at {self.web_url}", started)

    def play(self, files: Sequence[str]) -> list[str]:
        """Push the articles, wait until all is through, and give their ids."""
        started = time.monotonic()
        ids: list[str] = []
        source = Source(list(files), None, self.settings, ids=ids)
        publisher = kafka.run(self.settings, push_all(self.settings, source))
        if publisher.failed:
            raise DeliveryError(f"Kafka did not confirm all articles: {', '.join(publisher.failed)}")
        if not publisher.confirmed:
            raise ConfigurationError(f"no articles in {', '.join(files)}")
        self._done(f"{counted(publisher.confirmed, 'article')} pushed", started)
        started = time.monotonic()
        kafka.run(self.settings, self._through())
        self._done("all enriched and counted", started)
        return ids

    async def _through(self) -> None:
        try:
            await asyncio.wait_for(
                wait_until_through(self.settings, lambda _topic, _left: self.require_alive()), _THROUGH_TIMEOUT_S
            )
        except TimeoutError as error:
            raise StreamprocError(f"not through within {_THROUGH_TIMEOUT_S:g} s; worker: {self._said()}") from error

    def require_alive(self) -> None:
        """Raise `StreamprocError` where worker or broker have ended."""
        if self._worker is not None and self._worker.exit_code is not None:
            raise StreamprocError(f"the worker ended with exit code {self._worker.exit_code}: {self._said()}")
        if self._broker is not None and not self._broker.running:
            raise StreamprocError("the embedded Kafka ended by itself")

    def _said(self) -> str:
        return " | ".join(tail(self._log)[-3:])[-1000:] or "it said nothing"

    @staticmethod
    def _done(told: str, started: float) -> None:
        typer.echo(f"{time.monotonic() - started:5.1f} s  {told}", err=True)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  # our own worker on loopback
            return bool(response.status == 200)  # noqa: PLR2004  # HTTP
    except (urllib.error.URLError, OSError):
        return False
