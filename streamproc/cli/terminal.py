"""What is shown to people: safe for the terminal, coloured only on one.

Articles are hostile input: a title may hold escape sequences, bidirectional overrides or Rich markup. All text passes
`printable`, and is put into `rich.text.Text`, which knows no markup.
"""

from __future__ import annotations

import shutil
import sys

from rich.console import Console
from rich.text import Text

_WIDTH_OF_A_PIPE = 200


def printable(text: str) -> str:
    r"""`text` on one line, with everything that is not plain to see as an escape.

    >>> printable("Rutte\n\x1b[2Jzegt [bold]nee[/bold]")
    'Rutte \\x1b[2Jzegt [bold]nee[/bold]'
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def printable_lines(text: str) -> str:
    """`text` with its line breaks and tabs, everything else as `printable` has it."""
    return "\n".join(
        "".join(char if char.isprintable() or char == "\t" else char.encode("unicode_escape").decode() for char in line)
        for line in text.replace("\r\n", "\n").split("\n")
    )


def shortened(text: str, most: int) -> str:
    """`text` made printable and cut at a word where it has more than `most` characters."""
    line = printable(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut) + "…"


def counted(count: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def styled(text: str, style: str = "") -> Text:
    """`text` made printable, in a Rich style."""
    return Text(printable(text), style=style)


def console(most: int = _WIDTH_OF_A_PIPE) -> Console:
    """Standard output, at most `most` columns wide. A pipe has no colours, and is wide, so that tables are not cut."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OF_A_PIPE
    return Console(width=min(width, most), highlight=False, emoji=False, markup=False)


def notes() -> Console:
    """Standard error, for progress and remarks."""
    return Console(stderr=True, highlight=False, emoji=False, markup=False, soft_wrap=True)
