"""Tokens in digits: numbers, years, clock times, numeric dates.

In: a token of `tokens.py`. Out: what it may stand for, as symbols of the grammar with values. Nothing fails; a token
that is none of these (a score, a telephone number) has no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_MAX_LENGTH = 12
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)$")
_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2'?(\d{4}|\d\d)$")
_ISO_DATE = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)$")
_SHORT_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})$")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_YEARS = re.compile(r"(\d{4})[-/]'?(\d{4}|\d\d)$")
_DECIMAL = re.compile(r"\d{1,4},\d{1,2}$")
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}$")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_TWO_DIGITS, _FOUR_DIGITS, _MAX_DIGITS = 2, 4, 5
_DAYS_IN_MONTH, _MONTHS, _HOURS, _MINUTES = 31, 12, 24, 59

Readings = tuple[tuple[str, Any], ...]


def numeral_readings(word: str, date_order: str) -> Readings:
    """The symbols and values that the token `word` may stand for; `date_order` as in the lexicon."""
    if len(word) > _MAX_LENGTH:
        return ()
    if word[0] == "'":
        return (("<short_year>", int(word[1:])),)
    if word.isascii() and word.isdigit():
        return _whole(word)
    return tuple(_compound(word, date_order))


def _whole(word: str) -> Readings:
    value = int(word)
    readings: list[tuple[str, Any]] = []
    if len(word) <= _MAX_DIGITS:  # more is an amount of money, a telephone number or a code
        readings += [("<int>", value), ("<number>", value)]
    if len(word) <= _TWO_DIGITS:
        readings += [("<day>", value)] if 1 <= value <= _DAYS_IN_MONTH else []
        readings += [("<hour>", value)] if value <= _HOURS else []
        readings += [("<minute>", value)] if value <= _MINUTES else []
    if len(word) == _FOUR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        readings.append(("<year>", value))
    return tuple(readings)


def _compound(word: str, date_order: str) -> list[tuple[str, Any]]:
    return [*_clock(word), *_dates(word, date_order), *_years(word), *_decimal(word)]


def _clock(word: str) -> Iterator[tuple[str, Any]]:
    if match := _CLOCK.match(word):
        yield "<clock>", (int(match[1]), int(match[2]))


def _dates(word: str, date_order: str) -> Iterator[tuple[str, Any]]:
    if match := _DATE.match(word):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (second, first) if date_order == "mdy" else (first, second)
        # 1.10.42 is the time of a race.
        if 1 <= month <= _MONTHS and (len(match[4]) > _TWO_DIGITS or match[2] != "."):
            yield "<full_date>", (year, month, day)
    if match := _ISO_DATE.match(word):
        yield "<full_date>", (int(match[1]), int(match[3]), int(match[4]))
    if match := _SHORT_DATE.match(word):
        first, second = int(match[1]), int(match[2])
        month, day = (first, second) if date_order == "mdy" else (second, first)
        if 1 <= month <= _MONTHS and 1 <= day <= _DAYS_IN_MONTH:
            yield "<short_date>", (month, day)
        if "-" in word and 1 <= first < second <= _DAYS_IN_MONTH:
            yield "<days>", (first, second)


def _years(word: str) -> Iterator[tuple[str, Any]]:
    if match := _YEARS.match(word):
        first, second = int(match[1]), int(match[2])
        second += first // 100 * 100 if len(match[2]) == _TWO_DIGITS else 0
        if _FIRST_YEAR <= first < second <= _LAST_YEAR:
            yield "<years>", (first, second)
    if (match := _YEAR_MONTH.match(word)) and 1 <= int(match[2]) <= _MONTHS:
        yield "<year_month>", (int(match[1]), int(match[2]))


def _decimal(word: str) -> Iterator[tuple[str, Any]]:
    if _DECIMAL.match(word):
        yield "<number>", float(word.replace(",", "."))
    elif _THOUSANDS.match(word):
        yield "<number>", int(word.replace(".", ""))
