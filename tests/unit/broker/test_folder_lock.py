from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from streamproc.broker.folder_lock import FolderLockedError, locked


def test_a_second_holder_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path, wait=False), pytest.raises(FolderLockedError), locked(path, wait=False):
        pass
    with locked(path, wait=False):
        pass


def test_a_child_that_inherits_the_lock_holds_it_until_it_ends(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", wait=False) as descriptor:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[descriptor]
        )
    with pytest.raises(FolderLockedError), locked(tmp_path / "lock", wait=False):
        pass
    child.communicate(b"\n")
    with locked(tmp_path / "lock", wait=False):
        pass
