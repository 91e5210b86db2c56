"""`streamproc enrich`: articles in a file to enriched articles on stdout, without Kafka."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from streamproc.cli.group import EXIT_FAILED, fail
from streamproc.cli.payloads import STDIN, Format, Payload, read_payloads, require_readable

if TYPE_CHECKING:
    from streamproc.cli.enricher import Result
    from streamproc.settings import Settings


def enrich(
    file: Annotated[str, typer.Argument(help="Text, JSON or JSONL, also gzipped; `-` reads stdin.")] = STDIN,
    workers: Annotated[
        int | None,
        typer.Option(min=0, max=256, help="Processes; 0 works in this one, without a time limit. All processors else."),
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="Take the file as this; else told by name and looks.")
    ] = None,
) -> None:
    """Enrich articles without Kafka: one JSON object a line on stdout, in the order of the articles.

    Articles that are rejected are told on stderr, by line, and make the exit code 1.
    """
    from streamproc.settings import load_settings

    settings = load_settings()
    require_readable([file])
    started = time.monotonic()
    payloads = read_payloads(file, max_bytes=settings.max_payload_bytes, format_=format_)
    enriched, rejected = _print(
        file, _results(settings, payloads, settings.pool_workers if workers is None else workers)
    )
    typer.echo(f"{enriched:,} enriched, {rejected:,} rejected in {time.monotonic() - started:.1f} s", err=True)
    if rejected:
        raise typer.Exit(EXIT_FAILED)


def _print(file: str, results: Iterable[tuple[Payload, Result]]) -> tuple[int, int]:
    """Print what comes, and count what was enriched and what rejected."""
    from streamproc.cli.progress import Progress

    enriched = rejected = 0
    with Progress("enriching", [file]) as progress:
        for payload, result in results:
            if isinstance(result, bytes):
                sys.stdout.buffer.write(result + b"\n")
                enriched += 1
            else:
                fail(f"{payload.origin}: {result.code.value}: {result.message}")
                rejected += 1
            progress.show(enriched + rejected, payload.read_bytes)
    sys.stdout.buffer.flush()
    return enriched, rejected


def _results(settings: Settings, payloads: Iterable[Payload], workers: int) -> Iterator[tuple[Payload, Result]]:
    from streamproc.cli.enricher import load_enricher
    from streamproc.cli.keys import limits_of
    from streamproc.cli.parallel import processes

    load = functools.partial(load_enricher, limits_of(settings), settings.knowledge_path)
    if workers == 0:
        enricher = load()
        for payload in payloads:
            yield payload, enricher(payload.value)
        return
    with processes(load, workers=workers, timeout_s=settings.analysis_timeout_s) as pool:
        yield from pool.enrich((payload, payload.value) for payload in payloads)
