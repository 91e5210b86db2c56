"""Records as lines."""

import datetime as dt
from types import SimpleNamespace

import pytest

from streamproc.cli.lines import event_heading, line_maker, when
from streamproc.contracts import (
    ActorCount,
    ActorRef,
    ArticleRef,
    DeadLetterHeaders,
    EnrichedArticle,
    Event,
    EventDate,
    EventSentence,
    Mention,
    Pipeline,
)
from streamproc.errors import RejectionCode, Stage
from streamproc.settings import load_settings
from streamproc.stream.topics import Topics

SETTINGS = load_settings(topic_prefix="t.")
TOPICS = Topics(SETTINGS)
SPAN = {"start": 0, "end": 3, "text": "Hij"}


def actor(name):
    return ActorRef(actor_id="person:x", name=name, kind="person", mention=SPAN)


def event(**fields):
    defaults = {
        "event_id": "e",
        "type": "CONSULT",
        "quad_class": "verbal-cooperation",
        "goldstein": 1.0,
        "sources": [actor("Lavrov")],
        "targets": [actor("Pompeo")],
        "trigger": [SPAN],
        "sentence": EventSentence(index=0, start=0, end=9, text="Hij \x1b[2J belde."),
        "polarity": "positive",
        "modality": "reported",
        "confidence": 0.834,
        "rule": "r",
        "article": ArticleRef(article_id="a", url=None, source=None, title=None, language="nl", published=None),
        "pipeline": "0",
    }
    return Event(**(defaults | fields))


def date(value, earliest=None, latest=None):
    return EventDate(value=value, earliest=earliest, latest=latest, basis="sentence")


def record(value, headers=(), key=b"k"):
    return SimpleNamespace(topic="t", partition=1, offset=7, timestamp=0, key=key, value=value, headers=headers)


ARTICLE = EnrichedArticle(
    article_id="a",
    url=None,
    source=None,
    title="Een [red]titel\x1b[2J",
    language="nl",
    language_confidence=1.0,
    published=None,
    text="Hij.",
    sentences=[],
    entities=[],
    dates=[],
    events=[event()],
    pipeline=Pipeline(version="0", models={}),
    processed_at=dt.datetime(2019, 3, 3, tzinfo=dt.UTC),
)
MENTION = Mention(
    mention_id="m",
    actor_id="person:lavrov",
    name="Lavrov",
    kind="person",
    article_id="a",
    published="2019-03",
    language="nl",
    source=None,
    count=3,
    by_form={"name": 2, "pronoun": 1},
    events_as_source=1,
    events_as_target=0,
)
COUNT = ActorCount(
    actor_id="person:lavrov",
    name="Lavrov",
    kind="person",
    mentions=1204,
    by_form={"name": 1204},
    articles=1,
    events_as_source=1,
    events_as_target=0,
    by_day={},
    first_seen=None,
    last_seen=None,
)
LETTER = DeadLetterHeaders(
    stage=Stage.DECODE,
    code=RejectionCode.JSON_INVALID,
    message="JSON: no\x1b[2J",
    topic="t.articles.raw",
    partition=0,
    offset=3,
    attempts=2,
    first_seen=dt.datetime(2019, 3, 3, tzinfo=dt.UTC),
)


@pytest.mark.parametrize(
    ("topic", "shown", "expected"),
    [
        (TOPICS.events, record(event().to_json()), "CONSULT   Lavrov → Pompeo  no date · reported · 0.83  Hij"),
        (
            TOPICS.enriched,
            record(ARTICLE.to_json()),
            "a  nl  undated  Een [red]titel\\x1b[2J  0 actors, 0 dates, 1 event",
        ),
        (TOPICS.mentions, record(MENTION.to_json()), "person:lavrov  Lavrov  3× (2 name, 1 pronoun) in a  2019-03"),
        (
            TOPICS.actor_counts,
            record(COUNT.to_json()),
            "person:lavrov  Lavrov  1,204 mentions in 1 article  1 event as",
        ),
        (
            TOPICS.dead_letters,
            record(b"{", LETTER.to_headers()),
            "1/7  json-invalid  JSON: no\\x1b[2J  key k, attempt 2",
        ),
        (TOPICS.raw, record(b'{"text": "Hij\n\x1b"}'), '1/7  k  {"text": "Hij \\x1b"}'),
        (TOPICS.raw, record(None, key=None), "1/7  -  -"),
    ],
)
def test_every_topic_has_its_line(topic, shown, expected):
    line = line_maker(SETTINGS, topic)(shown).plain
    assert line.startswith(expected)
    assert line.isprintable()


@pytest.mark.parametrize("topic", [TOPICS.events, TOPICS.enriched, TOPICS.mentions, TOPICS.dead_letters])
@pytest.mark.parametrize("value", [b"\x00\xff", b"{}", b"", None])
def test_a_record_that_is_not_what_its_topic_says_is_shown_by_its_bytes(topic, value):
    assert line_maker(SETTINGS, topic)(record(value)).plain.startswith("1/7  k  ")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, "no date"),
        (date("2019-03-02", dt.date(2019, 3, 2), dt.date(2019, 3, 2)), "2019-03-02"),
        (date("2019-03", dt.date(2019, 3, 1), dt.date(2019, 3, 31)), "2019-03 (2019-03-01…2019-03-31)"),
        (date("PAST_REF", None, dt.date(2019, 3, 31)), "PAST_REF (…2019-03-31)"),
        (date("FUTURE_REF", dt.date(2019, 3, 1), None), "FUTURE_REF (2019-03-01…)"),
        (date("PRESENT_REF"), "PRESENT_REF"),
    ],
)
def test_a_date_that_is_no_day_is_shown_with_the_days_it_may_span(told, expected):
    assert when(event(date=told)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reciprocal": True, "sources": [actor("A"), actor("B")], "targets": []}, "A ↔ B"),
        ({"targets": []}, "Lavrov  no date"),
        ({"sources": []}, "? → Pompeo"),
        ({"sources": [actor("A"), actor("B")]}, "A, B → Pompeo"),
        ({"polarity": "negative"}, "no date · denied · reported"),
        ({"attribution": [actor("Reuters")]}, "0.83 · says Reuters"),
    ],
)
def test_a_heading_says_who_did_what_to_whom_and_how_real_that_is(fields, expected):
    assert expected in event_heading(event(**fields)).plain
