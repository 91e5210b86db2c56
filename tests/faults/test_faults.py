"""Two short fault runs; `make faults` does the long set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.broker, pytest.mark.timeout(300)]

_RUN = Path(__file__).with_name("run.py")
_PATIENCE_S = 280


@pytest.mark.parametrize(
    ("seed", "brokers", "faults"), [(1, 1, "kill,stop"), (2, 3, "node-kill,kill")], ids=["one broker", "three brokers"]
)
def test_nothing_is_lost_or_doubled_under_faults(seed, brokers, faults):
    command = [sys.executable, str(_RUN), "--seeds", str(seed), "--brokers", str(brokers), "--faults", faults]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            line, _ = process.communicate(timeout=_PATIENCE_S)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)  # it ends what it has started
    assert process.returncode == 0, line
    assert line.rstrip().endswith("EXACT")
