"""`streamproc demo`: everything at once, on sample articles."""

from __future__ import annotations

import datetime as dt
import signal
import tempfile
import time
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streamproc.cli.demo_stage import Stage


def demo(
    files: Annotated[
        list[str] | None, typer.Argument(help="Articles of your own, as for `push`; else samples.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Stay up afterwards, until Ctrl-C.")] = False,
    data: Annotated[
        Path | None, typer.Option(file_okay=False, help="Keep the records in this folder; else they end with the demo.")
    ] = None,
) -> None:
    """Start Kafka and a worker, push articles, and show what comes out: who did what to whom, and how often.

    Kafka is embedded (no Docker, no Java needed) unless STREAMPROC_KAFKA_BOOTSTRAP_SERVERS names another. All ports are
    free ones, and everything is stopped at the end.
    """
    from streamproc.cli.demo_report import report, what_to_try
    from streamproc.cli.demo_stage import Stage
    from streamproc.cli.payloads import require_readable

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leaves the blocks below in order, as Ctrl-C does
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="streamproc-demo-")))
        require_readable(files or [])
        stage = stack.enter_context(Stage(folder))
        started = dt.datetime.now(dt.UTC)
        pushed = stage.play(files or [str(path) for path in samples(stack)])
        report(stage.settings, pushed, since=started)
        if keep:
            what_to_try(stage, kept_in=data)
            _stay(stage)
        else:
            typer.echo(
                "`streamproc demo --keep` stays up, to push articles of your own and follow the topics", err=True
            )


def samples(stack: ExitStack) -> list[Path]:
    """The sample articles, as files for as long as `stack` lasts."""
    folder = stack.enter_context(resources.as_file(resources.files("streamproc.cli").joinpath("samples")))
    return [*sorted(folder.glob("*.txt")), *sorted(folder.glob("*.json"))]


def _stay(stage: Stage) -> None:
    try:
        while True:
            stage.require_alive()
            time.sleep(0.5)
    except KeyboardInterrupt:
        typer.echo("stopping", err=True)
