"""When an article was published, as precisely as its sender said."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from streamproc.contracts.base import Record


class DatePrecision(StrEnum):
    """The smallest unit that the sender gave."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class Published(Record):
    """A publication date that may be known only to the month or year."""

    value: str
    """As given, in ISO 8601: `2019`, `2019-03`, `2019-03-03` or an RFC 3339 time."""
    precision: DatePrecision
    earliest: dt.date
    """First day that `value` allows."""
    latest: dt.date
    """Last day that `value` allows; equal to `earliest` when the day is known."""
