"""The event coder: who did what to whom.

    sentence ─▶ hits of the lexicon ─▶ clauses ─▶ uses ─▶ roles ─▶ truth ─▶ date ─▶ event
               (none: next sentence)

Comes in: a tokenised document with sentences, its article, actors and dates. Goes out: events in order of their
triggers. Fails with `DataError` while loading; coding does not fail. Same input, same events.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from streamproc import __version__
from streamproc.analysis.events.coding import MIN_PARTIES, Coding, SentenceCoder
from streamproc.analysis.events.confidence import Confidence
from streamproc.analysis.events.dating import event_date
from streamproc.analysis.events.grammar import load_grammar
from streamproc.analysis.events.lexicon import Lexicon
from streamproc.analysis.events.merging import merge
from streamproc.analysis.events.sentence import Sentence, Unit, sentences
from streamproc.analysis.events.tables import CodeTable
from streamproc.analysis.events.triggers import Matcher
from streamproc.analysis.events.verbs import Verbs
from streamproc.contracts.entity import Entity
from streamproc.contracts.event import ActorRef, ArticleRef, Event, EventSentence, EventType, TextSpan
from streamproc.contracts.ids import event_id
from streamproc.contracts.timex import Timex
from streamproc.errors import DataError
from streamproc.text.article import CleanArticle

MIN_CONFIDENCE = 0.4
"""An event that is less likely right is not published: it is more often wrong than right."""
MAX_SENTENCE_TOKENS = 250
"""A longer sentence is a list or table; its clauses would be guesses, and the work is bounded."""


class EventCoder:
    """Codes events in one language."""

    def __init__(self, folder: Path) -> None:
        """Reads the lexicon, grammar and tables in `folder`. Raises `DataError`."""
        self.grammar = load_grammar(folder / "grammar.yaml")
        self.verbs = Verbs(folder / "verbs.tsv", self.grammar.particles)
        if unknown := [verb for verb in self.grammar.all_verbs if verb not in self.verbs]:
            raise DataError(f"{folder / 'grammar.yaml'}: verbs.tsv has no {unknown[0]!r}")
        self._codes = CodeTable(folder)
        self.lexicon = Lexicon(folder, self.verbs, self.grammar, self._codes)
        self._matcher = Matcher(self.lexicon, self.grammar)
        self._confidence = Confidence(folder / "confidence.tsv")

    def code(self, doc: Doc, article: CleanArticle, entities: list[Entity], dates: list[Timex]) -> list[Event]:
        """The events that `doc` tells of, sorted by position, each once."""
        reference = ArticleRef(
            article_id=article.article_id,
            url=article.url,
            source=article.source,
            title=article.title,
            language=article.language,
            published=article.published.value if article.published else None,
        )
        events = [
            self._event(coding, sentence, article.text, reference)
            for sentence, coding in self.codings(doc, article, entities, dates)
            if self._confidence.probability(coding.features) >= MIN_CONFIDENCE
        ]
        events.sort(key=lambda event: (event.trigger[0].start, event.type, event.rule))
        return merge(events)

    def codings(
        self, doc: Doc, article: CleanArticle, entities: list[Entity], dates: list[Timex]
    ) -> Iterator[tuple[Sentence, Coding]]:
        """What events are made of, however unsure, before tellings of one event are merged."""
        speaker: list[Unit] = []
        for sentence in sentences(doc, entities, self.verbs, self.grammar.prepositions):
            if not sentence.units or len(sentence) > MAX_SENTENCE_TOKENS:
                continue
            hits = self._matcher.hits(sentence)
            if not hits:
                continue
            coder = SentenceCoder(sentence, self.grammar, dates, published=article.published, speaker=speaker)
            yield from ((sentence, coding) for coding in coder.codings(self._matcher, hits))
            speaker = coder.speaker()

    def _event(self, coding: Coding, sentence: Sentence, text: str, reference: ArticleRef) -> Event:
        use, verdict = coding.use, coding.verdict
        mode, cameo = ("", "") if verdict.flipped else (use.entry.mode, use.entry.cameo)
        code = self._codes.code(verdict.type, mode, cameo)
        triggers = [(sentence.starts[i], sentence.ends[i]) for i in use.tokens]
        span = sentence.start, sentence.end
        sources, targets = _references(coding.source.units, text), _references(coding.target.units, text)
        parties = len(sources) + len(targets)
        reciprocal = coding.mutual and (parties >= MIN_PARTIES or verdict.type is EventType.CONSULT)
        return Event(
            event_id=event_id(reference.article_id, verdict.type, triggers, span),
            type=verdict.type,
            mode=[mode] if mode else [],
            cameo=code.cameo,
            quad_class=code.quad_class,
            goldstein=code.goldstein,
            sources=sources + targets if reciprocal else sources,
            targets=[] if reciprocal else targets,
            reciprocal=reciprocal,
            trigger=[_span(start, end, text) for start, end in triggers],
            sentence=EventSentence(start=span[0], end=span[1], text=text[span[0] : span[1]], index=sentence.index),
            date=event_date(coding.date),
            polarity=verdict.polarity,
            modality=verdict.modality,
            attribution=_references(verdict.attribution, text),
            confidence=self._confidence.probability(coding.features),
            rule=use.entry.id,
            article=reference,
            pipeline=__version__,
        )


def _span(start: int, end: int, text: str) -> TextSpan:
    return TextSpan(start=start, end=end, text=text[start:end])


def _references(units: list[Unit], text: str) -> list[ActorRef]:
    """Each actor that the units mention, once, with its first mention among them."""
    references: dict[str, ActorRef] = {}
    for unit in units:
        for entity in unit.entities:
            if entity.actor_id not in references:
                references[entity.actor_id] = ActorRef(
                    actor_id=entity.actor_id,
                    name=entity.name,
                    kind=entity.kind,
                    iso3=entity.iso3,
                    wikidata=entity.wikidata,
                    mention=_span(unit.mention.start, unit.mention.end, text),
                )
    return list(references.values())
