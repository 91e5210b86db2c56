"""An analysis that costs nothing, so that a measurement sees the streaming alone: three named actors, no events."""

from __future__ import annotations

import datetime as dt

from streamproc import __version__
from streamproc.contracts import ActorKind, EnrichedArticle, Entity, EntityMention, MentionForm, Pipeline, Span
from streamproc.settings import load_settings
from streamproc.stream.job import Job
from streamproc.text import CleanArticle, Limits

ACTORS = 500
_PIPELINE = Pipeline(version=__version__, models={"stub": "1"})


class StubAnalyser:
    """Three actors, told by the length of the text and the id, so that a recount can check them."""

    languages = frozenset({"nl"})

    def analyse(self, article: CleanArticle, *, processed_at: dt.datetime) -> EnrichedArticle:
        """The article with actors `organisation:stub-<n>`."""
        first = sum(article.article_id.encode()) % ACTORS
        numbers = sorted({(first + step * 7) % ACTORS for step in range(3)})
        return EnrichedArticle(
            article_id=article.article_id,
            url=article.url,
            source=article.source,
            title=article.title,
            language=article.language,
            language_confidence=article.language_confidence,
            published=article.published,
            text=article.text,
            sentences=[Span(start=0, end=len(article.text))],
            entities=[_entity(number, article.text) for number in numbers],
            dates=[],
            events=[],
            pipeline=_PIPELINE,
            processed_at=processed_at,
        )


def _entity(number: int, text: str) -> Entity:
    mention = EntityMention(start=0, end=1, text=text[:1], form=MentionForm.NAME, rule="stub")
    return Entity(
        actor_id=f"organisation:stub-{number}",
        kind=ActorKind.ORGANISATION,
        name=f"Stub {number}",
        named=True,
        confidence=1.0,
        mentions=[mention],
    )


def stub_job() -> Job:
    """A job as `streamproc.stream.worker.make_job` makes it, with the stub for the analysis."""
    settings = load_settings()
    limits = Limits(settings.max_payload_bytes, settings.max_characters, settings.max_sentences)
    return Job(StubAnalyser(), limits, settings.max_record_bytes)
