"""The words of a language that tell of time, in classes.

In: `lexicon.yaml` of a language. Out: `Lexicon`, which reads the token at an index: what it may stand for, with which
value, over how many tokens. `DataError` on a file that does not validate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from streamproc.analysis.dates.feasts import Feast
from streamproc.analysis.dates.numerals import numeral_readings
from streamproc.analysis.dates.source import Source, load_model
from streamproc.analysis.dates.tokens import Tokens, tokenise
from streamproc.contracts.timex import TimexModifier

Value = int | float | str | list[int | float | str]


class Compound(BaseModel):
    """Words written as one: every word of the first class with every word of the second; the value is that of both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: tuple[str, str]
    joiners: list[str] = [""]


class LexiconFile(BaseModel):
    """`lexicon.yaml`: words are folded (lower case, straight apostrophes) and may be several tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: dict[str, dict[str, Value]]
    compounds: dict[str, Compound] = {}
    feasts: dict[str, Feast]
    """The class `feast`: names of feasts and their days."""
    names: list[str] = []
    """Classes whose words are names, not times, where they have a capital inside a sentence."""
    modifiers: dict[str, TimexModifier] = {}
    """Words before an amount that make it a bound or vague; they stay outside the span."""
    date_order: Literal["dmy", "mdy", "ymd"] = "dmy"
    """Order of the fields in numeric dates that do not start with a year of four digits."""
    max_words: int = Field(default=4, ge=1, le=8)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the tokens from an index on may stand for: a literal word or a class, and its value."""

    symbol: str
    value: Any
    length: int


class Lexicon:
    """Reads tokens. `literals` are the words that the grammar names, besides those in classes."""

    def __init__(self, file: LexiconFile) -> None:
        self.file = file
        self._read_numeral = lru_cache(maxsize=1 << 12)(self._numeral)
        self._entries: dict[str, list[tuple[tuple[str, ...], Reading, bool]]] = {}
        for name, words in _all_classes(file).items():
            for word, value in words.items():
                self._enter(tokenise(word).words, f"<{name}>", value, name in file.names)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    @classmethod
    def load(cls, source: Source) -> Lexicon:
        """The lexicon of a `lexicon.yaml`. Raises `DataError`."""
        return cls(load_model(source, LexiconFile))

    def _numeral(self, word: str) -> list[Reading]:
        return [Reading(symbol, value, 1) for symbol, value in numeral_readings(word, self.file.date_order)]

    def _enter(self, words: list[str], symbol: str, value: Any, may_be_name: bool) -> None:
        value = tuple(value) if isinstance(value, list) else value
        entry = (tuple(words[1:]), Reading(symbol, value, len(words)), may_be_name)
        self._entries.setdefault(words[0], []).append(entry)

    def add_literal(self, word: str) -> None:
        """Let `word` be read as itself."""
        if not any(reading.symbol == word for _, reading, _ in self._entries.get(word, [])):
            self._entries.setdefault(word, []).append(((), Reading(word, None, 1), False))

    @property
    def symbols(self) -> set[str]:
        """The classes that there are."""
        named = {f"<{name}>" for name in _all_classes(self.file)}
        return named | {f"<{name}>" for name in NUMERAL_CLASSES}

    def read(self, tokens: Tokens, index: int, end: int) -> list[Reading]:
        """What the tokens from `index` on may stand for, within a sentence that ends before token `end`."""
        word = tokens.words[index]
        if is_numeral(word):
            return self._read_numeral(word)
        entries = self._entries.get(word)
        if entries is None:
            return []
        words = tokens.words
        return [
            reading
            for rest, reading, may_be_name in entries
            if (not rest or (index + len(rest) < end and tuple(words[index + 1 : index + 1 + len(rest)]) == rest))
            and not (may_be_name and _is_name(tokens, index))
        ]

    def first_words(self, symbols: set[str]) -> Iterator[str]:
        """The words that a reading with one of `symbols` may start with."""
        for word, entries in self._entries.items():
            if any(reading.symbol in symbols for _, reading, _ in entries):
                yield word


NUMERAL_CLASSES = (
    "int",
    "number",
    "day",
    "hour",
    "minute",
    "year",
    "short_year",
    "clock",
    "full_date",
    "short_date",
    "year_month",
    "years",
    "days",
)
"""Classes of tokens in digits, which every language has; see `numerals.py`."""


def is_numeral(word: str) -> bool:
    """Whether the token is read by `numerals.py`."""
    return word[:1].isdigit() or (word[:1] == "'" and word[1:].isdigit())


def _is_name(tokens: Tokens, index: int) -> bool:
    if not tokens.capitalised(index) or index == 0:
        return False
    before = tokens.words[index - 1]
    # After a word or a comma, a capital is no longer that of a sentence or a quotation; headlines in capitals are.
    return (
        (before[-1:].isalpha() or before == ",")
        and not tokens.text[tokens.starts[index] : tokens.ends[index]].isupper()
        and tokens.text.find("\n", tokens.ends[index - 1], tokens.starts[index]) < 0
    )


def _all_classes(file: LexiconFile) -> dict[str, dict[str, Any]]:
    classes: dict[str, dict[str, Any]] = {name: dict(words) for name, words in file.classes.items()}
    classes["feast"] = dict(file.feasts)
    for name, compound in file.compounds.items():
        first, second = (file.classes[part] for part in compound.of)
        classes.setdefault(name, {}).update(
            (left + joiner + right, (left_value, right_value))
            for (left, left_value), joiner, (right, right_value) in product(
                first.items(), compound.joiners, second.items()
            )
        )
    if "number" in classes:
        classes["int"] = {word: value for word, value in classes["number"].items() if isinstance(value, int)}
    return classes
