"""Tables of bytes, partitioned as their source topic and kept in a changelog.

Not `faust.Table`: its changelog leaves through the app's own producer, outside of the transaction
(faust/tables/base.py, `_send_changelog`), and its recovery resumes streams before it seeks
(https://github.com/faust-streaming/faust/issues/596).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING

from streamproc.stream.store import Changes, Store

if TYPE_CHECKING:
    from streamproc.stream.transaction import Transaction

current_transaction: ContextVar[Transaction] = ContextVar("current_transaction")
"""The transaction that the running handler writes to; unset elsewhere."""


class Table:
    """Inside of a handler a dictionary that reads its own writes; elsewhere the committed state, read-only.

    A write goes to the changelog with the transaction, and to the store only after its commit: what is in the store is
    what the changelog says. Keys have to belong to the partition that the handler works on.
    """

    def __init__(self, *, name: str, source: str, changelog: str, store: Store) -> None:
        self.name = name
        self.source = source
        """Topic whose partitions this table follows; only its agents may write."""
        self.changelog = changelog
        self.store = store

    def _partition(self, transaction: Transaction) -> int:
        if transaction.lease.tp.topic != self.source:
            raise AssertionError(f"table {self.name} belongs to {self.source}, not to {transaction.lease.tp.topic}")
        return int(transaction.lease.tp.partition)

    def _lookup(self, key: bytes) -> bytes | None:
        transaction = current_transaction.get(None)
        if transaction is None:
            found = (self.store.get(partition, key) for partition in self.store.partitions())
            return next((value for value in found if value is not None), None)
        partition = self._partition(transaction)
        written = transaction.written(self)
        return written[key] if key in written else self.store.get(partition, key)

    def __getitem__(self, key: bytes) -> bytes:
        value = self._lookup(key)
        if value is None:
            raise KeyError(key)
        return value

    def _write(self, key: bytes, value: bytes | None) -> None:
        transaction = current_transaction.get()
        self._partition(transaction)
        transaction.written(self)[key] = value

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self._write(key, value)

    def __delitem__(self, key: bytes) -> None:
        if self._lookup(key) is None:
            raise KeyError(key)
        self._write(key, None)

    def __contains__(self, key: bytes) -> bool:
        return self._lookup(key) is not None

    def get(self, key: bytes, default: bytes | None = None) -> bytes | None:
        """The value of `key`, or `default`."""
        value = self._lookup(key)
        return default if value is None else value

    def committed(self) -> Iterator[tuple[bytes, bytes]]:
        """Pairs of the committed state, over the partitions that this worker holds."""
        for partition in self.store.partitions():
            yield from self.store.items(partition)

    def apply(self, partition: int, changes: Changes, applied: int) -> None:
        """Take over what was committed to the changelog up to offset `applied`, exclusive."""
        self.store.apply(partition, changes, applied)
