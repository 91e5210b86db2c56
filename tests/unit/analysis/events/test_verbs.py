"""Verb forms, joined and simple."""

from __future__ import annotations

import pytest

from streamproc.analysis.events import EventCoder
from streamproc.analysis.events.verbs import Form


@pytest.mark.parametrize(
    ("word", "verb", "form"),
    [
        ("veroordeelde", "veroordelen", Form.FINITE),
        ("veroordeeld", "veroordelen", Form.PARTICIPLE),
        ("opgeroepen", "op|roepen", Form.PARTICIPLE),
        ("opriep", "op|roepen", Form.FINITE),
        ("zegde", "zeggen", Form.PAST),
        ("aangeboden", "aan|bieden", Form.PARTICIPLE),
        ("bezetten", "bezetten", Form.INFINITIVE),
    ],
)
def test_a_form_is_read_as_its_verb(coder: EventCoder, word: str, verb: str, form: Form):
    assert any(reading.verb == verb and reading.form & form for reading in coder.verbs.readings(word))


def test_a_participle_is_not_finite(coder: EventCoder):
    assert not any(reading.form & Form.FINITE for reading in coder.verbs.readings("geschoten"))


def test_a_word_that_is_no_verb_has_no_reading(coder: EventCoder):
    assert coder.verbs.readings("parlement") == ()


def test_a_stem_does_not_join_a_particle(coder: EventCoder):
    assert not any(reading.form == Form.STEM for reading in coder.verbs.readings("opsteun"))


def test_a_separable_verb_is_known_by_its_parts(coder: EventCoder):
    assert "op|roepen" in coder.verbs
    assert "roepen" in coder.verbs
    assert "quasi|roepen" not in coder.verbs
