"""The stack of docker-compose.yml, built and brought up once for all these tests; needs a Docker engine.

Without one they are skipped; where `CI=true`, that is a failure.
"""

from __future__ import annotations

import os
import runpy
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_PARTS = {name: runpy.run_path(str(_HERE / f"{name}.py")) for name in ("stack", "ledger")}


def _no_engine() -> str | None:
    """Why there is no engine to use; None where there is one."""
    for command in (["docker", "info"], ["docker", "compose", "version"]):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"`{' '.join(command)}`: {error}"
        if done.returncode:
            return f"`{' '.join(command)}`: {done.stderr.strip() or done.stdout.strip()}"
    return None


@pytest.fixture(scope="session")
def engine() -> None:
    """A Docker engine with compose that answers."""
    reason = _no_engine()
    if reason is not None and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"no Docker engine, and CI is to have one: {reason}")
    if reason is not None:
        pytest.skip(f"no Docker engine: {reason}")


@pytest.fixture(scope="session")
def stack(engine: None) -> Iterator[Any]:
    """The stack with one worker, ready; removed with its volume at the end."""
    with _PARTS["stack"]["Stack"]() as running:
        yield running


@pytest.fixture(scope="session")
def ledger(stack: Any) -> Any:
    """What has been pushed since the stack came up, and what has to have come of it."""
    return _PARTS["ledger"]["Ledger"](stack.servers)
