"""Locks that keep two processes out of one folder, and that no crash leaves behind.

Comes in: the path of a lock file. Goes out: an open file descriptor that holds the lock. The lock belongs to the open
file: processes that inherit the descriptor hold it too, and it ends when the last of them does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderLockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[int]:
    """Hold the lock file `path` inside the block and give its descriptor.

    Waits for the other holder or, without `wait`, raises `FolderLockedError`. `OSError` where `path` cannot be made.
    """
    import fcntl  # noqa: PLC0415  # Windows has none, and has to be told so in words

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise FolderLockedError from error
        yield descriptor
    finally:
        os.close(descriptor)  # not LOCK_UN: that would also take it from a child that inherited it
