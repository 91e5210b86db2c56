"""What one sentence tells of: uses of entries with their sides, truth and date.

Comes in: a sentence with the entries that its words may start. Goes out: `Coding`s, all of an event but its record.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.events.arguments import Arguments
from streamproc.analysis.events.clauses import cut
from streamproc.analysis.events.dating import nearest, sentence_dates
from streamproc.analysis.events.grammar import Grammar
from streamproc.analysis.events.lexicon import EntryClass
from streamproc.analysis.events.roles import Roles
from streamproc.analysis.events.sentence import Sentence, Unit
from streamproc.analysis.events.sides import Side, actor_ids
from streamproc.analysis.events.triggers import Hit, Matcher, Use
from streamproc.analysis.events.truth import Truth
from streamproc.analysis.events.verdict import Verdict
from streamproc.analysis.events.voice import ClauseVerbs
from streamproc.contracts import Published
from streamproc.contracts.entity import ActorKind
from streamproc.contracts.event import EventType, Modality, Polarity
from streamproc.contracts.timex import Timex

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

    @property
    def features(self) -> tuple[str, ...]:
        """What the coding rests on, for the confidence."""
        entry, kind = self.use.entry, self.verdict.type
        joint = self.mutual and not self.target.units and len(self.source.actor_ids) >= MIN_PARTIES
        target = "joint" if joint else str(self.target.evidence)
        return (
            f"class:{entry.kind}",
            "size:idiom" if entry.companions else "size:word",
            "weak" if entry.weak else "strong",
            f"source:{self.source.evidence}",
            f"target:{target}",
            f"type:{kind}",
            f"modality:{self.verdict.modality}",
            "mutual" if self.mutual else "directed",
            "flipped" if self.verdict.flipped else "plain",
            f"clause:{self.use.clause.kind}",
            "quoted" if self.use.clause.quoted else "told",
            f"{kind}:{target}",
            f"form:{self.source.units[0].mention.form if self.source.units else 'none'}",
        )


class SentenceCoder:
    """Codes one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        grammar: Grammar,
        dates: list[Timex],
        *,
        published: Published | None,
        speaker: list[Unit],
    ) -> None:
        self._sentence = sentence
        self._published = published
        clauses, self._of_token = cut(sentence, grammar)
        arguments = Arguments(sentence, clauses, self._of_token, grammar)
        verbs = ClauseVerbs(sentence, grammar)
        self._roles = Roles(arguments, verbs, grammar)
        self._truth = Truth(arguments, verbs, speaker)
        self._dates = sentence_dates(sentence, dates)

    def speaker(self) -> list[Unit]:
        """Who is said to speak, for a quotation that goes on in the next sentence."""
        return self._truth.speaker()

    def codings(self, matcher: Matcher, hits: list[Hit]) -> list[Coding]:
        """The events among the hits, in order."""
        uses = matcher.uses(self._sentence, hits, self._of_token)
        return [coding for use in uses if (coding := self._coding(use, uses)) is not None]

    def _coding(self, use: Use, uses: list[Use]) -> Coding | None:
        verdict = self._truth.judge(use)
        if verdict is None:
            return None
        source, target = self._roles.assign(use)
        if use.entry.crowd and _is_crowd(source):
            verdict.flip(EventType.PROTEST)
        mutual = use.entry.mutual and not verdict.flipped
        if not _is_complete(use, source, target, mutual=mutual) or _is_topic(use, uses, source, target):
            return None
        date = nearest(use, self._sentence, self._dates, self._of_token)
        self._settle(verdict, source, date)
        return Coding(use, source, target, verdict, date, mutual)

    def _settle(self, verdict: Verdict, source: Side, date: Timex | None) -> None:
        """What one says of oneself is asserted; what is dated after the publication is planned."""
        own_words = bool(actor_ids(verdict.attribution) & source.actor_ids) and verdict.polarity is Polarity.POSITIVE
        if verdict.modality is Modality.REPORTED and own_words:
            verdict.modality, verdict.attribution = Modality.ASSERTED, []
        published, earliest = self._published, date.earliest if date else None
        if verdict.modality is Modality.ASSERTED and published and earliest and earliest > published.latest:
            verdict.modality = Modality.PLANNED


def _is_crowd(source: Side) -> bool:
    return bool(source.units) and all(
        entity.kind is ActorKind.POPULATION for unit in source.units for entity in unit.entities
    )


def _is_complete(use: Use, source: Side, target: Side, *, mutual: bool) -> bool:
    """Whether the sides that the entry needs are filled, and at least one is."""
    entry = use.entry
    if mutual and entry.needs_source and entry.needs_target:
        return len(source.actor_ids | target.actor_ids) >= MIN_PARTIES
    if (entry.needs_source and not source.units) or (entry.needs_target and not target.units):
        return False
    return bool(source.units or target.units)


def _is_topic(use: Use, uses: list[Use], source: Side, target: Side) -> bool:
    """Whether a noun is only what a verb of its clause is about ("veroordeelde de aanval")."""
    if use.entry.kind is not EntryClass.NOUN or (source.units and target.units):
        return False
    return any(other.clause is use.clause and other.entry.kind is EntryClass.VERB for other in uses)
