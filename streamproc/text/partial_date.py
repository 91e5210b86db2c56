"""When an article was published: a day, or only its month or year.

Comes in: what the sender wrote. Goes out: a `Published`, or None for what is no date. Nothing is raised.

Taken are, with blanks around,

- ISO 8601 of any precision: `2019`, `2019-03`, `2019-03-03`, `2019-03-03T12:00:00+01:00`; leniently also with
  a space or `t` for `T`, without seconds, with a fraction, without a zone, with zones such as `z`, `+0100`, `UTC`;
- the date of mail and RSS (RFC 2822): `Sun, 03 Mar 2019 12:00:00 +0100`, with or without weekday, seconds and time.
  The weekday is not checked. Of named zones the usual ones are known; of others the time is taken as local.

The day is the one written, the local day of the sender: zones do not move it. Years run from 1 to 9999, hours from
00 to 23. A leap second is written as :59, for few readers take :60.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from streamproc.contracts import DatePrecision, Published

_ISO = re.compile(
    r"""
    (?P<year>\d{4}) (?: -(?P<month>\d{2}) (?: -(?P<day>\d{2})
        (?: (?: [Tt] | \ {1,3} )
            (?P<hour>\d{2}):(?P<minute>\d{2}) (?: :(?P<second>\d{2}) (?: [.,](?P<fraction>\d{1,9}) )? )?
            \ {0,3} (?P<zone> [Zz] | UTC | GMT | [+-]\d{2}(?::?\d{2})? )?
        )?
    )? )?
    """,
    re.VERBOSE | re.ASCII,
)
_MAIL = re.compile(
    r"""
    (?: [A-Za-z]{3,9}, \s{0,3} )?
    (?P<day>\d{1,2}) \s{1,3} (?P<month_name>[A-Za-z]{3}) \s{1,3} (?P<year>\d{4})
    (?: \s{1,3} (?P<hour>\d{2}):(?P<minute>\d{2}) (?: :(?P<second>\d{2}) )?
        (?: \s{0,3} (?P<zone> [A-Za-z]{1,4} | [+-]\d{4} ) )? (?: \s{0,3} \([^()]{0,20}\) )?
    )?
    """,
    re.VERBOSE | re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_BY_NAME = {name: number for number, name in enumerate(_MONTHS, start=1)}
_ZONES_BY_OFFSET = {
    "Z": "z ut utc gmt wet",
    "+01:00": "west bst cet met",
    "+02:00": "cest mest eet",
    "+03:00": "eest msk",
    "-04:00": "edt",
    "-05:00": "est cdt",
    "-06:00": "cst mdt",
    "-07:00": "mst pdt",
    "-08:00": "pst",
}
_OFFSET_BY_ZONE = {zone: offset for offset, zones in _ZONES_BY_OFFSET.items() for zone in zones.split()}
_LEAP_SECOND = 60


def parse_published(value: str) -> Published | None:
    """`value` as a date of its own precision, in ISO 8601; None where it is not one that exists."""
    match = _ISO.fullmatch(value.strip()) or _MAIL.fullmatch(value.strip())
    if match is None:
        return None
    try:
        return _published({name: text for name, text in match.groupdict().items() if text})
    except ValueError:  # a day or time that the calendar or the clock does not have
        return None


def _published(parts: dict[str, str]) -> Published:
    year = int(parts["year"])
    month = _month(parts)
    if month is None:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        return Published(value=f"{year:04}", precision=DatePrecision.YEAR, earliest=first, latest=last)
    if "day" not in parts:
        first = dt.date(year, month, 1)
        last = first.replace(day=calendar.monthrange(year, month)[1])
        return Published(value=f"{year:04}-{month:02}", precision=DatePrecision.MONTH, earliest=first, latest=last)
    day = dt.date(year, month, int(parts["day"]))
    if "hour" not in parts:
        return Published(value=day.isoformat(), precision=DatePrecision.DAY, earliest=day, latest=day)
    value = f"{day.isoformat()}T{_time(parts)}"
    return Published(value=value, precision=DatePrecision.TIME, earliest=day, latest=day)


def _month(parts: dict[str, str]) -> int | None:
    if "month_name" not in parts:
        return int(parts["month"]) if "month" in parts else None
    name = parts["month_name"].lower()
    if name not in _MONTH_BY_NAME:
        raise ValueError(name)
    return _MONTH_BY_NAME[name]


def _time(parts: dict[str, str]) -> str:
    second = int(parts.get("second", "0"))
    second = second - 1 if second == _LEAP_SECOND else second
    time = dt.time(int(parts["hour"]), int(parts["minute"]), second)
    fraction = f".{parts['fraction']}" if "fraction" in parts else ""
    return f"{time.isoformat()}{fraction}{_offset(parts.get('zone', ''))}"


def _offset(zone: str) -> str:
    if zone[:1] not in {"+", "-"}:
        return _OFFSET_BY_ZONE.get(zone.lower(), "")
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = dt.time(int(digits[:2]), int(digits[2:]))  # the range that RFC 3339 gives offsets is that of a clock
    return f"{zone[0]}{offset.isoformat('minutes')}"
