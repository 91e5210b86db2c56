from __future__ import annotations

from pathlib import Path

import pytest

from streamproc.broker.java import java_command, java_environment


def test_the_command_runs_the_class_on_the_jars() -> None:
    command = java_command([Path("/jars/a.jar"), Path("/jars/b.jar")], "kafka.Kafka", "x", options=["-Dy=z"])
    assert Path(command[0]).is_file()
    assert command[-5:] == ["-Dy=z", "-cp", "/jars/a.jar:/jars/b.jar", "kafka.Kafka", "x"]


def test_java_is_not_changed_by_the_users_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx8g")
    monkeypatch.setenv("LC_ALL", "C")
    environment = java_environment()
    assert "JAVA_TOOL_OPTIONS" not in environment
    assert environment["LC_ALL"] == "C.UTF-8"
