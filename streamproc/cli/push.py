"""`streamproc push`: articles in files to the topic `articles.raw`, each confirmed by Kafka."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from streamproc.cli.group import EXIT_FAILED, fail
from streamproc.cli.payloads import Format, Meter, Payload, read_payloads, require_readable

if TYPE_CHECKING:
    from streamproc.cli.keys import Keyed, Keys
    from streamproc.cli.publish import Publisher
    from streamproc.settings import Settings

_MAX_NAMED = 5


def push(
    files: Annotated[
        list[str], typer.Argument(help="Text, JSON (an object or an array) or JSONL, also gzipped; `-` reads stdin.")
    ],
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="Take all files as this; else told by name and looks.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Return only when the workers are through with them.")] = False,
) -> None:
    """Push articles to the workers.

    A text file is one article; it may start with its date: "date 2019-03 Rusland is bereid …". Exit code 1 when an
    article was not confirmed: push the files again then, what has arrived already is recognised by its id.
    """
    from streamproc.cli import kafka  # as all Kafka imports of commands
    from streamproc.settings import load_settings

    settings = load_settings()
    require_readable(files)
    source = Source(files, format_, settings)
    started = time.monotonic()
    publisher = kafka.run(settings, push_all(settings, source))
    _report(publisher, source, time.monotonic() - started)
    if wait and publisher.confirmed:
        kafka.run(settings, _wait(settings))
    if publisher.failed or source.too_large.count:
        raise typer.Exit(EXIT_FAILED)


@dataclass
class _Noted:
    """Where something was found: all are counted, the first are named."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, origin: str) -> None:
        self.count += 1
        if len(self.first) < _MAX_NAMED:
            self.first.append(origin)

    def __str__(self) -> str:
        more = f" and {self.count - _MAX_NAMED:,} more" if self.count > _MAX_NAMED else ""
        return ", ".join(self.first) + more


@dataclass
class Source:
    """The articles of all files, with what is to be said of them; iterated in the thread that reads."""

    files: list[str]
    format_: Format | None
    settings: Settings
    meter: Meter = field(default_factory=Meter)
    too_large: _Noted = field(default_factory=_Noted)
    malformed: _Noted = field(default_factory=_Noted)
    ids: list[str] | None = None
    """The article ids, where they are asked for by an empty list."""

    def __iter__(self) -> Iterator[Keyed]:
        from streamproc.cli.keys import Keys

        keys = Keys(self.settings)
        for file in self.files:
            for payload in read_payloads(
                file, max_bytes=self.settings.max_record_bytes, format_=self.format_, meter=self.meter
            ):
                yield from self._keyed(payload, keys)

    def _keyed(self, payload: Payload, keys: Keys) -> Iterator[Keyed]:
        if payload.value is None:
            self.too_large.add(payload.origin)
            return
        keyed = keys.keyed(payload.value)
        if self.ids is not None and keyed.key is not None:
            self.ids.append(keyed.key.decode())
        if keyed.malformed:
            self.malformed.add(payload.origin)
        yield keyed


async def push_all(settings: Settings, source: Source) -> Publisher:
    """Push everything, with a bounded number of bytes on the way."""
    from streamproc.cli.feed import Budget, Feed
    from streamproc.cli.progress import Progress
    from streamproc.cli.publish import publishing
    from streamproc.cli.readers import partitions_of
    from streamproc.stream.topics import Topics

    topic = Topics(settings).raw
    await partitions_of(settings, topic)
    budget = Budget()

    async def send_all() -> None:
        async for item in Feed(source, budget):
            done = functools.partial(budget.give_back, len(item.value))
            await publisher.send(topic, item.value, item.key, done=done)
            progress.show(publisher.confirmed, source.meter.read_bytes)

    async with publishing(settings) as publisher:
        try:
            with Progress("pushing", source.files) as progress:
                await publisher.deliver(send_all())
        finally:
            budget.close()
    return publisher


def _report(publisher: Publisher, source: Source, seconds: float) -> None:
    from streamproc.cli.terminal import counted

    rate = f", {publisher.confirmed / seconds:,.0f} a second" if publisher.confirmed >= 100 else ""  # noqa: PLR2004
    typer.echo(f"{counted(publisher.confirmed, 'article')} confirmed in {seconds:.1f} s{rate}", err=True)
    for reason, count in publisher.failed.items():
        fail(f"{counted(count, 'article')} not confirmed: {reason}")
    if publisher.outage:
        fail("stopped there; push the same again later, copies are recognised by their id")
    if source.too_large.count:
        limit = source.settings.max_record_bytes
        fail(f"{counted(source.too_large.count, 'article')} not pushed: over {limit:,} bytes ({source.too_large})")
    if source.malformed.count:
        fail(
            f"{counted(source.malformed.count, 'article')} pushed that cannot be read as JSON ({source.malformed}); "
            "see `streamproc dead-letters list`"
        )


async def _wait(settings: Settings) -> None:
    from streamproc.cli.lag import wait_until_through
    from streamproc.cli.progress import Waiting

    with Waiting() as waiting:
        await wait_until_through(settings, waiting.tell)
    typer.echo("the workers are through", err=True)
