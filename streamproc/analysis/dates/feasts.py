"""Feast days: on a fixed date, so many days from Easter, or on the nth weekday of a month.

In: a `Feast` of a lexicon and a year. Out: the day, or `OutsideCalendarError`.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from streamproc.analysis.dates.periods import add_days, make_date


class Feast(BaseModel):
    """When a feast is: `month` and `day`; `easter`, in days from Easter Sunday; or `month`, `weekday` and `nth`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    easter: int | None = None
    weekday: int | None = Field(default=None, ge=1, le=7)
    nth: int | None = Field(default=None, ge=1, le=5)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = {name for name in ("month", "day", "easter", "weekday", "nth") if getattr(self, name) is not None}
        if given not in ({"month", "day"}, {"easter"}, {"month", "weekday", "nth"}):
            raise ValueError("a feast has month and day, easter, or month, weekday and nth")
        return self


def easter_sunday(year: int) -> dt.date:
    """Easter of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return make_date(year, month, day + 1)


def feast_day(feast: Feast, year: int) -> dt.date:
    """The day of `feast` in `year`."""
    if feast.easter is not None:
        return add_days(easter_sunday(year), feast.easter)
    assert feast.month is not None
    if feast.day is not None:
        return make_date(year, feast.month, feast.day)
    assert feast.weekday is not None
    assert feast.nth is not None
    first = make_date(year, feast.month, 1)
    return add_days(first, (feast.weekday - first.isoweekday()) % 7 + 7 * (feast.nth - 1))
