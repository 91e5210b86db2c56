"""Dead letters as the command line needs them: read, told apart, and what has been redriven already.

A redrive does not remove letters, the topic is a log. What was redriven is remembered as offsets of consumer groups:
`<app_id>-redrive` for all letters, `<app_id>-redrive.<code>` for those of one code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from aiokafka import TopicPartition
from pydantic import ValidationError

from streamproc.cli.groups import committed
from streamproc.cli.readers import partitions_of, reading, up_to
from streamproc.cli.record import Record
from streamproc.contracts import DeadLetterHeaders
from streamproc.errors import ConfigurationError, RejectionCode
from streamproc.settings import Settings
from streamproc.stream.connection import start_admin, start_reader
from streamproc.stream.topics import Topics

Place = tuple[int, int]
"""Partition and offset."""
Offsets = Mapping[int, int]
"""Offset by partition."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter with the reason read from its headers."""

    record: Record
    why: DeadLetterHeaders

    @property
    def place(self) -> Place:
        """Where it stands in the topic."""
        return self.record.partition, self.record.offset

    @property
    def at(self) -> dt.datetime:
        """When it was written."""
        return dt.datetime.fromtimestamp(self.record.timestamp / 1000, dt.UTC)


def parse_place(text: str) -> Place:
    """`2/17` as partition and offset. Raises `ConfigurationError`."""
    partition, slash, offset = text.partition("/")
    if not slash or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (partition, offset)):  # noqa: PLR2004
        raise ConfigurationError(f"{text!r} is not the place of a dead letter, such as 2/17 (partition/offset)")
    return int(partition), int(offset)


async def letters(
    settings: Settings, starts: Offsets | None = None, ends: Offsets | None = None
) -> AsyncIterator[Letter]:
    """The dead letters from `starts` (else all) to `ends` (else now); records that are none are left out."""
    topic = Topics(settings).dead_letters
    async with reading(settings, topic) as (reader, partitions):
        first = await reader.beginning_offsets(partitions)
        last = {tp: ends[tp.partition] for tp in partitions} if ends else await reader.end_offsets(partitions)
        for tp in partitions:
            reader.seek(tp, min(max(first[tp], (starts or {}).get(tp.partition, 0)), max(first[tp], last[tp])))
        async for record in up_to(reader, last):
            try:
                yield Letter(record, DeadLetterHeaders.from_headers(record.headers))
            except ValidationError:
                continue


async def letter_at(settings: Settings, place: Place) -> Letter:
    """The letter at `place`. Raises `ConfigurationError` where there is none."""
    partition, offset = place
    starts = {partition: offset}
    known = {tp.partition for tp in await partitions_of(settings, Topics(settings).dead_letters)}
    if partition in known:
        ends = {number: (offset + 1 if number == partition else 0) for number in known}
        async for letter in letters(settings, starts, ends):
            if letter.place == place:
                return letter
    raise ConfigurationError(f"no dead letter at {partition}/{offset}; `streamproc dead-letters list` shows all")


async def end_of_letters(settings: Settings) -> Offsets:
    """The end of each partition now."""
    partitions = await partitions_of(settings, Topics(settings).dead_letters)
    reader = await start_reader(settings)
    try:
        ends = await reader.end_offsets(partitions)
    finally:
        await reader.stop()
    return {tp.partition: offset for tp, offset in ends.items()}


def redrive_group(settings: Settings, code: RejectionCode | None = None) -> str:
    """The consumer group whose offsets tell what has been redriven."""
    return f"{settings.app_id}-redrive" + (f".{code.value}" if code else "")


class Redriven:
    """What has been redriven: letters before an offset, of all codes or of one."""

    def __init__(self, of_all: Offsets, of_code: Mapping[RejectionCode, Offsets]) -> None:
        self._of_all, self._of_code = of_all, of_code

    def __contains__(self, letter: Letter) -> bool:
        partition, offset = letter.place
        of_code = self._of_code.get(letter.why.code, {})
        return offset < max(self._of_all.get(partition, 0), of_code.get(partition, 0))


async def read_redriven(settings: Settings) -> Redriven:
    """What the groups of earlier redrives have committed."""
    partitions = await partitions_of(settings, Topics(settings).dead_letters)
    admin = await start_admin(settings)

    async def offsets(code: RejectionCode | None) -> Offsets:
        stored = await committed(admin, redrive_group(settings, code), partitions)
        return {tp.partition: offset for tp, offset in stored.items()}

    try:
        return Redriven(await offsets(None), {code: await offsets(code) for code in RejectionCode})
    finally:
        await admin.close()


async def remember_redriven(settings: Settings, code: RejectionCode | None, ends: Offsets) -> None:
    """Commit that all letters (of `code`) before `ends` have been redriven."""
    topic = Topics(settings).dead_letters
    reader = await start_reader(settings, group_id=redrive_group(settings, code))
    try:
        places = {TopicPartition(topic, partition): offset for partition, offset in ends.items()}
        reader.assign(list(places))
        await reader.commit(places)
    finally:
        await reader.stop()
