"""The examples of the lexicon, `examples.tsv`: who did what to whom in one sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

import streamproc.languages.nl
from streamproc.analysis.events import EventCoder
from streamproc.analysis.events.tables import read_rows
from streamproc.contracts.event import EventType

COLUMNS = ("entry", "sentence", "sources", "targets", "modality", "polarity")
ROWS = list(read_rows(Path(streamproc.languages.nl.__file__).parent / "events" / "examples.tsv", COLUMNS))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['entry']}-{row.line}" for row in ROWS])
def test_an_example_is_coded_as_it_says(row, tell):
    events = [event for event in tell(row["sentence"]) if event.rule == row["entry"]]
    assert len(events) == 1
    event = events[0]
    assert {ref.name for ref in event.sources} == set(row.many("sources", ";"))
    assert {ref.name for ref in event.targets} == set(row.many("targets", ";"))
    assert (event.modality, event.polarity) == (row["modality"], row["polarity"])


@pytest.mark.parametrize("kind", list(EventType))
def test_each_type_has_examples(kind, tell):
    assert sum(row["entry"].endswith(f".{kind}") for row in ROWS) >= 4


def test_each_example_names_an_entry(coder: EventCoder):
    assert {row["entry"] for row in ROWS} <= coder.lexicon.entries.keys()
