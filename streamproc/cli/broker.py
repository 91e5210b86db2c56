"""`streamproc broker`: the embedded Apache Kafka alone, in the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streamproc.broker import EmbeddedKafka


def broker(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 9092,
    data: Annotated[
        Path | None, typer.Option(file_okay=False, help="Where the records are kept; else below STREAMPROC_DATA_PATH.")
    ] = None,
) -> None:
    """Run Apache Kafka on loopback, for trying things out. Ctrl-C or SIGTERM stops it, the records stay."""
    from streamproc.broker import EmbeddedKafka, serve
    from streamproc.cli.progress import Fetching
    from streamproc.settings import load_settings

    settings = load_settings()
    folder = data or settings.data_path / "broker"
    with Fetching() as fetching:

        def told(kafka: EmbeddedKafka) -> None:
            typer.echo(kafka.bootstrap_servers)
            typer.echo(f"Kafka is up, records in {folder}; Ctrl-C stops it", err=True)

        serve(EmbeddedKafka(cache=settings.cache_path, port=port, data=folder, progress=fetching.tell), told)
