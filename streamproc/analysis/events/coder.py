"""The event coder: who did what to whom.

    sentence ─▶ hits of the lexicon ─▶ clauses ─▶ uses ─▶ roles ─▶ truth ─▶ date ─▶ event
               (none: next sentence)

Comes in: a tokenised document with sentences, its article, actors and dates. Goes out: events in order of their triggers.
Fails with `DataError` while loading; coding does not fail. Same input, same events.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from streamproc import __version__
from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import Clause, cut
from streamproc.analysis.events.confidence import Confidence
from streamproc.analysis.events.dating import event_date, nearest, sentence_dates
from streamproc.analysis.events.grammar import load_grammar
from streamproc.analysis.events.lexicon import EntryClass, Lexicon
from streamproc.analysis.events.merging import merge
from streamproc.analysis.events.roles import Roles, Side
from streamproc.analysis.events.sentence import Sentence, Unit, sentences
from streamproc.analysis.events.tables import CodeTable
from streamproc.analysis.events.triggers import Hit, Matcher, Use
from streamproc.analysis.events.truth import Truth, Verdict
from streamproc.analysis.events.verbs import Verbs
from streamproc.contracts.entity import ActorKind, Entity
from streamproc.contracts.event import (
    ActorRef,
    ArticleRef,
    Event,
    EventSentence,
    EventType,
    Modality,
    TextSpan,
)
from streamproc.contracts.ids import event_id
from streamproc.contracts.timex import Timex
from streamproc.text.article import CleanArticle

MIN_CONFIDENCE = 0.4
"""An event that is less likely right is not published."""
MIN_PARTIES = 2


@dataclass(frozen=True, slots=True)
class Coding:
    """Everything that is known of an event before it is written."""

    use: Use
    source: Side
    target: Side
    verdict: Verdict
    date: Timex | None
    mutual: bool
    features: tuple[str, ...]


class EventCoder:
    """Codes events in one language."""

    def __init__(self, folder: Path) -> None:
        """Reads the lexicon, grammar and tables in `folder`. Raises `DataError`."""
        self._grammar = load_grammar(folder / "grammar.yaml")
        self._verbs = Verbs(folder / "verbs.tsv", self._grammar.particles)
        self._codes = CodeTable(folder)
        self.lexicon = Lexicon(folder, self._verbs, self._grammar, self._codes)
        self._matcher = Matcher(self.lexicon, self._grammar)
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
        events = []
        speaker: list[Unit] = []
        for sentence in sentences(doc, entities, self._verbs, self._grammar.prepositions):
            hits = self._matcher.hits(sentence)
            if not hits or not sentence.units:
                continue
            codings, speaker = self._sentence(sentence, hits, dates, article, speaker)
            events += [self._event(coding, sentence, article, reference) for coding in codings]
        events.sort(key=lambda event: (event.trigger[0].start, event.type, event.rule))
        return merge(events)

    def codings(
        self, doc: Doc, article: CleanArticle, entities: list[Entity], dates: list[Timex]
    ) -> Iterator[tuple[Sentence, Coding]]:
        """What events are made of, before the merging; for training and explanation."""
        speaker: list[Unit] = []
        for sentence in sentences(doc, entities, self._verbs, self._grammar.prepositions):
            hits = self._matcher.hits(sentence)
            if hits and sentence.units:
                codings, speaker = self._sentence(sentence, hits, dates, article, speaker)
                yield from ((sentence, coding) for coding in codings)

    def _sentence(
        self, sentence: Sentence, hits: list[Hit], dates: list[Timex], article: CleanArticle, speaker: list[Unit]
    ) -> tuple[list[Coding], list[Unit]]:
        clauses, of_token = cut(sentence, self._grammar)
        arguments = Arguments(sentence, clauses, of_token, self._grammar)
        roles = Roles(arguments, self._grammar)
        truth = Truth(arguments, self._grammar, speaker)
        here = sentence_dates(sentence, dates)
        uses = self._matcher.uses(sentence, hits, of_token)
        codings = []
        for use in uses:
            coding = self._use(use, uses, sentence, roles, truth, here, of_token, article)
            if coding is not None and self._confidence.probability(coding.features) >= MIN_CONFIDENCE:
                codings.append(coding)
        return codings, truth.speaker()

    def _use(
        self,
        use: Use,
        uses: list[Use],
        sentence: Sentence,
        roles: Roles,
        truth: Truth,
        here: list[Timex],
        of_token: list[Clause],
        article: CleanArticle,
    ) -> Coding | None:
        verdict = truth.judge(use)
        if verdict is None:
            return None
        source, target = roles.assign(use)
        if use.entry.crowd and source.units and self._is_crowd(source):
            verdict.type, verdict.flipped = EventType.PROTEST, True
        mutual = use.entry.mutual and not verdict.flipped
        if not self._complete(use, source, target, mutual) or self._overshadowed(use, uses, source, target):
            return None
        date = nearest(use, sentence, here, of_token)
        self._settle(verdict, source, date, article, sentence, use)
        features = self._features(use, source, target, verdict, mutual)
        return Coding(use, source, target, verdict, date, mutual, features)

    def _complete(self, use: Use, source: Side, target: Side, mutual: bool) -> bool:
        """Whether the sides that the entry needs are filled, and at least one is."""
        entry = use.entry
        if not source.units and not target.units:
            return False
        if mutual and entry.needs_source and entry.needs_target:
            return len(source.actor_ids | target.actor_ids) >= MIN_PARTIES
        return not (entry.needs_source and not source.units) and not (entry.needs_target and not target.units)

    def _is_crowd(self, source: Side) -> bool:
        return all(entity.kind is ActorKind.POPULATION for unit in source.units for entity in unit.entities)

    def _overshadowed(self, use: Use, uses: list[Use], source: Side, target: Side) -> bool:
        """Whether a noun is only what a verb of its clause is about ("veroordeelde de aanval")."""
        if use.entry.kind is not EntryClass.NOUN or (source.units and target.units):
            return False
        return any(
            other is not use and other.clause is use.clause and other.entry.kind is EntryClass.VERB for other in uses
        )

    def _settle(
        self, verdict: Verdict, source: Side, date: Timex | None, article: CleanArticle, sentence: Sentence, use: Use
    ) -> None:
        """What one says of oneself is asserted; what is dated after the publication is planned."""
        said_by = frozenset().union(*(unit.actor_ids for unit in verdict.attribution)) if verdict.attribution else frozenset()
        if verdict.modality is Modality.REPORTED and said_by & source.actor_ids and verdict.polarity == "positive":
            verdict.modality, verdict.attribution = Modality.ASSERTED, []
        if verdict.modality is Modality.ASSERTED and date and date.earliest and article.published:
            if article.published.latest and date.earliest > article.published.latest:
                verdict.modality = Modality.PLANNED

    def _features(self, use: Use, source: Side, target: Side, verdict: Verdict, mutual: bool) -> tuple[str, ...]:
        entry = use.entry
        size = "idiom" if entry.companions else "word"
        return (
            f"class:{entry.kind}",
            f"size:{size}",
            "weak" if entry.weak else "strong",
            f"source:{source.evidence}",
            f"target:{target.evidence}",
            f"type:{verdict.type}",
            f"modality:{verdict.modality}",
            "mutual" if mutual else "directed",
            "flipped" if verdict.flipped else "plain",
            f"clause:{use.clause.kind}",
            "quoted" if use.clause.quoted else "told",
            f"{verdict.type}:{target.evidence}",
            f"form:{source.units[0].mention.form}" if source.units else "form:none",
        )

    def _event(self, coding: Coding, sentence: Sentence, article: CleanArticle, reference: ArticleRef) -> Event:
        use, verdict = coding.use, coding.verdict
        entry = use.entry
        mode = "" if verdict.flipped else entry.mode
        code = self._codes.code(verdict.type, mode, "" if verdict.flipped else entry.cameo)
        text = article.text
        triggers = [(sentence.starts[i], sentence.ends[i]) for i in use.tokens]
        span = sentence.start, sentence.end
        sources, targets = self._references(coding.source, text), self._references(coding.target, text)
        reciprocal = coding.mutual and (len(sources) + len(targets) >= MIN_PARTIES or verdict.type is EventType.CONSULT)
        return Event(
            event_id=event_id(article.article_id, verdict.type, triggers, span),
            type=verdict.type,
            mode=[mode] if mode else [],
            cameo=code.cameo,
            quad_class=code.quad_class,
            goldstein=code.goldstein,
            sources=sources + targets if reciprocal else sources,
            targets=[] if reciprocal else targets,
            reciprocal=reciprocal,
            trigger=[TextSpan(start=start, end=end, text=text[start:end]) for start, end in triggers],
            sentence=EventSentence(start=span[0], end=span[1], text=text[span[0] : span[1]], index=sentence.index),
            date=event_date(coding.date),
            polarity=verdict.polarity,
            modality=verdict.modality,
            attribution=self._references(Side(verdict.attribution), text),
            confidence=self._confidence.probability(coding.features),
            rule=entry.id,
            article=reference,
            pipeline=__version__,
        )

    def _references(self, side: Side, text: str) -> list[ActorRef]:
        references: dict[str, ActorRef] = {}
        for unit in side.units:
            mention = unit.mention
            span = TextSpan(start=mention.start, end=mention.end, text=text[mention.start : mention.end])
            for entity in unit.entities:
                if entity.actor_id not in references:
                    references[entity.actor_id] = ActorRef(
                        actor_id=entity.actor_id,
                        name=entity.name,
                        kind=entity.kind,
                        iso3=entity.iso3,
                        wikidata=entity.wikidata,
                        mention=span,
                    )
        return list(references.values())
