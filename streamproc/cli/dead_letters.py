"""`streamproc dead-letters`: what was rejected and why, and the way back."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from streamproc.cli.redrive import PLACE_HELP, CodeOption, redrive
from streamproc.errors import RejectionCode

if TYPE_CHECKING:
    from rich.table import Table

    from streamproc.cli.letters import Letter, Place
    from streamproc.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Show rejected articles and send them back.")

_SHOWN_BYTES = 4096
_HEX_WIDTH = 16

app.command()(redrive)


@app.command("list")
def list_(
    code: CodeOption = None,
    max_letters: Annotated[int, typer.Option("--max", "-n", min=0, help="The latest so many; 0 shows all.")] = 50,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a letter.")] = False,
) -> None:
    """Show the dead letters, the latest last."""
    from streamproc.cli import kafka
    from streamproc.cli.terminal import console, counted
    from streamproc.settings import load_settings

    settings = load_settings()
    found, redriven = kafka.run(settings, _find(settings, code))
    shown = found[-max_letters:] if max_letters else found
    if json_:
        for letter in shown:
            sys.stdout.buffer.write(orjson.dumps(_as_json(letter, redriven=letter.place in redriven)) + b"\n")
        sys.stdout.flush()
        return
    if found:
        console().print(_table(shown, redriven))
    codes = ", ".join(f"{count:,} {name}" for name, count in Counter(x.why.code.value for x in found).most_common())
    typer.echo(f"{counted(len(found), 'dead letter')}{': ' if codes else ''}{codes}", err=True)
    if len(shown) < len(found):
        typer.echo(f"{len(shown):,} of them shown; --max 0 shows all", err=True)


async def _find(settings: Settings, code: RejectionCode | None) -> tuple[list[Letter], set[Place]]:
    from streamproc.cli.letters import letters, read_redriven

    redriven = await read_redriven(settings)
    found = [letter async for letter in letters(settings) if code in (None, letter.why.code)]
    found.sort(key=lambda letter: (letter.record.timestamp, letter.place))
    return found, {letter.place for letter in found if letter in redriven}


def _as_json(letter: Letter, *, redriven: bool) -> dict[str, object]:
    partition, offset = letter.place
    key = letter.record.key
    return {
        "partition": partition,
        "offset": offset,
        "at": letter.at,
        "key": None if key is None else key.decode("utf-8", "replace"),
        "bytes": len(letter.record.value or b""),
        "error": letter.why.model_dump(mode="json"),
        "redriven": redriven,
    }


def _table(shown: list[Letter], redriven: set[Place]) -> Table:
    from rich import box
    from rich.table import Table

    from streamproc.cli.lines import excerpt
    from streamproc.cli.terminal import shortened, styled

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("at", no_wrap=True)
    table.add_column("code", no_wrap=True)
    table.add_column("stage")
    table.add_column("message", overflow="fold")
    table.add_column("key", no_wrap=True)
    table.add_column("tried", justify="right")
    table.add_column("first seen", no_wrap=True)
    for letter in shown:
        partition, offset = letter.place
        tried = f"{letter.why.attempts}×" + (" redriven" if letter.place in redriven else "")
        table.add_row(
            f"{partition}/{offset}",
            styled(letter.why.code.value, "red"),
            letter.why.stage.value,
            styled(shortened(letter.why.message, 100)),
            styled(excerpt(letter.record.key, 24), "dim"),
            tried,
            f"{letter.why.first_seen:%Y-%m-%d %H:%M}",
        )
    return table


@app.command()
def show(
    place: Annotated[str, typer.Argument(metavar="PARTITION/OFFSET", help=PLACE_HELP)],
    whole: Annotated[
        bool, typer.Option("--all", help=f"The whole value, not its first {_SHOWN_BYTES:,} bytes.")
    ] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Only the value, byte by byte.")] = False,
) -> None:
    """Show a dead letter: why it was rejected, its headers, and the article as it came in."""
    from streamproc.cli import kafka
    from streamproc.cli.letters import letter_at, parse_place
    from streamproc.settings import load_settings

    settings = load_settings()
    letter = kafka.run(settings, letter_at(settings, parse_place(place)))
    value = letter.record.value
    if raw:
        sys.stdout.buffer.write(value or b"")
        sys.stdout.flush()
        return
    _show_reason(letter)
    if value is None:
        typer.echo("no value")
        return
    typer.echo(f"{len(value):,} bytes:\n")
    typer.echo(as_text(value if whole else value[:_SHOWN_BYTES]))
    if not whole and len(value) > _SHOWN_BYTES:
        typer.echo(f"{len(value) - _SHOWN_BYTES:,} bytes more; --all shows all", err=True)


def _show_reason(letter: Letter) -> None:
    from rich.text import Text

    from streamproc.cli.lines import excerpt
    from streamproc.cli.terminal import console, printable

    out = console()
    rows = {name: str(value) for name, value in letter.why.model_dump(mode="json").items()}
    rows |= {"key": excerpt(letter.record.key, 200)}
    rows |= {
        f"header {name}": excerpt(value, 200)
        for name, value in letter.record.headers
        if not name.startswith("streamproc.error.")
    }
    for name, told in rows.items():
        out.print(Text.assemble((f"{printable(name):<11} ", "dim"), printable(told)), soft_wrap=True)


def as_text(value: bytes) -> str:
    """`value` as text with escapes, or as a hex dump where it is not text."""
    from streamproc.cli.terminal import printable_lines

    text = value.decode("utf-8", "backslashreplace")
    odd = sum(not char.isprintable() and char not in "\r\n\t" for char in text) + text.count("\\x")
    return printable_lines(text) if odd <= len(text) / 10 else hex_dump(value)


def hex_dump(value: bytes) -> str:
    """Offset, bytes in hexadecimal and in ASCII, 16 a line."""
    lines = []
    for at in range(0, len(value), _HEX_WIDTH):
        row = value[at : at + _HEX_WIDTH]
        ascii_ = "".join(chr(byte) if chr(byte).isprintable() and byte < 0x7F else "." for byte in row)  # noqa: PLR2004
        lines.append(f"{at:08x}  {row.hex(' '):<{3 * _HEX_WIDTH}} {ascii_}")
    return "\n".join(lines)
