"""The operations that the values of date rules are made of; they know no language.

All of them take periods, numbers and units under one supposed publication day and give a `Period`; one that has no
answer raises `OutsideCalendarError`. `OPERATIONS` names those that a rule may call; `expression.py` reads the calls.
All are monotone in the publication day: an earlier one never gives a later time (see `worlds.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from streamproc.analysis.dates import absolute, amounts, clock, recurrence
from streamproc.analysis.dates.periods import SEASON_MONTH, Period, Unit
from streamproc.analysis.dates.recurrence import Direction

OPERATIONS: dict[str, Callable[..., Period | amounts.Count]] = {
    operation.__name__: operation
    for operation in (
        # told from another time
        amounts.shift,
        amounts.shift_days,
        amounts.nth,
        amounts.negative,
        recurrence.season_shift,
        recurrence.weekday_in,
        recurrence.nth_weekday,
        # which one of those that recur
        recurrence.weekday,
        recurrence.date_near,
        recurrence.month_near,
        recurrence.season_near,
        recurrence.part_near,
        recurrence.feast,
        # told in full
        absolute.date,
        absolute.date_in,
        absolute.month,
        absolute.season,
        absolute.quarter,
        absolute.half,
        absolute.year,
        absolute.decade,
        absolute.decade_in,
        absolute.century,
        absolute.feast_in,
        # within a day
        clock.part,
        clock.clock,
        clock.spoken,
        clock.night,
        clock.same_day,
        # amounts and intervals
        amounts.length,
        amounts.length_half,
        amounts.window,
        amounts.during,
        amounts.span,
        amounts.vague,
    )
}
NAMES = (
    {str(value) for enum in (Unit, Direction) for value in enum} | set(SEASON_MONTH) | clock.PARTS | {amounts.UNKNOWN}
)
"""Words that a rule may use besides its captures."""
