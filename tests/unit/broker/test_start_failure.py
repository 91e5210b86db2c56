from __future__ import annotations

from pathlib import Path

from streamproc.broker.start_failure import gist, tail


def test_lines_that_tell_of_errors_are_picked_once_and_joined() -> None:
    log = ["INFO starting", "ERROR disk full", "  at Kafka.main", "ERROR disk full", "Caused by: no space", "INFO bye"]
    assert gist(log) == "ERROR disk full | Caused by: no space"


def test_a_short_log_is_told_whole() -> None:
    assert (
        gist(["Invalid initial heap size", "", "Error: no machine"]) == "Invalid initial heap size | Error: no machine"
    )


def test_a_log_without_errors_gives_its_last_lines() -> None:
    assert gist(["1", "2", "3", "4"]) == "2 | 3 | 4"


def test_silence_is_told() -> None:
    assert gist([]) == "it said nothing"


def test_the_gist_is_short() -> None:
    assert len(gist(["ERROR " + "x" * 9000])) == 500


def test_the_tail_of_a_long_log_is_its_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("start\n" + "x\n" * 100_000 + "end")
    lines = tail(log)
    assert lines[-1] == "end"
    assert "start" not in lines


def test_a_missing_log_has_no_lines(tmp_path: Path) -> None:
    assert tail(tmp_path / "missing") == []
