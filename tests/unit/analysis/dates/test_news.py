"""Sentences of news with one expression each, and sentences that have none."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "data" / "dates"


def _lines(*names):
    return [json.loads(line) for name in names for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _interval_is_right(timex, interval):
    """The data tell intervals with an exclusive end."""
    if interval is None or timex.earliest is None or timex.latest is None:
        return False
    first, end = (dt.date.fromisoformat(day) for day in interval)
    return (timex.earliest, timex.latest) in ((first, end - dt.timedelta(days=1)), (first, end))


@pytest.mark.parametrize("line", _lines("expr_nl.jsonl", "news_expr_nl.jsonl"), ids=lambda line: line["doc"])
def test_the_expression_has_its_type_value_and_modifier(line, tag):
    expected = line["timexes"][0]
    found = [t for t in tag(line["text"], line["dct"]) if t.start < expected["end"] and expected["start"] < t.end]
    assert len(found) == 1
    timex = found[0]
    assert timex.type == expected["type"]
    assert timex.value in expected["alts"] or _interval_is_right(timex, expected.get("interval"))
    assert expected["mod"] in (None, timex.mod)


@pytest.mark.parametrize("line", _lines("neg_nl.jsonl", "news_neg_nl.jsonl"), ids=lambda line: line["doc"])
def test_nothing_is_tagged_where_no_time_is_told(line, tag):
    assert [(timex.text, timex.rule) for timex in tag(line["text"], line["dct"])] == []
