"""A worker that ends itself says why, and what it was waiting for."""

import asyncio
import subprocess
import sys

from streamproc.stream.fatal import EXIT_FATAL, waits
from streamproc.stream.lease import Lease


async def test_a_task_of_ours_that_waits_is_named_with_the_call_it_waits_in():
    lease = Lease(("raw", 0), None, 0)
    async with lease.busy:
        waiting = asyncio.create_task(lease.idle())
        await asyncio.sleep(0)
        [line] = waits()
        assert line.startswith("locks.py:")
        assert "lease.py:" in line
        assert line.endswith("idle")
    await waiting


async def test_tasks_of_others_are_not_told():
    other = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)
    assert waits() == []
    other.cancel()


def test_the_process_ends_at_once_and_tells_the_reason():
    code = """
import atexit
from streamproc.logs import configure_logs
from streamproc.stream.fatal import fatal
atexit.register(print, "cleaned up")
configure_logs("info")
fatal("memory may be wrong", ValueError("x"))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == EXIT_FATAL
    assert "memory may be wrong" in done.stderr
    assert "ValueError" in done.stderr
    assert done.stdout == "", "clean-up could commit something"
