"""Crash-only: when memory may disagree with Kafka, the process ends and starts again from Kafka."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import structlog

log = structlog.get_logger(__name__)

_PACKAGE = str(Path(__file__).parent)
_MOST_TASKS = 10

EXIT_FATAL = 70
"""EX_SOFTWARE of sysexits.h: the supervisor restarts the worker."""


def fatal(reason: str, error: BaseException | None = None) -> NoReturn:
    """Log the reason and end the process at once, without clean-up that could commit something."""
    log.critical("fatal", reason=reason, error=repr(error) if error is not None else None)
    logging.shutdown()
    sys.stderr.flush()
    os._exit(EXIT_FATAL)


def waits() -> list[str]:
    """What tasks of ours wait for, innermost call first, at most ten: where a worker that stands still stands."""
    chains = (list(_frames(task.get_coro())) for task in asyncio.all_tasks())
    ours = [chain for chain in chains if any(_PACKAGE in path for path, _ in chain)]
    return sorted(" < ".join(call for _, call in reversed(chain)) for chain in ours)[:_MOST_TASKS]


def _frames(coroutine: Any) -> Iterator[tuple[str, str]]:
    """Path and call of each frame, outermost first."""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is not None:
            path = frame.f_code.co_filename
            yield path, f"{Path(path).name}:{frame.f_lineno} {frame.f_code.co_name}"
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
