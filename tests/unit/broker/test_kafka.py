"""What the embedded broker says without being started; what it does is in tests/broker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from streamproc.broker import EmbeddedKafka, kafka
from streamproc.errors import BrokerError


@pytest.fixture
def ended(tmp_path: Path) -> EmbeddedKafka:
    """A broker that has written its files and ended."""
    for name, text in (("server.properties", ""), ("console.log", "Error: no memory"), ("server.log", "ERROR no disk")):
        (tmp_path / name).write_text(text)
    return EmbeddedKafka(cache=tmp_path, data=tmp_path)


def test_the_cause_is_sought_in_both_logs(ended: EmbeddedKafka) -> None:
    assert ended._said() == f"Error: no memory | ERROR no disk (logs in {ended.data})"


def test_the_log_of_an_earlier_run_tells_nothing(ended: EmbeddedKafka) -> None:
    os.utime(ended.data / "server.log", (0, 0))
    assert ended._said() == f"Error: no memory (logs in {ended.data})"


def test_an_unsupported_system_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka, "_SUPPORTED", False)
    with pytest.raises(BrokerError, match=r"^the embedded broker runs on Linux and macOS only"):
        EmbeddedKafka(cache=tmp_path, data=tmp_path).start()
