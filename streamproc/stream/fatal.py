"""Crash-only: when memory may disagree with Kafka, the process ends and starts again from Kafka."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

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
