"""From a match to a record: tense, anchors and supposed publication days come together.

In: matches in the order of the text, `Worlds`, `Anchors`. Out: `Timex` records, or None for what names no time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from spacy.tokens import Doc

from streamproc.analysis.dates.anchor import Anchors
from streamproc.analysis.dates.expression import Expression, Scene
from streamproc.analysis.dates.lexicon import Lexicon
from streamproc.analysis.dates.match import Match
from streamproc.analysis.dates.periods import OutsideCalendarError, Period, Unit, day_period
from streamproc.analysis.dates.recurrence import Direction
from streamproc.analysis.dates.tense import TenseTeller
from streamproc.analysis.dates.tokens import Tokens
from streamproc.analysis.dates.worlds import Resolved, Worlds, resolve
from streamproc.contracts.timex import Timex, TimexModifier, TimexPrecision, TimexType

MAX_CHECKS = 8
"""Expressions of one document that may narrow its publication day."""

_CACHED = 1 << 12
"""Meanings that depend on nothing but the publication date are kept: "vrijdag" is asked for often."""
_UNTOLD = 0.8
"""What is left of the confidence where a direction is needed and no verb tells it."""
_DEICTIC = frozenset({"today", "tense"})
_PRECISION = {
    Unit.SECOND: TimexPrecision.TIME,
    Unit.MINUTE: TimexPrecision.TIME,
    Unit.HOUR: TimexPrecision.TIME,
    Unit.DAY: TimexPrecision.DAY,
    Unit.WEEK: TimexPrecision.WEEK,
    Unit.WEEKEND: TimexPrecision.DAY,
    Unit.MONTH: TimexPrecision.MONTH,
    Unit.QUARTER: TimexPrecision.QUARTER,
    Unit.HALF: TimexPrecision.MONTH,
    Unit.SEASON: TimexPrecision.SEASON,
    Unit.YEAR: TimexPrecision.YEAR,
    Unit.DECADE: TimexPrecision.DECADE,
    Unit.CENTURY: TimexPrecision.CENTURY,
}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """An expression with all that it depends on, but for the publication day."""

    expression: Expression
    captured: Mapping[str, object]
    tense: Direction
    ref: Resolved | None
    day: Resolved | None
    clock_part: str | None

    def __call__(self, today: dt.date) -> Period:
        publication = day_period(today)
        ref = self.ref.at(today) if self.ref else publication
        day = self.day.at(today) if self.day else publication
        result = self.expression.evaluate(Scene(today, ref, day, self.tense, self.clock_part), self.captured)
        assert isinstance(result, Period)
        return result


def _resolve_deictic(
    expression: Expression, captured: tuple[tuple[str, object], ...], tense: Direction, worlds: Worlds
) -> Resolved | None:
    return resolve(_Meaning(expression, dict(captured), tense, None, None, None), worlds)


@dataclass(frozen=True, slots=True)
class Place:
    """A match and where it stands."""

    match: Match
    tokens: Tokens
    sentence: tuple[int, int]
    doc: Doc

    @property
    def span(self) -> tuple[int, int]:
        """First token and the one after the last."""
        return self.match.first, self.match.last

    @property
    def checks(self) -> bool:
        """Whether it may tell the publication day."""
        return self.sentence[0] == 0 or not self.match.rule.file.check_in_lead


class Resolver:
    """Resolves matches by the lexicon and the tenses of one language."""

    def __init__(self, lexicon: Lexicon, tenses: TenseTeller) -> None:
        self._tenses = tenses
        self._modifiers = {tuple(words.split()): mod for words, mod in lexicon.file.modifiers.items()}
        self._resolve_deictic = lru_cache(maxsize=_CACHED)(_resolve_deictic)
        self._modifier_length = max(map(len, self._modifiers), default=0)

    def narrow(self, worlds: Worlds, places: Iterable[Place]) -> Worlds:
        """The publication days that agree with what the text says of its own day."""
        if not worlds.known or worlds.first == worlds.last:
            return worlds
        checks = [place for place in places if place.match.rule.check and place.checks]
        for place in checks[:MAX_CHECKS]:
            rule = place.match.rule
            expressions = [expression for expression in (rule.value, rule.check) if expression]
            meanings = [self._meaning(place, expression, Anchors()) for expression in expressions]
            if not rule.file.check_in_lead or meanings[0].tense is Direction.PAST:
                worlds = worlds.narrowed(partial(_agree, meanings))
        return worlds

    def _meaning(self, place: Place, expression: Expression, anchors: Anchors) -> _Meaning:
        uses = expression.anchors
        tense = Direction.NEAR
        if "tense" in uses:
            tense = self._tenses.direction(place.tokens, place.sentence, place.span, place.doc)
        return _Meaning(
            expression,
            place.match.captured,
            tense,
            anchors.last if "ref" in uses else None,
            anchors.day if "day" in uses else None,
            anchors.clock_part,
        )

    def resolve(self, place: Place, worlds: Worlds, anchors: Anchors) -> Timex | None:
        """The record of a match, which becomes what later matches refer to."""
        rule = place.match.rule
        anchors.enter(place.sentence[0])
        if rule.value is None:
            return None
        meaning = self._meaning(place, rule.value, anchors)
        resolved, told = self._resolved(meaning, worlds)
        if resolved is None:
            return None
        if rule.file.anchors and told and rule.file.type in (TimexType.DATE, TimexType.TIME):
            anchors.note(resolved, deictic=rule.file.story)
        untold = "tense" in rule.value.anchors and meaning.tense is Direction.NEAR
        return self._record(place, resolved, rule.file.confidence * (_UNTOLD if untold else 1.0))

    def _resolved(self, meaning: _Meaning, worlds: Worlds) -> tuple[Resolved | None, bool]:
        """What it means, and whether the text told all that it refers to."""
        expression = meaning.expression
        if expression.anchors <= _DEICTIC:
            return self._resolve_deictic(expression, tuple(meaning.captured.items()), meaning.tense, worlds), True
        depth = 1 + max((anchor.depth for anchor in (meaning.ref, meaning.day) if anchor), default=-1)
        # What refers to a time that the text has not told is as unknown as without a publication date.
        told = meaning.ref is not None or "ref" not in expression.anchors
        return resolve(meaning, worlds if told else Worlds.of(None), depth), told

    def _record(self, place: Place, resolved: Resolved, confidence: float) -> Timex:
        rule, tokens = place.match.rule, place.tokens
        assert rule.file.type is not None
        start, end = tokens.starts[place.match.first], tokens.ends[place.match.last - 1]
        return Timex(
            start=start,
            end=end,
            text=tokens.text[start:end],
            type=rule.file.type,
            value=resolved.value,
            mod=self._modifier(place),
            earliest=resolved.first,
            latest=resolved.last,
            candidates=resolved.candidates,
            precision=rule.file.precision or _precision(resolved.sample),
            rule=rule.id,
            confidence=round(confidence, 3),
        )

    def _modifier(self, place: Place) -> TimexModifier | None:
        rule = place.match.rule
        if rule.mod:
            return rule.mod
        if rule.mod_capture and (captured := place.match.captured.get(rule.mod_capture)):
            return TimexModifier(captured)
        first = place.match.first
        for count in range(min(self._modifier_length, first - place.sentence[0]), 0, -1):
            words = tuple(place.tokens.words[first - count : first])
            if words in self._modifiers:
                return self._modifiers[words]
        return None


def _precision(period: Period) -> TimexPrecision:
    if period.unit is None:
        return TimexPrecision.VAGUE
    tail = period.value.rpartition("T")[2] if "T" in period.value and period.unit is Unit.DAY else ""
    if tail:
        return TimexPrecision.TIME if tail[0].isdigit() else TimexPrecision.PART_OF_DAY
    return _PRECISION[period.unit]


def _agree(meanings: list[_Meaning], day: dt.date) -> bool:
    """Whether the meanings are the same day if `day` is the publication day."""
    try:
        return len({meaning(day).first for meaning in meanings}) == 1
    except OutsideCalendarError:
        return False
