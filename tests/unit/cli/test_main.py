"""How the command line starts and ends."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from streamproc import __version__
from streamproc.cli.main import app

HEAVY = ("faust", "aiokafka", "spacy", "pydantic", "numpy", "aiohttp", "yaml", "streamproc.settings")


def streamproc(*arguments, **options):
    environment = os.environ | options.pop("environment", {})
    return subprocess.run(
        [sys.executable, "-m", "streamproc.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env=environment,
        **options,
    )


def test_the_version_is_that_of_the_package():
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"streamproc {__version__}\n")


@pytest.mark.parametrize(
    "command",
    [
        [],
        *([name] for name in ("demo", "run", "broker", "push", "tail", "actors", "enrich", "schemas", "doctor")),
        ["topics", "create"],
        ["topics", "check"],
        ["dead-letters", "list"],
        ["dead-letters", "show"],
        ["dead-letters", "redrive"],
    ],
)
def test_every_command_has_help_with_a_description(command):
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage: " in result.stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from typer.testing import CliRunner; from streamproc.cli.main import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []


def test_an_unknown_command_is_a_mistake_of_use():
    result = streamproc("pusch")
    assert result.returncode == 2
    assert "No such command" in result.stderr


def test_a_setting_that_is_wrong_is_one_line():
    result = streamproc("actors", environment={"STREAMPROC_WEB_PORT": "x"})
    assert result.returncode == 2
    assert result.stderr.startswith("streamproc: STREAMPROC_WEB_PORT: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_debug_shows_the_traceback():
    result = streamproc("actors", environment={"STREAMPROC_WEB_PORT": "x", "STREAMPROC_DEBUG": "1"})
    assert "Traceback" in result.stderr
    assert "ConfigurationError" in result.stderr


@pytest.mark.parametrize("command", [["push"], ["enrich"]])
def test_a_file_that_is_not_there_is_one_line_with_its_name(command, tmp_path):
    result = streamproc(*command, str(tmp_path / "nothing\x1b.txt"))
    assert result.returncode == 2
    assert "nothing\\x1b.txt: No such file or directory" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [["push", os.devnull], ["tail", "events"], ["actors"], ["topics", "check"], ["dead-letters", "list"]],
)
def test_without_a_broker_it_says_where_none_answers(command):
    result = streamproc(*command, environment={"STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"})
    assert result.returncode == 2
    assert result.stderr.startswith("streamproc: no Kafka broker answers at 127.0.0.1:1")
    assert result.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m streamproc.cli schemas enriched-article | head -c 1"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=30, check=False)
    assert (result.stdout, result.stderr) == ("{", "")
