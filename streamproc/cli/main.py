"""The entry point `streamproc`: collects the commands, and imports nothing heavy."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from typing import Annotated

import typer

from streamproc.cli import actors, broker, dead_letters, demo, doctor, enrich, push, run, schemas, tail, topics
from streamproc.cli.group import Group

app = typer.Typer(
    name="streamproc",
    cls=Group,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings are environment variables STREAMPROC_*; `streamproc doctor` shows what is in effect.",
)

_START, _USE, _CARE = "Start", "Use", "Look after"

app.command(rich_help_panel=_START)(demo.demo)
app.command(rich_help_panel=_START)(run.run)
app.command(rich_help_panel=_START)(broker.broker)
app.command(rich_help_panel=_USE)(push.push)
app.command(rich_help_panel=_USE)(tail.tail)
app.command(rich_help_panel=_USE)(actors.actors)
app.command(rich_help_panel=_USE)(enrich.enrich)
app.add_typer(topics.app, name="topics", rich_help_panel=_CARE)
app.add_typer(dead_letters.app, name="dead-letters", rich_help_panel=_CARE)
app.command(rich_help_panel=_CARE)(schemas.schemas)
app.command(rich_help_panel=_CARE)(doctor.doctor)


def _version(value: bool) -> None:
    if value:
        from streamproc import __version__  # read from the installed package

        typer.echo(f"streamproc {__version__}")
        raise typer.Exit


@app.callback()
def streamproc(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """News articles on Kafka in; actors, dates and political events (who did what to whom) out."""


def main() -> None:
    """Run the command line and exit."""
    # Libraries that log without a handler would write on stderr; `run` sets up logs of its own.
    logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # replaced by something that is no text file
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # hence the suppress
    try:
        app(prog_name="streamproc")
    finally:
        _flush()


def _flush() -> None:
    # Python would flush once more at its end, and complain of a reader that has gone away.
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
