"""`streamproc run`: a worker, under supervision."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streamproc.settings import Settings
    from streamproc.stream.worker import Part

_RETRY_S = 5.0


class Only(StrEnum):
    """Part of the work."""

    ENRICH = "enrich"
    COUNT = "count"


def run(
    only: Annotated[Only | None, typer.Option(help="Do this part only, to scale the parts apart.")] = None,
    no_web: Annotated[bool, typer.Option("--no-web", help="No HTTP: no health, metrics, actor table.")] = False,
    no_supervise: Annotated[
        bool, typer.Option("--no-supervise", help="One process, which is not restarted when it crashes.")
    ] = False,
) -> None:
    """Run a worker: enrich articles and count actors, until SIGTERM or Ctrl-C.

    Start as many as you like, on as many machines: workers with one STREAMPROC_APP_ID share the work. Logs are JSON
    lines on stderr.
    """
    from streamproc.logs import configure_logs
    from streamproc.settings import load_settings

    settings = load_settings()
    configure_logs(settings.log_level)
    if not no_supervise:
        from streamproc.stream.supervisor import supervise

        raise typer.Exit(supervise(worker_command(only, no_web=no_web)))

    from streamproc.stream.worker import Part

    parts = frozenset(Part) if only is None else frozenset({Part(only.value)})
    _run_here(settings, parts, web=not no_web)


def _run_here(settings: Settings, parts: frozenset[Part], *, web: bool) -> None:
    import structlog

    from streamproc.errors import StreamprocError
    from streamproc.stream.fatal import EXIT_FATAL

    try:
        asyncio.run(_work(settings, parts, web=web))
    except asyncio.CancelledError:
        pass  # stopped before it was up
    except StreamprocError:
        raise
    except Exception as error:
        # Into the logs, where whoever runs workers looks for it.
        structlog.get_logger(__name__).critical("worker failed", exc_info=True)
        raise typer.Exit(EXIT_FATAL) from error


def worker_command(only: Only | None = None, *, no_web: bool = False, supervised: bool = False) -> list[str]:
    """The command line of a worker."""
    command = [sys.executable, "-m", "streamproc.cli", "run"]
    if not supervised:
        command.append("--no-supervise")
    if only is not None:
        command += ["--only", only.value]
    return [*command, "--no-web"] if no_web else command


async def _work(settings: Settings, parts: frozenset[Part], *, web: bool) -> None:
    from streamproc.stream.worker import run_until_stopped, running

    task = asyncio.current_task()
    assert task is not None
    # Until the worker is up and handles signals itself: what has been started is ended in order.
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await _await_kafka(settings)
    async with contextlib.AsyncExitStack() as stack:
        worker = await stack.enter_async_context(running(settings, parts))
        if web:
            from streamproc.web.server import serving

            await stack.enter_async_context(serving(worker))
        await run_until_stopped(worker)


async def _await_kafka(settings: Settings) -> None:
    """Wait for a broker: one that restarts must not end its workers for good."""
    import structlog

    from streamproc.errors import KafkaUnavailableError
    from streamproc.stream.connection import start_admin

    while True:
        try:
            admin = await start_admin(settings)
        except KafkaUnavailableError as error:
            structlog.get_logger(__name__).warning("waiting for kafka", reason=str(error), retry_s=_RETRY_S)
            await asyncio.sleep(_RETRY_S)
        else:
            await admin.close()
            return
