"""The parent of a worker process: starts it, restarts it after a crash, gives up when that does not help.

A worker ends itself when its memory may disagree with Kafka (`fatal`); starting again from Kafka makes it right.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from types import FrameType

import structlog

log = structlog.get_logger(__name__)

EXIT_USAGE = 2
EXIT_GAVE_UP = 1
MAX_CRASHES = 5
CRASH_WINDOW_S = 600.0
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 30.0
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Runs one command until it ends well, is told to stop, or crashes too often."""

    def __init__(
        self, command: Sequence[str], *, max_crashes: int = MAX_CRASHES, first_pause_s: float = _FIRST_PAUSE_S
    ) -> None:
        self._command = list(command)
        self._max_crashes = max_crashes
        self._first_pause_s = first_pause_s
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def stop(self, number: int = signal.SIGTERM, _frame: FrameType | None = None) -> None:
        """Pass the signal on; the worker drains and ends with 0. Fit to be a signal handler."""
        self._stopping = True
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def run(self) -> int:
        """Exit code: 0 after a clean end, 2 where the worker cannot be used as configured, 1 after too many crashes."""
        crashes: deque[float] = deque()
        while True:
            code = self._run_once()
            if code in (0, EXIT_USAGE):
                return code
            if self._stopping:
                if code in (-signal.SIGTERM, -signal.SIGINT):
                    return 0  # it had not come up yet, and had no handler: nothing was open
                return 128 - code if code < 0 else code
            now = time.monotonic()
            crashes.append(now)
            while now - crashes[0] > CRASH_WINDOW_S:
                crashes.popleft()
            if len(crashes) >= self._max_crashes:
                log.critical("worker crashes again and again, giving up", crashes=len(crashes), **_reason(code))
                return EXIT_GAVE_UP
            pause_s = min(self._first_pause_s * 2 ** (len(crashes) - 1), _LONGEST_PAUSE_S)
            log.error("worker ended, restarting", pause_s=pause_s, crashes=len(crashes), **_reason(code))
            self._pause(pause_s)
            if self._stopping:
                return 0

    def _run_once(self) -> int:
        # A group of its own would keep Ctrl-C from it; it gets the signal from `stop` as well, which does no harm.
        self._process = subprocess.Popen(self._command, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509
        while True:
            try:
                return self._process.wait()
            except KeyboardInterrupt:
                self.stop(signal.SIGINT)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < end:
            time.sleep(0.1)


def _reason(code: int) -> dict[str, object]:
    if code < 0:
        return {"signal": signal.Signals(-code).name}
    return {"exit_code": code}


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    # Called between fork and exec of a process without threads. Other systems than Linux leave an orphan running.
    if _libc is not None:
        parent = os.getppid()
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)


def supervise(command: Sequence[str]) -> int:
    """Run `command` (a worker) under supervision until SIGTERM or SIGINT; the exit code for the shell."""
    supervisor = Supervisor(command)
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    return supervisor.run()
