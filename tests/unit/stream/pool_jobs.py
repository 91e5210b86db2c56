"""Jobs for the pool's processes, importable there by path."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from streamproc.stream.job import Outcome, Task


@dataclass(frozen=True)
class Obedient:
    """Does what the payload says: sleeps, dies, raises, or answers."""

    def identify(self, task: Task) -> str:
        return "id-" + (task.payload or b"").decode()

    def run(self, task: Task) -> Outcome:
        match task.payload:
            case b"sleep":
                time.sleep(60)
            case b"die":
                os._exit(3)
            case b"raise":
                raise RuntimeError("a bug in the job itself")
        return Outcome(self.identify(task), task.partition)


def obedient() -> Obedient:
    return Obedient()


def broken() -> Obedient:
    raise ValueError("the model does not load")
