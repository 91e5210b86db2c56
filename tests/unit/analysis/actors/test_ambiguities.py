"""Names that may be more than one actor, or none: `ambiguities.yaml` says for each text whom its mentions name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from streamproc.text import CleanArticle
from streamproc.text.partial_date import parse_published

CASES = yaml.safe_load((Path(__file__).parent / "ambiguities.yaml").read_text(encoding="utf-8"))
NAMELESS = "~nameless"
"""Somebody whom the text does not name."""
UNLINKED = "~unlinked"
"""A name whose bearer the text does not tell: its id is made of the name, and it has candidates or none."""


def test_there_are_enough_ambiguities():
    assert sum(len(case["expect"]) for case in CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text'][:60]} ({case.get('published', '')})" for case in CASES])
def test_an_ambiguous_name_is_told(tagger, case):
    published = parse_published(case["published"]) if "published" in case else None
    entities = tagger(CleanArticle("test", case["text"], "nl", 1.0, published=published))
    for text, expected in case["expect"].items():
        told = {_told(entity, text) for entity in entities if any(mention.text == text for mention in entity.mentions)}
        assert told == ({expected} if expected else set()), text


def _told(entity, text):
    if not entity.named:
        return NAMELESS
    unlinked = not entity.wikidata and not entity.roles and entity.actor_id == f"person:{text.lower()}"
    return UNLINKED if unlinked else entity.actor_id
