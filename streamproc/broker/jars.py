"""The jars of Apache Kafka: fetched once, and checked against our own lock file each time.

Comes in: a cache folder. Goes out: the paths of all jars, each with the SHA-256 that the lock file names.
Fails with `BrokerError` when a jar cannot be fetched, stored, or is not the one that was pinned.

All jars are hashed on every start: 46 files of together 44 MB take some 40 ms, and a damaged cache mends itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from streamproc.broker.folder_lock import locked
from streamproc.errors import BrokerError, DataError

KAFKA_VERSION = "4.3.1"

Progress = Callable[[int, int], None]
"""Told how many jars are there, and how many there will be; called once before the first fetch and after each."""

_LOCK_FILE = f"kafka-{KAFKA_VERSION}.lock"
_PIN = re.compile(r"([\w.-]+):([\w.-]+):([\w.-]+) ([0-9a-f]{64})")
_PARALLEL_FETCHES = 8
_ATTEMPTS = 3
_BACKOFF_S = 1.0
_TIMEOUT_S = 60
_FETCH_PREFIX = "fetch-"


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of the lock file: a Maven artifact and the SHA-256 of its jar."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Name of the jar in the cache."""
        return f"{self.artifact}-{self.version}.jar"


Fetch = Callable[[Pin, Path], Path]
"""Downloads the jar of a pin somewhere below a folder and gives its path. Raises `OSError` or `RuntimeError`."""


def parse_lock(text: str, name: str = _LOCK_FILE) -> tuple[Pin, ...]:
    """The pins of a lock file: lines of `group:artifact:version sha256`. Raises `DataError`."""
    pins = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _PIN.fullmatch(line)
        if match is None:
            raise DataError(f"{name}:{number}: not of the form 'group:artifact:version sha256'")
        pins.append(Pin(*match.groups()))
    return tuple(pins)


def locked_pins() -> tuple[Pin, ...]:
    """The pins of the Kafka that this version of streamproc embeds."""
    return parse_lock(resources.files("streamproc.broker").joinpath(_LOCK_FILE).read_text("utf-8"))


def fetch_from_maven(pin: Pin, folder: Path) -> Path:
    """Download the jar of `pin` below `folder`. Raises `OSError` (network, disk) or `RuntimeError` (not found)."""
    from jgo.maven import MavenContext  # noqa: PLC0415  # takes 0.2 s and is needed only for the first start

    context = MavenContext(repo_cache=folder, timeout=_TIMEOUT_S)
    artifact = context.project(pin.group, pin.artifact).at_version(pin.version).artifact()
    # jgo takes a half-written file for a finished one.
    (folder / artifact.component.path_prefix / artifact.filename).unlink(missing_ok=True)
    path: Path = artifact.resolve()
    return path


def kafka_jars(
    cache: Path,
    *,
    progress: Progress | None = None,
    pins: Sequence[Pin] | None = None,
    fetch: Fetch = fetch_from_maven,
) -> list[Path]:
    """Paths of all jars of `pins` (those of the lock file), verified; missing and damaged ones are fetched first.

    Processes that start at once wait for each other. A cache that is complete is never written to.
    """
    pins = locked_pins() if pins is None else pins
    folder = cache / f"kafka-{KAFKA_VERSION}"
    try:
        if not all(_verified(folder, pin) for pin in pins):
            folder.mkdir(parents=True, exist_ok=True)
            with locked(folder / "lock", wait=True):
                _complete(folder, pins, fetch, progress)
    except OSError as error:
        raise BrokerError(f"cannot use the cache folder {folder}: {_reason(error)}") from error
    return [folder / pin.file_name for pin in pins]


def _verified(folder: Path, pin: Pin) -> bool:
    try:
        with (folder / pin.file_name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == pin.sha256
    except FileNotFoundError:
        return False


def _complete(folder: Path, pins: Sequence[Pin], fetch: Fetch, progress: Progress | None) -> None:
    """Fetch what is still missing now that no other process does."""
    for abandoned in folder.glob(f"{_FETCH_PREFIX}*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    missing = [pin for pin in pins if not _verified(folder, pin)]
    done = len(pins) - len(missing)
    tell = progress or (lambda _done, _total: None)
    tell(done, len(pins))
    with (
        tempfile.TemporaryDirectory(prefix=_FETCH_PREFIX, dir=folder, ignore_cleanup_errors=True) as temporary,
        ThreadPoolExecutor(_PARALLEL_FETCHES, thread_name_prefix="fetch-jars") as pool,
    ):
        try:
            for fetched in as_completed([pool.submit(_put, pin, folder, Path(temporary), fetch) for pin in missing]):
                fetched.result()
                done += 1
                tell(done, len(pins))
        finally:
            pool.shutdown(cancel_futures=True)


def _put(pin: Pin, folder: Path, temporary: Path, fetch: Fetch) -> None:
    """Put one jar in place, whole and verified, or not at all."""
    fetched = _fetch_with_retries(pin, temporary, fetch)
    with fetched.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != pin.sha256:
        raise BrokerError(f"{pin.file_name} was fetched with SHA-256 {sha256}, but {_LOCK_FILE} pins {pin.sha256}")
    os.replace(fetched, folder / pin.file_name)  # noqa: PTH105  # the name of the call that is atomic


def _fetch_with_retries(pin: Pin, temporary: Path, fetch: Fetch) -> Path:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return fetch(pin, temporary)
        except (OSError, RuntimeError) as error:
            if attempt == _ATTEMPTS:
                raise BrokerError(
                    f"cannot fetch {pin.file_name} of Kafka {KAFKA_VERSION} ({_reason(error)}); the first start needs "
                    f"a connection to a Maven repository, later ones use {temporary.parent}"
                ) from error
            time.sleep(_BACKOFF_S * attempt)
    raise AssertionError("unreachable")


def _reason(error: Exception) -> str:
    """A few words for people: the messages of HTTP libraries fill a screen."""
    return getattr(error, "strerror", None) or type(error).__name__
