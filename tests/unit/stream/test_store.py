"""Both stores keep the same promise; RocksDB also over a restart."""

import pytest

from streamproc.errors import ConfigurationError
from streamproc.stream.store import MemoryStore, RocksStore


@pytest.fixture(params=["memory", "rocksdb"])
def store(request, tmp_path):
    made = MemoryStore() if request.param == "memory" else RocksStore(tmp_path / "table", "cluster-1")
    yield made
    made.close()


def test_a_new_partition_is_empty_and_starts_at_the_beginning(store):
    store.open([0, 3])
    assert store.partitions() == [0, 3]
    assert store.applied(3) == 0
    assert store.get(3, b"key") is None
    assert list(store.items(3)) == []


def test_values_are_kept_by_partition_and_none_deletes(store):
    store.open([0, 1])
    store.apply(0, [(b"a", b"1"), (b"b", b"2"), (b"", b"empty key"), (b"\xff\x00", b"")], 4)
    store.apply(0, [(b"a", None), (b"c", b"3"), (b"never there", None)], 7)
    assert store.get(0, b"a") is None
    assert dict(store.items(0)) == {b"b": b"2", b"c": b"3", b"": b"empty key", b"\xff\x00": b""}
    assert store.applied(0) == 7
    assert store.get(1, b"b") is None
    assert store.applied(1) == 0


def test_a_key_that_looks_like_bookkeeping_is_a_key(store):
    store.open([0])
    store.apply(0, [(b"m:applied", b"999"), (b"d", b"x")], 2)
    assert store.applied(0) == 2
    assert dict(store.items(0)) == {b"m:applied": b"999", b"d": b"x"}


def test_a_partition_that_is_kept_keeps_its_values_and_others_are_closed(store):
    store.open([0, 1])
    store.apply(0, [(b"a", b"1")], 1)
    store.apply(1, [(b"b", b"2")], 1)
    store.open([1, 2])
    assert store.partitions() == [1, 2]
    assert store.get(1, b"b") == b"2"
    assert store.applied(2) == 0


def test_a_reset_partition_has_to_be_read_again(store):
    store.open([0])
    store.apply(0, [(b"a", b"1")], 5)
    store.reset(0)
    assert store.applied(0) == 0
    assert store.get(0, b"a") is None


def test_memory_forgets_a_partition_that_is_given_up():
    store = MemoryStore()
    store.open([0])
    store.apply(0, [(b"a", b"1")], 5)
    store.open([])
    store.open([0])
    assert store.applied(0) == 0


def test_rocksdb_finds_values_and_offset_again_after_a_restart(tmp_path):
    store = RocksStore(tmp_path, "cluster-1")
    store.open([2])
    store.apply(2, [(b"a", b"1")], 17)
    store.close()
    again = RocksStore(tmp_path, "cluster-1")
    again.open([2])
    assert (again.applied(2), again.get(2, b"a")) == (17, b"1")
    again.close()


def test_rocksdb_starts_anew_on_another_cluster(tmp_path):
    store = RocksStore(tmp_path, "cluster-1")
    store.open([2])
    store.apply(2, [(b"a", b"1")], 17)
    store.close()
    other = RocksStore(tmp_path, "cluster-2")
    other.open([2])
    assert (other.applied(2), other.get(2, b"a")) == (0, None)
    other.close()


@pytest.mark.parametrize("lost", ["*.sst", "MANIFEST-*", "CURRENT"])
def test_a_damaged_rocksdb_is_made_anew_since_the_changelog_has_it_all(tmp_path, lost):
    store = RocksStore(tmp_path, "cluster-1")
    store.open([2])
    store.apply(2, [(b"a", b"1")], 17)
    store.close()
    for path in (tmp_path / "2").glob(lost):
        path.unlink()
    again = RocksStore(tmp_path, "cluster-1")
    again.open([2])
    assert (again.applied(2), again.get(2, b"a")) == (0, None)
    again.apply(2, [(b"a", b"2")], 18)
    assert again.get(2, b"a") == b"2"
    again.close()


def test_two_workers_with_one_data_folder_are_told_so(tmp_path):
    store = RocksStore(tmp_path, "cluster-1")
    store.open([2])
    store.apply(2, [(b"a", b"1")], 17)
    with pytest.raises(ConfigurationError, match="in use by another worker"):
        RocksStore(tmp_path, "cluster-1").open([2])
    assert store.get(2, b"a") == b"1"
    store.close()
