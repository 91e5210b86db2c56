"""Where a table keeps its partitions: in memory, or in RocksDB.

A store holds, for each partition, the values by key and the changelog offset up to which they are exact. Both are
changed in one step, so that a crash between the two cannot part them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import structlog
from rocksdict import Options, Rdict, WriteBatch
from typing_extensions import override

from streamproc.errors import ConfigurationError

log = structlog.get_logger(__name__)

Changes = Iterable[tuple[bytes, bytes | None]]
"""Pairs of key and value; None deletes."""


class Store(Protocol):
    """The partitions of one table."""

    def open(self, partitions: Iterable[int]) -> None:
        """Hold exactly these partitions; others are closed."""

    def partitions(self) -> list[int]:
        """The partitions that are held."""

    def get(self, partition: int, key: bytes) -> bytes | None:
        """The value, None where there is none."""

    def applied(self, partition: int) -> int:
        """Changelog offset of the next record to apply."""

    def apply(self, partition: int, changes: Changes, applied: int) -> None:
        """Apply the changes and the offset in one step."""

    def reset(self, partition: int) -> None:
        """Forget the partition: it has to be read again from the start of its changelog."""

    def items(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """All pairs, in no particular order."""

    def close(self) -> None:
        """Release what is held."""


class MemoryStore(Store):
    """Dictionaries; everything is read again from the changelog at the next start."""

    def __init__(self) -> None:
        self._values: dict[int, dict[bytes, bytes]] = {}
        self._applied: dict[int, int] = {}

    @override
    def open(self, partitions: Iterable[int]) -> None:
        wanted = set(partitions)
        for partition in set(self._values) - wanted:
            del self._values[partition], self._applied[partition]
        for partition in wanted - set(self._values):
            self.reset(partition)

    @override
    def partitions(self) -> list[int]:
        return sorted(self._values)

    @override
    def get(self, partition: int, key: bytes) -> bytes | None:
        return self._values[partition].get(key)

    @override
    def applied(self, partition: int) -> int:
        return self._applied[partition]

    @override
    def apply(self, partition: int, changes: Changes, applied: int) -> None:
        values = self._values[partition]
        for key, value in changes:
            if value is None:
                values.pop(key, None)
            else:
                values[key] = value
        self._applied[partition] = applied

    @override
    def reset(self, partition: int) -> None:
        self._values[partition], self._applied[partition] = {}, 0

    @override
    def items(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        # A copy: the web reads while a transaction may apply.
        return iter(list(self._values[partition].items()))

    @override
    def close(self) -> None:
        self._values.clear()
        self._applied.clear()


class RocksStore(Store):
    """One RocksDB a partition below `folder`; a restart reads only what the changelog has gained since.

    Keys carry a prefix byte that parts data from bookkeeping. `cluster` names the Kafka cluster: a folder that was
    written for another one is emptied, since its offsets mean nothing here.
    """

    _DATA = b"d"
    _APPLIED = b"m:applied"
    _CLUSTER = b"m:cluster"

    def __init__(self, folder: Path, cluster: str) -> None:
        self._folder = folder
        self._cluster = cluster.encode()
        self._databases: dict[int, Rdict] = {}
        self._applied: dict[int, int] = {}

    @override
    def open(self, partitions: Iterable[int]) -> None:
        wanted = set(partitions)
        kept = {partition: database for partition, database in self._databases.items() if partition in wanted}
        for partition in set(self._databases) - wanted:
            self._databases[partition].close()
            del self._applied[partition]
        self._databases = kept
        for partition in sorted(wanted - set(kept)):
            database = self._open(partition)
            if database.get(self._CLUSTER) != self._cluster:
                database = self._emptied(partition, database)
            self._databases[partition] = database
            self._applied[partition] = int(database.get(self._APPLIED) or b"0")

    def _path(self, partition: int) -> Path:
        return self._folder / str(partition)

    def _open(self, partition: int) -> Rdict:
        """The database, made anew where it is damaged: the changelog has all that was in it."""
        path = self._path(partition)
        path.parent.mkdir(parents=True, exist_ok=True)
        options = Options(raw_mode=True)
        options.create_if_missing(True)
        try:
            return Rdict(str(path), options)
        except Exception as error:  # rocksdict raises nothing more precise
            if "LOCK" in str(error):
                raise ConfigurationError(
                    f"the table {path} is in use by another worker; each needs a STREAMPROC_DATA_PATH of its own"
                ) from error
            log.warning("table is damaged and is rebuilt", path=str(path), error=str(error).partition("\n")[0])
            self._discard(partition)
            return Rdict(str(path), options)

    def _discard(self, partition: int) -> None:
        """Take the folder away in one step: being killed half-way must not leave half a database."""
        path = self._path(partition)
        discarded = path.with_name(f"{partition}.discarded")
        shutil.rmtree(discarded, ignore_errors=True)
        path.rename(discarded)
        shutil.rmtree(discarded, ignore_errors=True)

    def _emptied(self, partition: int, database: Rdict) -> Rdict:
        database.close()
        self._discard(partition)
        database = self._open(partition)
        database[self._CLUSTER] = self._cluster
        return database

    @override
    def partitions(self) -> list[int]:
        return sorted(self._databases)

    @override
    def get(self, partition: int, key: bytes) -> bytes | None:
        value: bytes | None = self._databases[partition].get(self._DATA + key)
        return value

    @override
    def applied(self, partition: int) -> int:
        return self._applied[partition]

    @override
    def apply(self, partition: int, changes: Changes, applied: int) -> None:
        batch = WriteBatch(raw_mode=True)
        for key, value in changes:
            if value is None:
                batch.delete(self._DATA + key)
            else:
                batch.put(self._DATA + key, value)
        batch.put(self._APPLIED, b"%d" % applied)
        self._databases[partition].write(batch)
        self._applied[partition] = applied

    @override
    def reset(self, partition: int) -> None:
        self._databases[partition] = self._emptied(partition, self._databases[partition])
        self._applied[partition] = 0

    @override
    def items(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        for key, value in self._databases[partition].items(from_key=self._DATA):
            if not key.startswith(self._DATA):
                break
            yield key[1:], value

    @override
    def close(self) -> None:
        for database in self._databases.values():
            database.close()
        self._databases = {}
        self._applied.clear()
