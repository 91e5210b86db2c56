"""Runs a command that must not outlive the process that asked for it, even if that is killed with -9.

Comes in: `PARENT_PID COMMAND...`; a script of its own, without streamproc. Goes out: the exit code of the command.
SIGTERM, SIGINT and SIGHUP are passed on; SIGUSR1 kills the command at once. In all cases this process ends only after
the command has, so that whoever waits for it knows that ports and files are free again.

Why a process between the two: what Linux offers for this (PR_SET_PDEATHSIG) fires when the *thread* ends that started
the command, and would have to be set between fork and exec of a parent with threads. Here there is one thread.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time

_CHECK_PARENT_S = 0.5
_STOP_S = 5.0
_PASSED_ON = {
    signal.SIGTERM: signal.SIGTERM,
    signal.SIGINT: signal.SIGINT,
    signal.SIGHUP: signal.SIGHUP,
    signal.SIGUSR1: signal.SIGKILL,
}
_PR_SET_PDEATHSIG = 1
_CANNOT_RUN = 127


def main(parent: int, command: list[str]) -> int:
    """Run `command` until it ends, or until `parent` (a process id) is no longer our parent."""
    wake = _wake_on_signals()
    signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON)
    child = _spawn(command)
    for received in _PASSED_ON:
        signal.signal(received, lambda number, _frame: os.kill(child, _PASSED_ON[signal.Signals(number)]))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    kill_at = None
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) % 256
        if kill_at is None and os.getppid() != parent:
            os.kill(child, signal.SIGTERM)
            kill_at = time.monotonic() + _STOP_S
        if kill_at is not None and time.monotonic() > kill_at:
            os.kill(child, signal.SIGKILL)
        if select.select([wake], [], [], _CHECK_PARENT_S)[0]:
            os.read(wake, 512)


def _wake_on_signals() -> int:
    """A descriptor that can be read after a signal: the end of the command is noticed at once."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    return reader


def _spawn(command: list[str]) -> int:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    watchdog = os.getpid()
    child = os.fork()
    if child:
        return child
    try:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # for the case that the watchdog itself is killed
        if os.getppid() == watchdog:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
            os.execv(command[0], command)  # noqa: S606  # the caller's command, no shell
    except OSError as error:
        os.write(2, f"ERROR cannot run {command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(_CANNOT_RUN)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
