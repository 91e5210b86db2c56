"""The workers of a run: processes with folders, logs and HTTP of their own, all gone at the end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("worker.py")
_DRAIN_S = 15.0
"""How long a worker may take to end after SIGTERM."""


def _processes() -> list[tuple[int, int, str]]:
    """Process id, parent and command line of every process."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listing.stdout.splitlines())
    return [(int(row[0]), int(row[1]), row[2] if len(row) > 2 else "") for row in rows]


class Member:
    """A supervisor and the worker that it keeps running."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str], options: list[str]) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.asked_to_stop = False
        data = folder / name
        command = [sys.executable, str(_SCRIPT), "--harness", str(os.getpid()), *options]
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(
                command,
                env={**os.environ, **environment, "STREAMPROC_DATA_PATH": str(data)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def events(self) -> list[dict[str, Any]]:
        """What it has logged."""
        found = []
        for line in self.log.read_text("utf-8", "replace").splitlines():
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
        return found

    def process_id(self) -> int | None:
        """The worker; None while the supervisor waits to restart it."""
        return next((pid for pid, parent, _ in _processes() if parent == self.supervisor.pid), None)

    def pool_process_ids(self) -> list[int]:
        """The processes that analyse for it."""
        worker = self.process_id()
        return [pid for pid, parent, command in _processes() if parent == worker and "spawn_main" in command]

    def signal(self, number: int) -> bool:
        """Send a signal to the worker, not to its supervisor; whether there was one."""
        worker = self.process_id()
        with contextlib.suppress(ProcessLookupError):
            if worker is not None:
                os.kill(worker, number)
                return True
        return False

    def get(self, path: str, timeout_s: float = 2.0) -> tuple[int, Any] | None:
        """Status and JSON of its HTTP; None where it does not answer."""
        urls = [event["url"] for event in self.events() if event.get("event") == "serving http"]
        if not urls:
            return None
        try:
            with urllib.request.urlopen(urls[-1] + path, timeout=timeout_s) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except (OSError, ValueError):
            return None

    def stop(self) -> float:
        """SIGTERM as a deployment sends it; the seconds that it took, more than 15 where it had to be killed."""
        self.asked_to_stop = True
        started = time.monotonic()
        self.supervisor.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.supervisor.wait(_DRAIN_S + 5)
        took = time.monotonic() - started
        self.kill()
        return took

    def kill(self) -> None:
        """End supervisor, worker and pool."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.supervisor.pid, signal.SIGKILL)
        self.supervisor.wait()

    def exits(self) -> list[str]:
        """How the workers ended so far."""
        ended = [
            str(event.get("signal") or event.get("exit_code"))
            for event in self.events()
            if event.get("event") == "worker ended, restarting"
        ]
        return ended if self.supervisor.returncode is None else [*ended, str(self.supervisor.returncode)]


class Fleet:
    """The workers, by name."""

    def __init__(self, folder: Path, environment: Mapping[str, str], options: list[str]) -> None:
        self._folder, self._environment, self._options = folder, environment, options
        self.members: list[Member] = []
        """Those that work."""
        self.left: list[Member] = []
        """Those that were asked to stop."""
        self.drains: list[float] = []
        """Seconds that each took to end after SIGTERM."""

    def start(self, *options: str) -> Member:
        """A new worker."""
        name = f"w{len(self.members) + len(self.left) + 1}"
        member = Member(name, self._folder, self._environment, [*self._options, *options])
        self.members.append(member)
        return member

    def leave(self, member: Member) -> float:
        """SIGTERM to a worker; the seconds that it took."""
        self.members.remove(member)
        self.left.append(member)
        took = member.stop()
        self.drains.append(took)
        return took

    def exits(self) -> dict[str, list[str]]:
        """How workers ended, by name."""
        return {member.name: member.exits() for member in [*self.left, *self.members]}

    def kill(self) -> None:
        """End everything."""
        for member in [*self.left, *self.members]:
            member.kill()
