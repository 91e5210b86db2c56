"""A record comes to outputs, a rejection, or its home partition; nothing an article holds raises."""

import datetime as dt

import orjson
import pytest

from streamproc.contracts import EnrichedArticle, Event, Mention, ids
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.stream.job import Job, Task, bytes_identity
from streamproc.stream.partition import partition_of
from streamproc.text import Limits

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=dt.UTC)
TRACE = [("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("secret", b"x")]
ARTICLE = {"id": "a-1", "published": "2019-03", "language": "nl", "text": "Rusland veroordeelde de aanval."}


class Analyser:
    """Returns what it is told to."""

    languages = frozenset({"nl"})

    def __init__(self, result):
        self.result = result

    def analyse(self, article, *, processed_at):
        if isinstance(self.result, Exception):
            raise self.result
        return self.result if isinstance(self.result, Rejection) else self.result(article, processed_at)


def enriched(article, processed_at):
    rus = {"actor_id": "country:rus", "kind": "country", "name": "Rusland"}
    mention = {"start": 0, "end": 7, "text": "Rusland"}
    event = {
        "event_id": ids.event_id(article.article_id, "ACCUSE", [(8, 20)], (0, 31)),
        "type": "ACCUSE",
        "quad_class": "verbal-conflict",
        "goldstein": -2.0,
        "sources": [{**rus, "mention": mention}],
        "targets": [],
        "trigger": [{"start": 8, "end": 20, "text": "veroordeelde"}],
        "sentence": {"index": 0, "start": 0, "end": 31, "text": article.text},
        "polarity": "positive",
        "modality": "asserted",
        "confidence": 0.9,
        "rule": "veroordelen.ACCUSE",
        "article": {
            "article_id": article.article_id,
            "url": None,
            "source": None,
            "title": None,
            "language": "nl",
            "published": "2019-03",
        },
        "pipeline": "test",
    }
    return EnrichedArticle.model_validate(
        {
            "article_id": article.article_id,
            "url": None,
            "source": None,
            "title": None,
            "language": "nl",
            "language_confidence": 1.0,
            "published": article.published,
            "text": article.text,
            "sentences": [{"start": 0, "end": 31}],
            "entities": [
                {
                    **rus,
                    "named": True,
                    "confidence": 1.0,
                    "mentions": [{**mention, "form": "name", "rule": "gazetteer"}],
                }
            ],
            "dates": [],
            "events": [event],
            "pipeline": {"version": "test", "models": {}},
            "processed_at": processed_at,
        }
    )


def job(result=enriched, max_record_bytes=1024 * 1024):
    return Job(Analyser(result), Limits(), max_record_bytes, clock=lambda: NOW)


def task(payload, partition=None, identity="a-1"):
    home = partition_of(identity.encode(), 4) if partition is None else partition
    return Task(payload, TRACE, home, 4)


def test_an_article_comes_to_an_enriched_record_its_events_and_its_mentions():
    outcome = job().run(task(orjson.dumps(ARTICLE)))
    assert outcome.identity == "a-1"
    assert outcome.rejection is None
    article, event, mention = outcome.outputs
    assert (article.topic, article.key) == ("enriched", b"a-1")
    assert EnrichedArticle.from_json(article.value).article_id == "a-1"
    assert (event.topic, event.key.decode()) == ("events", Event.from_json(event.value).event_id)
    assert (mention.topic, mention.key) == ("mentions", b"country:rus")
    counted = Mention.from_json(mention.value)
    assert (counted.count, counted.events_as_source, counted.published) == (1, 1, "2019-03")


def test_outputs_carry_cloudevents_headers_and_the_trace_but_nothing_else_of_the_input():
    for output in job().run(task(orjson.dumps(ARTICLE))).outputs:
        headers = dict(output.headers)
        assert headers["ce_specversion"] == b"1.0"
        assert headers["ce_subject"] == output.key
        assert headers["ce_time"] == b"2026-01-02T03:04:05.678Z"
        assert headers["ce_dataschema"].startswith(b"urn:streamproc:schema:")
        assert headers["traceparent"] == TRACE[0][1]
        assert "secret" not in headers


def test_the_same_record_gives_the_same_bytes():
    payload = orjson.dumps(ARTICLE)
    assert job().run(task(payload)) == job().run(task(payload))


def test_an_article_in_a_strange_partition_is_told_its_home_and_not_analysed():
    home = partition_of(b"a-1", 4)
    outcome = job(AssertionError("analysed")).run(task(orjson.dumps(ARTICLE), partition=(home + 1) % 4))
    assert (outcome.home, outcome.outputs, outcome.rejection) == (home, (), None)


def test_bytes_that_are_no_article_are_rejected_in_a_partition_of_their_own():
    identity = bytes_identity(b"{broken")
    outcome = job().run(task(b"{broken", identity=identity))
    assert outcome.identity == identity
    assert outcome.rejection.code is RejectionCode.JSON_INVALID


def test_a_bug_in_the_analysis_costs_one_article_and_tells_no_more_than_one_line():
    outcome = job(ValueError("first line\nsecond line")).run(task(orjson.dumps(ARTICLE)))
    assert outcome.rejection.code is RejectionCode.ANALYSIS_FAILED
    assert outcome.rejection.message == "ValueError: first line"


def test_a_rejection_of_the_analysis_is_passed_on():
    rejection = Rejection(Stage.ANALYSE, RejectionCode.TOO_MANY_SENTENCES, "5000 sentences")
    assert job(rejection).run(task(orjson.dumps(ARTICLE))).rejection is rejection


def test_a_result_that_no_topic_takes_is_rejected():
    outcome = job(max_record_bytes=4500).run(task(orjson.dumps(ARTICLE)))
    assert outcome.rejection.code is RejectionCode.RESULT_TOO_LARGE


@pytest.mark.parametrize("payload", [None, b"", b"\x00" * 100, b"[" * 100_000, b'{"text": 1}'])
def test_identities_can_always_be_told(payload):
    assert job().identify(task(payload, partition=0))
