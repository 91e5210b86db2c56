"""Every rule of every language tags its examples, and nothing in its negatives."""

from __future__ import annotations

from pathlib import Path

import pytest

import streamproc.languages.nl
from streamproc.analysis.dates import DateTagger

RULES = {rule.id: rule for rule in DateTagger(Path(streamproc.languages.nl.__path__[0]) / "dates").rules}


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_tags_its_examples(rule_id, tag):
    for example in RULES[rule_id].file.examples:
        text = example.text.replace("[", "").replace("]", "")
        start, end = (example.text.find("["), example.text.find("]") - 1) if "[" in example.text else (0, len(text))
        found = [timex for timex in tag(text, example.published) if timex.rule == rule_id]
        assert (start, end, example.value) in [(timex.start, timex.end, timex.value) for timex in found], example
        assert example.mod is None or example.mod in [timex.mod for timex in found], example


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_tags_nothing_in_its_negatives(rule_id, tag):
    for text in RULES[rule_id].file.negatives:
        assert not [timex for timex in tag(text, "2019-03-03") if timex.rule == rule_id], text
