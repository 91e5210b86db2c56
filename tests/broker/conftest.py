"""The broker of these tests, by `STREAMPROC_TEST_KAFKA`: unset, `testcontainers`, or `host:port` of one that runs."""

from __future__ import annotations

import os
import re
import runpy
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from streamproc.broker import EmbeddedKafka
from streamproc.settings import load_settings

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="session")
def cache() -> Path:
    """Where the jars of the embedded broker are."""
    return load_settings().cache_path


@pytest.fixture(scope="session")
def kafka(cache: Path) -> Iterator[str]:
    """Bootstrap servers of a broker that all tests share; they keep apart by `topic_prefix`."""
    choice = os.environ.get("STREAMPROC_TEST_KAFKA", "")
    if not choice:
        with EmbeddedKafka(cache=cache) as broker:
            yield broker.bootstrap_servers
    elif choice == "testcontainers":
        container_class = runpy.run_path(str(_HERE / "apache_kafka_container.py"))["ApacheKafkaContainer"]
        with container_class() as container:
            yield container.bootstrap_servers
    elif re.fullmatch(r"[^\s:]+:\d+(,[^\s:]+:\d+)*", choice):
        yield choice
    else:
        pytest.fail(f"STREAMPROC_TEST_KAFKA is {choice!r}, neither 'testcontainers' nor host:port")


@pytest.fixture
def topic_prefix() -> str:
    """Put before topics, groups and transactional ids: no test sees the records of another."""
    return f"test-{uuid.uuid4().hex[:12]}."
