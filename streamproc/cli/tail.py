"""`streamproc tail`: the records of a topic as they come."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from streamproc.cli.record import Record
    from streamproc.settings import Settings

_COMMIT_EVERY_S = 1.0


def tail(
    topic: Annotated[
        str, typer.Argument(help="raw, enriched, events, mentions, dead-letter, actor-counts, or a full name.")
    ],
    json_: Annotated[bool, typer.Option("--json", help="The value of each record on a line, as it stands.")] = False,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="All that the topic holds first, then what comes.")
    ] = False,
    max_records: Annotated[int | None, typer.Option("--max", "-n", min=1, help="End after so many records.")] = None,
    group: Annotated[
        str | None, typer.Option(help="Go on where this consumer group stopped, and remember where we stop.")
    ] = None,
) -> None:
    """Follow a topic; only what is committed is shown. Ctrl-C ends."""
    from streamproc.cli import kafka
    from streamproc.cli.readers import full_name
    from streamproc.settings import load_settings

    settings = load_settings()
    full = full_name(settings, topic)
    show = _show_json if json_ else _shower(settings, full)
    kafka.run(settings, _tail(_opened(settings, full, group, from_beginning), show, max_records, commit=bool(group)))


async def _tail(opened: Any, show: Callable[[Record], None], max_records: int | None, *, commit: bool) -> None:
    from streamproc.cli.readers import Marks, follow

    async with opened as reader:
        marks, shown, committed_at = Marks(reader), 0, time.monotonic()
        try:
            async for record in follow(reader):
                show(record)
                marks.add(record)
                shown += 1
                if shown == max_records:
                    return
                if commit and time.monotonic() - committed_at > _COMMIT_EVERY_S:
                    committed_at = time.monotonic()
                    await marks.commit()
        finally:
            if commit:
                await marks.commit()


@asynccontextmanager
async def _opened(settings: Settings, topic: str, group: str | None, from_beginning: bool) -> AsyncIterator[Any]:
    from streamproc.cli.readers import reading, subscribed

    if group is not None:
        async with subscribed(settings, topic, group, from_beginning=from_beginning) as reader:
            yield reader
        return
    async with reading(settings, topic) as (reader, partitions):
        if not from_beginning:
            await reader.seek_to_end(*partitions)
        yield reader


def _shower(settings: Settings, topic: str) -> Callable[[Record], None]:
    from streamproc.cli.lines import line_maker
    from streamproc.cli.terminal import console

    line, out = line_maker(settings, topic), console()
    return lambda record: out.print(line(record), soft_wrap=True)


def _show_json(record: Record) -> None:
    sys.stdout.buffer.write(one_line(record.value) + b"\n")
    sys.stdout.flush()


def one_line(value: bytes | None) -> bytes:
    """`value` as one line of JSON: as it stands, unless it is no JSON or has line breaks."""
    import orjson

    if value is None:
        return b"null"
    try:
        parsed = orjson.loads(value)
    except orjson.JSONDecodeError:
        return orjson.dumps(value.decode("utf-8", "replace"))
    return orjson.dumps(parsed) if b"\n" in value or b"\r" in value else value
