"""A crashed worker is started again; one that cannot start is not."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from streamproc.stream.supervisor import EXIT_GAVE_UP, Supervisor


def command(code):
    return [sys.executable, "-c", code]


def supervisor(code, **options):
    return Supervisor(command(code), first_pause_s=0.01, **options)


@pytest.mark.parametrize("code", [0, 2])
def test_a_clean_end_and_a_configuration_error_are_final(code):
    assert supervisor(f"raise SystemExit({code})").run() == code


def test_a_worker_that_crashes_is_restarted_until_it_ends_well(tmp_path):
    counter = tmp_path / "runs"
    code = f"""
import os, pathlib, signal
p = pathlib.Path({str(counter)!r})
n = int(p.read_text()) if p.exists() else 0
p.write_text(str(n + 1))
if n == 0: os._exit(70)
if n == 1: os.kill(os.getpid(), signal.SIGKILL)
"""
    assert supervisor(code).run() == 0
    assert counter.read_text() == "3"


def test_a_worker_that_is_told_to_stop_before_it_has_come_up_ends_well(tmp_path):
    started = tmp_path / "started"
    code = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    ours = supervisor(code)

    def stop():
        while not started.exists():
            time.sleep(0.01)
        ours.stop()

    threading.Thread(target=stop).start()
    assert ours.run() == 0


def test_a_worker_that_crashes_again_and_again_is_given_up():
    assert supervisor("raise SystemExit(70)", max_crashes=3).run() == EXIT_GAVE_UP


def test_the_worker_ends_with_its_supervisor_also_when_that_is_killed(tmp_path):
    pid_file = tmp_path / "pid"
    worker = f"import os, pathlib, time; pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid())); time.sleep(60)"
    code = f"""
import sys
from streamproc.stream.supervisor import supervise
sys.exit(supervise([sys.executable, "-c", {worker!r}]))
"""
    with subprocess.Popen(command(code)) as parent:
        pid = _wait_for_pid(pid_file)
        parent.kill()
        parent.wait()
        assert _ends(pid)


def test_sigterm_is_passed_on_and_a_drained_worker_gives_exit_code_zero(tmp_path):
    pid_file = tmp_path / "pid"
    worker = f"""
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))
time.sleep(60)
"""
    code = f"""
import sys
from streamproc.stream.supervisor import supervise
sys.exit(supervise([sys.executable, "-c", {worker!r}]))
"""
    with subprocess.Popen(command(code)) as parent:
        _wait_for_pid(pid_file)
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(10) == 0


def _wait_for_pid(path: Path) -> int:
    for _ in range(500):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.02)
    raise AssertionError("the worker did not start")


def _ends(pid: int) -> bool:
    for _ in range(250):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]:
            return True
        time.sleep(0.02)
    return False
