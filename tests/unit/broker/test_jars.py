from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from streamproc.broker import jars
from streamproc.broker.jars import Pin, kafka_jars, locked_pins, parse_lock
from streamproc.errors import BrokerError, DataError


def pin(name: str) -> Pin:
    return Pin("org.example", name, "1.0", hashlib.sha256(name.encode()).hexdigest())


PINS = [pin(name) for name in ("alpha", "beta", "gamma")]


class Repository:
    """Serves jars whose content is the name of their artifact; fails as often as it is told."""

    def __init__(self, failures: int = 0, content: bytes | None = None) -> None:
        self.fetched: list[str] = []
        self._failures, self._content = failures, content
        self._lock = threading.Lock()

    def __call__(self, pin: Pin, folder: Path) -> Path:
        with self._lock:
            self.fetched.append(pin.artifact)
            if self._failures:
                self._failures -= 1
                raise ConnectionError
        path = folder / pin.file_name
        path.write_bytes(pin.artifact.encode() if self._content is None else self._content)
        return path


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars, "_BACKOFF_S", 0.0)


def test_the_lock_file_pins_kafka_and_its_logging() -> None:
    names = {f"{pin.group}:{pin.artifact}:{pin.version}" for pin in locked_pins()}
    assert f"org.apache.kafka:kafka_2.13:{jars.KAFKA_VERSION}" in names
    assert any(name.startswith("org.apache.logging.log4j:log4j-slf4j-impl:") for name in names)


@pytest.mark.parametrize("line", ["", "org:artifact:1.0", "org:../artifact:1.0 " + "0" * 64, "org:a:1 " + "0" * 63])
def test_a_malformed_line_of_a_lock_file_is_named(line: str) -> None:
    with pytest.raises(DataError, match=r"^x\.lock:2: "):
        parse_lock(f"org:artifact:1.0 {'0' * 64}\n{line}\n", "x.lock")


def test_a_cache_is_filled_once(tmp_path: Path) -> None:
    repository = Repository()
    first = kafka_jars(tmp_path, pins=PINS, fetch=repository)
    assert [path.read_bytes() for path in first] == [b"alpha", b"beta", b"gamma"]
    assert kafka_jars(tmp_path, pins=PINS, fetch=repository) == first
    assert sorted(repository.fetched) == ["alpha", "beta", "gamma"]


def test_nothing_but_jars_and_the_lock_is_left_in_the_cache(tmp_path: Path) -> None:
    abandoned = tmp_path / f"kafka-{jars.KAFKA_VERSION}" / "fetch-abandoned"
    abandoned.mkdir(parents=True)
    paths = kafka_jars(tmp_path, pins=PINS, fetch=Repository())
    assert set(abandoned.parent.iterdir()) == {*paths, abandoned.parent / "lock"}


def test_progress_is_told_from_the_first_fetch_to_the_last(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    kafka_jars(tmp_path, pins=PINS[:1], fetch=Repository())
    kafka_jars(tmp_path, pins=PINS, fetch=Repository(), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_damaged_jar_is_fetched_again(tmp_path: Path) -> None:
    first = kafka_jars(tmp_path, pins=PINS, fetch=Repository())
    first[1].write_bytes(b"damaged")
    repository = Repository()
    assert kafka_jars(tmp_path, pins=PINS, fetch=repository)[1].read_bytes() == b"beta"
    assert repository.fetched == ["beta"]


def test_a_jar_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match=r"^alpha-1\.0\.jar was fetched with SHA-256 \w{64}, but .* pins \w{64}$"):
        kafka_jars(tmp_path, pins=PINS[:1], fetch=Repository(content=b"other"))
    assert not list(tmp_path.rglob("*.jar"))


def test_fetches_are_tried_three_times(tmp_path: Path) -> None:
    repository = Repository(failures=2)
    kafka_jars(tmp_path, pins=PINS[:1], fetch=repository)
    assert repository.fetched == ["alpha"] * 3


def test_no_connection_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match=r"^cannot fetch .* \(ConnectionError\); the first start needs a connection"):
        kafka_jars(tmp_path, pins=PINS, fetch=Repository(failures=99))


def test_a_cache_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BrokerError, match=r"^cannot use the cache folder .*: Not a directory$"):
        kafka_jars(tmp_path / "file", pins=PINS, fetch=Repository())


def test_starts_at_once_fetch_each_jar_once(tmp_path: Path) -> None:
    repository = Repository()
    arguments = {"pins": PINS, "fetch": repository}
    starts = [threading.Thread(target=kafka_jars, args=(tmp_path,), kwargs=arguments) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert sorted(repository.fetched) == ["alpha", "beta", "gamma"]
