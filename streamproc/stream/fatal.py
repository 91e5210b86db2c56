"""Crash-only: when memory may disagree with Kafka, the process ends and starts again from Kafka."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import structlog

log = structlog.get_logger(__name__)

EXIT_FATAL = 70
"""EX_SOFTWARE of sysexits.h: the supervisor restarts the worker."""


def fatal(reason: str, error: BaseException | None = None) -> NoReturn:
    """Log the reason and end the process at once, without clean-up that could commit something."""
    log.critical("fatal", reason=reason, error=repr(error) if error is not None else None)
    logging.shutdown()
    sys.stderr.flush()
    os._exit(EXIT_FATAL)


def waits() -> list[str]:
    """What each task of the running loop waits for, innermost call first: where a worker that stands still stands."""
    return sorted(f"{task.get_name()}: {' < '.join(list(_frames(task.get_coro()))[::-1])}" for task in asyncio.all_tasks())


def _frames(coroutine: Any) -> Iterator[str]:
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is not None:
            yield f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno} {frame.f_code.co_name}"
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
