"""Log lines: JSON, bounded, without floods."""

import io
import json
import logging
import subprocess
import sys
import textwrap

import pytest

from streamproc.logs import MAX_PER_WINDOW, MAX_STRING, WINDOW_S, FloodHandler, bounded


def logged(code, level="info"):
    """The log lines that a process writes."""
    program = f"import logging, structlog\nfrom streamproc.logs import configure_logs\nconfigure_logs({level!r})\n"
    program += "log = structlog.get_logger('streamproc.x')\n" + textwrap.dedent(code)
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == ""
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_an_event_is_one_line_of_json_with_its_fields():
    [line] = logged("log.info('partitions acquired', app='a', offsets=[1, 2])")
    assert list(line) == ["timestamp", "level", "event", "logger", "app", "offsets"]
    assert line["timestamp"].endswith("Z")
    assert (line["level"], line["event"], line["offsets"]) == ("info", "partitions acquired", [1, 2])


def test_libraries_log_in_the_same_form():
    [line] = logged("logging.getLogger('lib').warning('cannot %s\\nat %d', 'connect', 5)")
    assert (line["event"], line["logger"], line["level"]) == ("cannot connect\nat 5", "lib", "warning")


def test_what_is_below_the_level_is_not_logged_and_talkative_libraries_need_a_warning():
    code = """
        log.info("no"); log.warning("yes")
        logging.getLogger("aiokafka.x").warning("yes")
    """
    assert [line["event"] for line in logged(code, "warning")] == ["yes", "yes"]
    code = "logging.getLogger('aiokafka.x').info('no'); log.debug('no'); log.info('yes')"
    assert [line["event"] for line in logged(code)] == ["yes"]


def test_an_exception_has_its_traceback():
    [line] = logged("try:\n    1 / 0\nexcept ZeroDivisionError:\n    log.exception('boom')")
    assert "ZeroDivisionError" in line["exception"]


def test_anything_may_be_a_field():
    [line] = logged("log.info('odd', path=__import__('pathlib').Path('/x'), a={1: object()}, bad='\\ud800', n=1 << 80)")
    assert line["event"] == "odd"


def test_a_flood_ends_with_how_much_of_it_was_left_out():
    lines = logged(
        "for number in range(100): log.warning('flood', number=number)\nlog.info('other')\nlogging.shutdown()"
    )
    assert [line.get("number") for line in lines[:MAX_PER_WINDOW]] == list(range(MAX_PER_WINDOW))
    assert [line["event"] for line in lines[MAX_PER_WINDOW:]] == ["other", "suppressed 80 times: flood"]


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def flood():
    clock, stream = Clock(), io.StringIO()
    handler = FloodHandler(stream, clock=clock)

    def log(template, *arguments, level=logging.WARNING):
        handler.handle(logging.LogRecord("x", level, "p", 1, template, arguments, None))

    def lines():
        return stream.getvalue().splitlines()

    return log, clock, lines


def test_records_with_other_arguments_are_of_the_same_flood(flood):
    log, _, lines = flood
    for number in range(50):
        log("connection %d lost", number)
    assert len(lines()) == MAX_PER_WINDOW


def test_after_the_window_the_count_is_told_and_logging_goes_on(flood):
    log, clock, lines = flood
    for _ in range(25):
        log("lost")
    clock.now += WINDOW_S
    log("lost")
    assert lines()[MAX_PER_WINDOW:] == ["suppressed 5 times: lost", "lost"]


def test_what_is_critical_is_always_logged(flood):
    log, _, lines = flood
    for _ in range(50):
        log("fatal", level=logging.CRITICAL)
    assert len(lines()) == 50


def test_templates_that_are_none_do_not_fill_the_memory(flood):
    log, _, lines = flood
    for number in range(5000):
        log(f"unique {number}")
    assert len(lines()) == 5000


def test_bytes_are_never_shown_and_strings_are_cut():
    event = bounded(None, "info", {"event": "e", "payload": b"secret", "text": "x" * 5000, "many": ["y" * 5000]})
    assert event["payload"] == "<6 bytes>"
    assert event["text"] == "x" * MAX_STRING + "… (5000 characters)"
    assert len(event["many"][0]) < MAX_STRING + 30
