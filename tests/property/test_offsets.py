"""Whatever the text: nothing raises, and every annotation repeats the text at its offsets."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streamproc.analysis.analyser import load_analyser
from streamproc.contracts import EnrichedArticle
from streamproc.text import CleanArticle, Limits

WORDS = [
    "Rusland",
    "De",
    "de",
    "het",
    "een",
    "Poetin",
    "Mark",
    "Rutte",
    "van",
    "der",
    "„",
    "”",
    "“",
    '"',
    "'",
    "‘",
    "’",
    "(",
    ")",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "…",
    "-",
    "–",
    "&",
    "hij",
    "zij",
    "Wij",
    "ik",
    "hen",
    "president",
    "minister",
    "Buitenlandse",
    "Zaken",
    "VS",
    "V.S.",
    "N-VA",
    "sp.a",
    "J.P.",
    "A.",
    "PvdA'er",
    "Amerikaanse",
    "Amerikanen",
    "betogers",
    "duizenden",
    "137",
    "1.500",
    "beide",
    "landen",
    "en",
    "of",
    "kabinet-Rutte",
    "rechtbank",
    "Amsterdam",
    "gisteren",
    "maandag",
    "maart",
    "2019",
    "veroordeelde",
    "steunt",
    "👍",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "中国",
    "Åland",
    "jr",
    "D66",
    "(VN)",
    "al-Assad",
]
MARKS = ["\u00a0", "\u200b", "\u2028", "e\u0301"]
PIECES = st.sampled_from(WORDS + MARKS)
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=5), st.just("\n\n"), st.just("\n")), max_size=60).map(" ".join),
)


@pytest.fixture(scope="module")
def analyser():
    return load_analyser(Limits())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_every_annotation_repeats_the_text_at_its_offsets(analyser, text):
    article = CleanArticle(article_id="a", text=text, language="nl", language_confidence=1.0)
    enriched = analyser.analyse(article, processed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert isinstance(enriched, EnrichedArticle)
    assert enriched.text == text
    spans = [mention for entity in enriched.entities for mention in entity.mentions]
    spans += [*enriched.dates, *(trigger for event in enriched.events for trigger in event.trigger)]
    spans += [event.sentence for event in enriched.events]
    for span in spans:
        assert text[span.start : span.end] == span.text
    _check_sentences(enriched)
    assert len({entity.actor_id for entity in enriched.entities}) == len(enriched.entities)


def _check_sentences(enriched):
    end = 0
    for sentence in enriched.sentences:
        assert end <= sentence.start < sentence.end
        words = enriched.text[sentence.start : sentence.end]
        assert words == words.strip()
        assert not enriched.text[end : sentence.start].strip()
        end = sentence.end
    assert not enriched.text[end:].strip()
