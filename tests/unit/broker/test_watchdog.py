"""The watchdog with commands that need no Java."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from streamproc.broker.process import ChildProcess

SLEEP = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
SLEEP_THROUGH_SIGTERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
PARENT = """
import sys, time
from pathlib import Path
from streamproc.broker.process import ChildProcess
out = Path(sys.argv[1])
child = ChildProcess([sys.executable, "-c", sys.argv[2]], folder=out.parent, environment={}, output=out, keep_open=1)
time.sleep(60)
"""


def start(out: Path, code: str) -> ChildProcess:
    return ChildProcess([sys.executable, "-c", code], folder=out.parent, environment={}, output=out, keep_open=1)


def eventually(condition: Callable[[], bool], timeout_s: float = 10) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def said_pid(out: Path) -> int:
    """The process id that the command has written."""
    assert eventually(lambda: out.exists() and out.read_text().endswith("\n"))
    return int(out.read_text())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_the_exit_code_is_the_commands(out: Path) -> None:
    process = start(out, "raise SystemExit(3)")
    assert process.wait(10)
    assert process.exit_code == 3


def test_what_the_command_prints_is_in_its_output(out: Path) -> None:
    out.write_text("of an earlier start")
    assert start(out, "import sys; print(1, flush=True); print(2, file=sys.stderr)").wait(10)
    assert out.read_text() == "1\n2\n"


def test_a_command_that_cannot_run_is_told(out: Path) -> None:
    process = ChildProcess(["/missing/java"], folder=out.parent, environment={}, output=out, keep_open=1)
    assert process.wait(10)
    assert process.exit_code == 127
    assert out.read_text() == "ERROR cannot run /missing/java: No such file or directory\n"


def test_a_stop_lets_the_command_end_by_itself(out: Path) -> None:
    process = start(out, SLEEP.replace("time.sleep", "__import__('signal').sigwait([15]) or print"))
    pid = said_pid(out)
    process.stop(timeout_s=10)
    assert not is_alive(pid)


def test_a_stop_kills_a_command_that_does_not_end(out: Path) -> None:
    process = start(out, SLEEP_THROUGH_SIGTERM)
    pid = said_pid(out)
    process.stop(timeout_s=0.2)
    assert process.exit_code == 256 - signal.SIGKILL
    assert not is_alive(pid)


def test_a_kill_returns_when_the_command_is_gone(out: Path) -> None:
    process = start(out, SLEEP_THROUGH_SIGTERM)
    pid = said_pid(out)
    process.kill()
    assert not is_alive(pid)


def test_the_command_outlives_the_thread_that_started_it(out: Path) -> None:
    started: list[ChildProcess] = []
    thread = threading.Thread(target=lambda: started.append(start(out, SLEEP)))
    thread.start()
    thread.join()
    pid = said_pid(out)
    assert not started[0].wait(1.0)
    assert is_alive(pid)
    started[0].kill()


@pytest.mark.parametrize("code", [SLEEP, SLEEP_THROUGH_SIGTERM], ids=["willing", "unwilling"])
def test_the_command_ends_when_its_parent_is_killed(out: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, str(out), code]) as parent:
        pid = said_pid(out)
        parent.kill()
    assert eventually(lambda: not is_alive(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="needs PR_SET_PDEATHSIG")
def test_the_command_ends_when_the_watchdog_is_killed(out: Path) -> None:
    process = start(out, SLEEP)
    pid = said_pid(out)
    process._watchdog.kill()
    assert eventually(lambda: not is_alive(pid))
    assert process.wait(10)
