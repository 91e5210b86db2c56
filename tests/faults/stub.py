"""An analysis that does what the text says, so that the truth about each article is known without it.

`actor-7` in a text is a mention of the actor 7; `fail`, `crash` and `hang` are what they say. Every article takes a
little time, so that faults meet transactions that run.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections import defaultdict

from streamproc.contracts import ActorKind, EnrichedArticle, Entity, EntityMention, MentionForm, Pipeline, Span
from streamproc.settings import Settings
from streamproc.stream.job import Job
from streamproc.text import CleanArticle, Limits

_ACTOR = re.compile(r"\bactor-\d{1,6}\b")
_PIPELINE = Pipeline(version="0", models={"stub": "1"})
_ARTICLE_S = float(os.environ.get("FAULTS_ARTICLE_S", "0.002"))
_HANG_S = 3600.0


class AnalysisFailedError(Exception):
    """What an article with `fail` in its text raises."""


class StubAnalyser:
    """Finds the actors that the text names."""

    languages = frozenset({"nl"})

    def analyse(self, article: CleanArticle, *, processed_at: dt.datetime) -> EnrichedArticle:
        """The article with its actors; no dates, no events."""
        words = article.text.split()
        if "fail" in words:
            raise AnalysisFailedError("the text says so")
        if "crash" in words:
            os._exit(9)
        time.sleep(_HANG_S if "hang" in words else _ARTICLE_S)
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
            entities=_entities(article.text),
            dates=[],
            events=[],
            pipeline=_PIPELINE,
            processed_at=processed_at,
        )


def _entities(text: str) -> list[Entity]:
    mentions: dict[str, list[EntityMention]] = defaultdict(list)
    for match in _ACTOR.finditer(text):
        mention = EntityMention(start=match.start(), end=match.end(), text=match[0], form=MentionForm.NAME, rule="stub")
        mentions[match[0]].append(mention)
    return [
        Entity(
            actor_id=f"organisation:{name}",
            kind=ActorKind.ORGANISATION,
            name=name,
            named=True,
            confidence=1.0,
            mentions=found,
        )
        for name, found in mentions.items()
    ]


def stub_job(settings: Settings) -> Job:
    """Takes the place of `streamproc.stream.worker.make_job`; pool processes import it by name."""
    limits = Limits(settings.max_payload_bytes, settings.max_characters, settings.max_sentences)
    return Job(StubAnalyser(), limits, settings.max_record_bytes)
