"""`streamproc dead-letters redrive`: rejected articles back to where they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer

from streamproc.cli.group import EXIT_FAILED, fail
from streamproc.errors import RejectionCode

if TYPE_CHECKING:
    from streamproc.cli.letters import Letter, Offsets, Place
    from streamproc.cli.publish import Publisher
    from streamproc.settings import Settings

PLACE_HELP = "Where the letter stands, partition/offset, as `list` shows it."

CodeOption = Annotated[RejectionCode | None, typer.Option(help="Only letters of this code.", show_choices=False)]


def redrive(
    place: Annotated[str | None, typer.Argument(metavar="[PARTITION/OFFSET]", help=PLACE_HELP)] = None,
    code: CodeOption = None,
    again: Annotated[bool, typer.Option("--all", help="Also those that were redriven before.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Send dead letters back to `articles.raw`: all new ones, those of one code, or a single one.

    The letters stay in their topic. A second call sends only what has come since.
    """
    from streamproc.cli import kafka
    from streamproc.cli.letters import parse_place
    from streamproc.cli.terminal import counted
    from streamproc.settings import load_settings

    settings = load_settings()
    choice = _Choice(settings, parse_place(place) if place else None, code, again)
    kafka.run(settings, choice.count())
    for topic, count in choice.foreign.items():
        typer.echo(f"{count:,} left out: they come from {topic}, not from the raw articles", err=True)
    if not choice.chosen:
        typer.echo("nothing to redrive", err=True)
        return
    if not yes:
        codes = ", ".join(f"{count:,} {name}" for name, count in choice.chosen.most_common())
        typer.confirm(f"Redrive {counted(choice.chosen.total(), 'dead letter')} ({codes})?", abort=True, err=True)
    _report(kafka.run(settings, choice.send()))


def _report(publisher: Publisher) -> None:
    from streamproc.cli.terminal import counted

    typer.echo(f"{publisher.confirmed:,} redriven and confirmed", err=True)
    for reason, count in publisher.failed.items():
        fail(f"{counted(count, 'dead letter')} not confirmed: {reason}")
    if publisher.failed:
        fail("redrive again later; copies are recognised by their id")
        raise typer.Exit(EXIT_FAILED)


class _Choice:
    """The letters that are to be redriven; counted first, sent later, the same both times."""

    def __init__(self, settings: Settings, place: Place | None, code: RejectionCode | None, again: bool) -> None:
        self._settings, self._place, self._code, self._again = settings, place, code, again
        self._ends: Offsets = {}
        self.chosen: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()

    async def count(self) -> None:
        """Fill `chosen` by code, and `foreign` by topic."""
        from streamproc.cli.letters import end_of_letters, read_redriven
        from streamproc.stream.topics import Topics

        self._raw = Topics(self._settings).raw
        self._ends = await end_of_letters(self._settings)
        self._redriven = await read_redriven(self._settings)
        async for letter in self._letters():
            if letter.why.topic == self._raw:
                self.chosen[letter.why.code.value] += 1
            else:
                self.foreign[letter.why.topic] += 1

    async def _letters(self) -> AsyncIterator[Letter]:
        from streamproc.cli.letters import letter_at, letters

        if self._place is not None:
            yield await letter_at(self._settings, self._place)
            return
        async for letter in letters(self._settings, ends=self._ends):
            if self._code in (None, letter.why.code) and (self._again or letter not in self._redriven):
                yield letter

    async def send(self) -> Publisher:
        """Send them, and remember it when all are confirmed."""
        from streamproc.cli.letters import remember_redriven
        from streamproc.cli.publish import publishing
        from streamproc.stream.dead_letters import redriven_headers

        async def send_all() -> None:
            async for letter in self._letters():
                if letter.why.topic == self._raw:
                    record = letter.record
                    # aiokafka refuses a record with neither key nor value; both mean an empty payload.
                    value = b"" if record.key is None and record.value is None else record.value
                    await publisher.send(self._raw, value, record.key, headers=redriven_headers(record.headers))

        async with publishing(self._settings) as publisher:
            await publisher.deliver(send_all())
        if not publisher.failed and self._place is None:
            await remember_redriven(self._settings, self._code, self._ends)
        return publisher
