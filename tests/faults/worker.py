"""`streamproc run` under its supervisor, as the harness starts it; with the stub for the analysis unless `--real`.

`--control` takes out a part of what makes delivery exact (`controls.py`): the harness has to notice.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time

from stub import stub_job

from streamproc.cli.main import main as streamproc
from streamproc.logs import configure_logs
from streamproc.stream import worker as stream_worker
from streamproc.stream.supervisor import Supervisor

_NO_END = 1000
"""Crashes that the supervisor bears: the harness causes more of them in a minute than a deployment in a month."""
_PARENT_POLL_S = 1.0


def _end_with(harness: int) -> None:
    """End the process group when the harness has gone, however it went."""
    while os.getppid() == harness:
        time.sleep(_PARENT_POLL_S)
    os.killpg(0, signal.SIGKILL)


def _supervise(arguments: list[str], harness: int) -> int:
    threading.Thread(target=_end_with, args=(harness,), daemon=True).start()
    configure_logs("info")
    supervisor = Supervisor([sys.executable, __file__, "--child", *arguments], max_crashes=_NO_END, first_pause_s=0.5)
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    return supervisor.run()


def main() -> None:
    """Supervise a child of this same script, or be that child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", action="store_true")
    parser.add_argument("--harness", type=int, default=0, help="process id of the harness")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--only", choices=("enrich", "count"))
    parser.add_argument("--control", choices=("no-fence", "drop", "double"))
    given = parser.parse_args()
    if not given.child:
        sys.exit(_supervise(sys.argv[1:], given.harness))
    if not given.real:
        stream_worker.make_job = stub_job
    if given.control:
        import controls  # noqa: PLC0415

        controls.apply(given.control)
    sys.argv = ["streamproc", "run", "--no-supervise", *(["--only", given.only] if given.only else [])]
    streamproc()


if __name__ == "__main__":
    main()
