"""How commands end: what users can mend is one line on stderr and exit code 2, never a traceback.

`STREAMPROC_DEBUG=1` shows the traceback. Ctrl-C ends with 130, a closed pipe with 1, both in silence (Typer does that).
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from streamproc.errors import StreamprocError

EXIT_FAILED = 1
"""What was asked for was done in part only."""
EXIT_USAGE = 2
"""Nothing can be done until the user changes something."""


def fail(message: str) -> None:
    """Print one line on stderr, with nothing in it that a terminal would obey."""
    from streamproc.cli.terminal import printable  # not needed to show help

    sys.stderr.write(f"streamproc: {printable(message)}\n")


def _message(error: StreamprocError | OSError) -> str:
    if isinstance(error, OSError):
        reason = error.strerror or str(error) or type(error).__name__
        return reason if error.filename is None else f"{os.fsdecode(error.filename)}: {reason}"
    return str(error)


class Group(TyperGroup):
    """The commands, with errors turned into exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        try:
            return super().invoke(ctx)
        except (StreamprocError, OSError) as error:
            if os.environ.get("STREAMPROC_DEBUG") or (isinstance(error, OSError) and error.errno == errno.EPIPE):
                raise
            fail(_message(error))
            raise typer.Exit(EXIT_USAGE) from error
