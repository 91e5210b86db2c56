"""Time expressions, after TIMEX3 (ISO-TimeML), with the interval that they may span."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from streamproc.contracts.base import Confidence, Span


class TimexType(StrEnum):
    """The four types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class TimexModifier(StrEnum):
    """The `mod` attribute of TIMEX3, as far as it is used."""

    START = "START"
    MID = "MID"
    END = "END"
    APPROX = "APPROX"
    MORE_THAN = "MORE_THAN"
    LESS_THAN = "LESS_THAN"


class TimexPrecision(StrEnum):
    """The smallest unit that the expression itself tells; `vague` has none ("onlangs")."""

    TIME = "time"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


class Timex(Span):
    """One time expression. A day that neither the text nor `published` gives is never made up."""

    text: str
    type: TimexType
    value: str
    """TIMEX3 value: `2019-02`, `2019-03-02TEV`, `P3D`, `PAST_REF`; `XXXX-WXX-6` is a Saturday not known which."""
    mod: TimexModifier | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    """Days that `value` may span; null where open or unknown."""
    candidates: list[str] = []
    """The values that a masked `value` may have, at most 31; empty where the value is exact."""
    precision: TimexPrecision
    rule: str
    confidence: Confidence
