"""Logs: JSON lines on stderr, bounded in length and in rate, without text of articles.

Comes in: structlog events of ours and stdlib records of libraries. Goes out: one line an event with `timestamp`,
`level`, `event`, `logger` and its fields. Bytes (which payloads are) are never shown, long strings are cut.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MAX_STRING = 500
"""Characters of one field; a traceback may have ten times as many."""
MAX_PER_WINDOW = 20
WINDOW_S = 10.0
_MAX_TEMPLATES = 1000
_FIRST_FIELDS = ("timestamp", "level", "event", "logger")
_TALKATIVE = ("aiokafka", "faust", "mode", "asyncio", "aiohttp", "streamproc.stream.transport")
"""What logs every step on INFO (services of mode do so in the name of the module that derives from them)."""

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)
"""What events of ours and records of libraries go through alike."""


def configure_logs(level: str) -> None:
    """Log everything from `level` (`debug`, `info`, `warning` or `error`) on; may be called again."""
    number = logging.getLevelNamesMapping()[level.upper()]
    stdlib = structlog.stdlib
    structlog.configure(
        processors=[stdlib.filter_by_level, *_SHARED, stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=stdlib.LoggerFactory(),
        wrapper_class=stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render: list[Processor] = [
        stdlib.ProcessorFormatter.remove_processors_meta,
        bounded,
        structlog.processors.JSONRenderer(serializer=_line),
    ]
    handler = FloodHandler(sys.stderr)
    handler.setFormatter(stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=render))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(number if number == logging.DEBUG else max(number, logging.WARNING))
    logging.captureWarnings(capture=True)


def bounded(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The fields in their order, cut to a size that a log can take."""
    ordered = {name: event[name] for name in _FIRST_FIELDS if name in event} | dict(event)
    return {name: _cut(value, MAX_STRING * (10 if name == "exception" else 1)) for name, value in ordered.items()}


def _cut(value: object, most: int) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, str) and len(value) > most:
        return f"{value[:most]}… ({len(value)} characters)"
    if isinstance(value, dict):
        return {str(key): _cut(item, most) for key, item in list(value.items())[:100]}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cut(item, most) for item in list(value)[:100]]
    return value


def _line(event: EventDict, **_: object) -> str:
    # Lone surrogates, which orjson refuses, come from file names and damaged headers.
    try:
        return orjson.dumps(event, default=_told, option=orjson.OPT_NON_STR_KEYS).decode()
    except orjson.JSONEncodeError:
        told = {name: str(value).encode("utf-8", "replace").decode() for name, value in event.items()}
        return orjson.dumps(told).decode()


def _told(value: object) -> object:
    return _cut(repr(value), MAX_STRING)


@dataclass
class _Window:
    """What has been logged of one template since `since`, in seconds of the monotonic clock."""

    since: float
    logged: int = 0
    suppressed: int = 0
    last: logging.LogRecord | None = None


class FloodHandler(logging.StreamHandler[TextIO]):
    """Writes at most `MAX_PER_WINDOW` records of one logger and template in `WINDOW_S`, then how many it left out."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self._clock = clock
        self._windows: dict[tuple[str, str], _Window] = {}
        self._swept_at = clock()

    def emit(self, record: logging.LogRecord) -> None:
        """Write `record`, or count it. Called under the lock of the handler."""
        now = self._clock()
        self._sweep(now)
        if len(self._windows) >= _MAX_TEMPLATES:  # templates that are no templates must not cost memory
            self._windows.clear()
        window = self._windows.setdefault((record.name, _template(record)), _Window(now))
        if window.logged < MAX_PER_WINDOW or record.levelno >= logging.CRITICAL:
            window.logged += 1
            super().emit(record)
        else:
            window.suppressed += 1
            window.last = record

    def close(self) -> None:
        """Tell of what was left out, and close."""
        self._tell(list(self._windows))
        super().close()

    def _sweep(self, now: float) -> None:
        if now - self._swept_at < WINDOW_S / 10:
            return
        self._swept_at = now
        self._tell([key for key, window in self._windows.items() if now - window.since >= WINDOW_S])

    def _tell(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            window = self._windows.pop(key)
            if window.last is not None:
                super().emit(_summary(window.last, key[1], window.suppressed))


def _template(record: logging.LogRecord) -> str:
    """What records that say the same have in common: the event, or the format string before its arguments."""
    return str(record.msg.get("event") if isinstance(record.msg, dict) else record.msg)


def _summary(last: logging.LogRecord, template: str, suppressed: int) -> logging.LogRecord:
    return logging.LogRecord(
        last.name, last.levelno, last.pathname, last.lineno, f"suppressed {suppressed} times: {template}", None, None
    )
