"""Progress on stderr, on a terminal only: files that are read, jars that are fetched, workers that are waited for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import typer
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from streamproc.cli.terminal import notes

_PATIENCE_S = 30.0
_SHOW_EVERY_S = 0.1


class _Live:
    """A line on stderr for as long as the block lasts."""

    def __init__(self, title: str, total: float | None) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[told]}", markup=False),
            TimeElapsedColumn(),
            console=notes(),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(title, total=total, told="")
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Take the line away; before the end of the block where something else is to be shown."""
        self._bar.stop()

    def update(self, completed: float | None, told: str, total: float | None = None) -> None:
        """Show how far it is; too frequent calls cost nothing."""
        now = time.monotonic()
        if now - self._shown_at >= _SHOW_EVERY_S:
            self._shown_at = now
            self._bar.update(self._task, completed=completed, total=total, told=told)


class Progress(_Live):
    """Articles read from files, and how many of them are done."""

    def __init__(self, title: str, files: Sequence[str]) -> None:
        sizes = [os.path.getsize(file) for file in files if os.path.isfile(file)]  # noqa: PTH113, PTH202  # `-` too
        super().__init__(title, sum(sizes) if len(sizes) == len(files) else None)
        self._started = time.monotonic()

    def show(self, done: int, read_bytes: int) -> None:
        """`done` articles, after `read_bytes` of the files."""
        rate = done / max(time.monotonic() - self._started, 0.001)
        self.update(read_bytes, f"{done:,} articles, {rate:,.0f} a second")


class Fetching(_Live):
    """Files fetched from the net; as `progress` of the embedded broker. Shows nothing where nothing is fetched."""

    def __init__(self) -> None:
        super().__init__("fetching Apache Kafka", None)
        self._told = False

    def __enter__(self) -> Self:
        return self

    def tell(self, done: int, total: int) -> None:
        """`done` of `total` jars are there."""
        if not self._told:
            self._told = True
            self._bar.start()
            if not sys.stderr.isatty():
                typer.echo(f"fetching Apache Kafka, {total - done} of {total} jars, once", err=True)
        self._shown_at = 0.0
        self.update(done, f"{done} of {total} jars", total)
        if done == total:
            self.end()


class Waiting(_Live):
    """Workers that are waited for; says so after a while in which nothing happens."""

    def __init__(self) -> None:
        super().__init__("waiting for the workers", None)
        self._last: tuple[str, int] | None = None
        self._since = time.monotonic()

    def tell(self, topic: str, left: int) -> None:
        """`left` records of `topic` are not done."""
        now = time.monotonic()
        if (topic, left) != self._last:
            self._last, self._since = (topic, left), now
        elif now - self._since > _PATIENCE_S:
            self._since = now
            notes().print(f"still {left:,} records of {topic} left, unchanged for {_PATIENCE_S:g} s; is a worker up?")
        self.update(None, f"{left:,} left in {topic}")
