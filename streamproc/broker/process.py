"""A child process that ends with this one.

Comes in: what to run in which folder. Goes out: a running process whose output is in a file.
Fails with `OSError`; whether the process does what it should is for the caller to watch.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_WATCHDOG = Path(__file__).with_name("watchdog.py")
_KILL_TIMEOUT_S = 10.0


class ChildProcess:
    """A command under the watchdog: it ends when this process does, however that comes about."""

    def __init__(
        self, command: Sequence[str], *, folder: Path, environment: Mapping[str, str], output: Path, keep_open: int
    ) -> None:
        """Start `command` in `folder`; what it prints replaces `output`; it inherits the descriptor `keep_open`."""
        with output.open("wb") as file:
            self._watchdog = subprocess.Popen(  # noqa: S603  # the caller's command, no shell
                [sys.executable, "-I", "-S", str(_WATCHDOG), str(os.getpid()), *command],
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                pass_fds=[keep_open],
                # Ctrl-C is for this process, which stops its child after all that uses it.
                start_new_session=True,
            )

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._watchdog.poll()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until it has ended; False if it still runs after `timeout_s`."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._watchdog.wait(timeout_s)
        return self.exit_code is not None

    def stop(self, timeout_s: float) -> None:
        """Ask it to end, and kill it if it has not after `timeout_s`."""
        self._watchdog.terminate()
        if not self.wait(timeout_s):
            self.kill()

    def kill(self) -> None:
        """End it as ``kill -9`` would, and return when it is gone."""
        self._watchdog.send_signal(signal.SIGUSR1)
        if not self.wait(_KILL_TIMEOUT_S):  # somebody has stopped the watchdog: all of its session, then
            os.killpg(self._watchdog.pid, signal.SIGKILL)
            self._watchdog.wait()
