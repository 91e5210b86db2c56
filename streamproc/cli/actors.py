"""`streamproc actors`: who is mentioned how often, read from the compacted topic `actor-counts`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

_NAME_WIDTH, _KIND_WIDTH = 32, len("organisation")
_MIDDLE, _WIDE = 108, 132
"""Columns from which there is room for ids, and for days as well."""

if TYPE_CHECKING:
    from rich.table import Table

    from streamproc.contracts import ActorCount
    from streamproc.settings import Settings


def actors(
    top: Annotated[int, typer.Option(min=0, help="Show so many; 0 shows all.")] = 20,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line, as in the topic.")] = False,
) -> None:
    """Show the table of actors, those with most mentions first."""
    from streamproc.cli import kafka
    from streamproc.cli.terminal import console
    from streamproc.settings import load_settings

    settings = load_settings()
    counts = kafka.run(settings, read_counts(settings))
    shown = counts[:top] if top else counts
    if json_:
        for count in shown:
            sys.stdout.buffer.write(count.to_json() + b"\n")
        sys.stdout.flush()
        return
    if shown:
        out = console()
        out.print(actor_table(shown, out.width))
    if len(shown) < len(counts):
        typer.echo(f"{len(shown):,} of {len(counts):,} actors; --top 0 shows all", err=True)
    if not counts:
        typer.echo("no actors yet; push articles, and run a worker", err=True)


async def read_counts(settings: Settings) -> list[ActorCount]:
    """The last count of each actor, by mentions, then name."""
    from streamproc.cli.readers import everything
    from streamproc.contracts import ActorCount
    from streamproc.stream.topics import Topics

    values: dict[bytes, bytes | None] = {}
    async for record in everything(settings, Topics(settings).actor_counts):
        values[record.key or b""] = record.value
    counts = [ActorCount.from_json(value) for value in values.values() if value is not None]
    return sorted(counts, key=lambda count: (-count.mentions, count.name, count.actor_id))


def actor_table(counts: list[ActorCount], width: int) -> Table:
    """A table for `width` columns; where there is room also with days and ids."""
    from rich import box
    from rich.table import Table

    from streamproc.cli.terminal import shortened, styled

    days, ids = width >= _WIDE, width >= _MIDDLE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("actor", no_wrap=True, max_width=_NAME_WIDTH)
    table.add_column("kind", min_width=_KIND_WIDTH)
    for name in ("mentions", "articles", "as source", "as target"):
        table.add_column(name, justify="right", min_width=len(name))
    if days:
        table.add_column("days", no_wrap=True)
    if ids:
        table.add_column("id", style="dim", no_wrap=True)
    for count in counts:
        numbers = (count.mentions, count.articles, count.events_as_source, count.events_as_target)
        row = [styled(shortened(count.name, _NAME_WIDTH), "bold"), styled(count.kind.value)]
        row += [styled(f"{number:,}") for number in numbers]
        if days:
            row.append(
                styled(" … ".join(dict.fromkeys(day for day in (count.first_seen, count.last_seen) if day)) or "-")
            )
        if ids:
            row.append(styled(count.actor_id))
        table.add_row(*row)
    return table
