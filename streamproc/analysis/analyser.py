"""The one entry of the analysis: a clean article in, an enriched article out.

    text ──▶ syntax ──▶ actors ──▶ dates ──▶ events ──▶ EnrichedArticle
             tokens,     who        when      who did
             sentences                        what to whom

Each step reads the words and what the steps before it found; none knows Kafka, a clock or chance, so the same article
and the same data give the same annotations. What may fail: an article in a language that is not loaded, or with too
many sentences, is a `Rejection`; data that do not validate raise `DataError` when the analyser is loaded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from spacy.tokens import Doc

import streamproc
from streamproc import knowledge
from streamproc.analysis.actors import ActorTagger
from streamproc.analysis.dates import DateTagger
from streamproc.analysis.events import EventCoder
from streamproc.analysis.syntax import Syntax, sentences_of
from streamproc.contracts import EnrichedArticle, Pipeline, Span
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.knowledge import Knowledge, load_knowledge
from streamproc.languages import PARTS, Language, language, supported
from streamproc.text import CleanArticle, Limits

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The four steps for one language."""

    syntax: Syntax
    actors: ActorTagger
    dates: DateTagger
    events: EventCoder


class Analyser:
    """Annotates articles; one instance a process, since its data take memory. Not for several threads at once."""

    def __init__(self, steps: dict[str, _Steps], pipeline: Pipeline, limits: Limits) -> None:
        self._steps = steps
        self._limits = limits
        self.pipeline = pipeline
        """Version of the code, and a hash of each data set."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages that are loaded."""
        return frozenset(self._steps)

    def analyse(self, article: CleanArticle, *, processed_at: dt.datetime) -> EnrichedArticle | Rejection:
        """`article` with its sentences, actors, dates and events; `processed_at` is copied into the record."""
        steps = self._steps.get(article.language)
        if steps is None:
            loaded = ", ".join(sorted(self._steps))
            message = f"no data for language {article.language[:35]!r}; there are data for: {loaded}"
            return Rejection(Stage.LANGUAGE, RejectionCode.LANGUAGE_UNSUPPORTED, message)
        with steps.syntax.reading():
            doc = steps.syntax.read(article.text)
            sentences = sentences_of(doc)
            if len(sentences) > self._limits.max_sentences:
                message = f"{len(sentences)} sentences, the limit is {self._limits.max_sentences}"
                return Rejection(Stage.ANALYSE, RejectionCode.TOO_MANY_SENTENCES, message)
            return self._annotate(article, doc, sentences, steps, processed_at)

    def _annotate(
        self, article: CleanArticle, doc: Doc, sentences: list[Span], steps: _Steps, processed_at: dt.datetime
    ) -> EnrichedArticle:
        entities = steps.actors.tag(doc, article)
        dates = steps.dates.tag(doc, article.published)
        events = steps.events.code(doc, article, entities, dates)
        return EnrichedArticle(
            article_id=article.article_id,
            url=article.url,
            source=article.source,
            title=article.title,
            language=article.language,
            language_confidence=article.language_confidence,
            published=article.published,
            text=article.text,
            sentences=sentences,
            entities=entities,
            dates=dates,
            events=events,
            pipeline=self.pipeline,
            processed_at=processed_at,
        )


def load_analyser(
    limits: Limits, languages: Iterable[str] | None = None, knowledge_path: Path | None = None
) -> Analyser:
    """An analyser for `languages`, by default for all that are supported, with tables of the user on actors.

    Reads all data, which takes about a second. Names in `knowledge_path` that also name another actor are logged.
    Raises `DataError` where data do not validate, and `KeyError` for a language that is not supported.
    """
    codes = sorted(supported() if languages is None else set(languages))
    actors_of_the_world = load_knowledge(users=knowledge_path)
    for clash in actors_of_the_world.clashes:
        _LOG.warning("ambiguous name: %s", clash)
    steps = {code: _load_steps(language(code), actors_of_the_world) for code in codes}
    return Analyser(steps, _pipeline(codes, knowledge_path), limits)


def _load_steps(of: Language, actors_of_the_world: Knowledge) -> _Steps:
    return _Steps(
        syntax=Syntax(of),
        actors=ActorTagger(of, actors_of_the_world),
        dates=DateTagger(of.folder / "dates"),
        events=EventCoder(of.folder / "events"),
    )


def _pipeline(codes: Iterable[str], knowledge_path: Path | None) -> Pipeline:
    models = {"spacy": version("spacy"), "knowledge": _content_hash(knowledge.FOLDER)}
    if knowledge_path is not None:
        models["knowledge/user"] = _content_hash(knowledge_path)
    for code in codes:
        of = language(code)
        models[f"{code}/sentences"] = _content_hash(of.folder, recursive=False)
        for part in PARTS:
            models[f"{code}/{part}"] = _content_hash(of.folder / part)
        if of.names is not None:
            models[f"{code}/names"] = _content_hash(of.names)
    return Pipeline(version=streamproc.__version__, models=models)


def _content_hash(folder: Path, *, recursive: bool = True) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the data files of `folder`, names included."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*") if recursive else folder.iterdir()):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()[:12]
