"""Which language an article is in.

Comes in: the tag that the sender gave, or the text. Goes out: an ISO 639-1 code and a confidence, 0 to 1. Nothing
fails but the reading of `languages.tsv`, whose mistakes are a `DataError`.

Of a text up to 2,000 characters are looked at: its start and its middle, lest a preface in another language decides.
The probabilities of py3langid over the languages of the table are weighted with their weights there, and those of the
languages that are expected count twice.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from streamproc.errors import DataError

UNDETERMINED = "und"
"""The code, of ISO 639-2, of a text that might be in any language."""

_TABLE = "languages.tsv"
_COLUMNS = ("code", "weight", "names")
_SAMPLE_CHARACTERS = 1_000
# Below it the text has nothing to go by, such as numbers, a name or a URL.
_MIN_CONFIDENCE = 0.15
# Of Dutch sentences under 30 characters 67 % are told rather than 54 %; 3 would let some Afrikaans sentences pass.
_EXPECTED_WEIGHT = 2.0
_UNSTATED_TAGS = frozenset({UNDETERMINED, "mul", "mis", "zxx", "unknown", "auto"})


@dataclass(frozen=True, slots=True)
class KnownLanguages:
    """The table: what weighs how much, and which name means what."""

    weight_by_code: dict[str, float]
    code_by_name: dict[str, str]


class Detector(Protocol):
    """As much of py3langid's identifier as is used."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Languages with their probabilities."""


def named_language(tag: str) -> str | None:
    """ISO 639-1 code of a BCP 47 tag (`nl-BE`, `NL_nl`), ISO 639-2 code (`dut`) or name (`Nederlands`).

    A tag that is not in the table is given back in lower case, without its subtags; None is for tags that say nothing
    (`und`, `unknown`).
    """
    name = tag.strip().casefold()
    code_by_name = known_languages().code_by_name
    primary = name.replace("_", "-").partition("-")[0]
    code = code_by_name.get(name) or code_by_name.get(primary) or primary
    return None if code in _UNSTATED_TAGS else code


def detect_language(text: str, expected: frozenset[str]) -> tuple[str, float]:
    """The most probable language of `text` and its probability, in four decimals; `und` where none stands out.

    `expected` are the languages that can be analysed: streams are mostly in them, so they weigh more.
    """
    weighted = {code: chance * _weight(code, expected) for code, chance in detector().rank(_sample(text))}
    best = max(weighted, key=weighted.__getitem__)
    # Rounded: the last bits differ between processors, and records are to be equal byte by byte.
    confidence = round(min(weighted[best] / sum(weighted.values()), 1.0), 4)
    return (best if confidence >= _MIN_CONFIDENCE else UNDETERMINED), confidence


def _weight(code: str, expected: frozenset[str]) -> float:
    return known_languages().weight_by_code[code] * (_EXPECTED_WEIGHT if code in expected else 1.0)


@functools.cache
def detector() -> Detector:
    """The loaded model, half a second at the first call; one of our own, for py3langid's own is shared and global."""
    from py3langid import langid  # noqa: PLC0415  # 0.1 s that articles with a language given need not wait for

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(known_languages().weight_by_code)
    return identifier  # type: ignore[no-any-return]  # py3langid has no types


def _sample(text: str) -> str:
    if len(text) <= 2 * _SAMPLE_CHARACTERS:
        return text
    middle = max(_SAMPLE_CHARACTERS, (len(text) - _SAMPLE_CHARACTERS) // 2)
    return f"{text[:_SAMPLE_CHARACTERS]}\n{text[middle : middle + _SAMPLE_CHARACTERS]}"


@functools.cache
def known_languages() -> KnownLanguages:
    """`languages.tsv`, read once."""
    return parse_languages((files(__package__) / _TABLE).read_text(encoding="utf-8"), _TABLE)


def parse_languages(table: str, file: str) -> KnownLanguages:
    """The languages of `table`, the text of `file`. Raises `DataError` with file and line."""
    weight_by_code: dict[str, float] = {}
    code_by_name: dict[str, str] = {}
    rows = [(number, line) for number, line in enumerate(table.splitlines(), start=1) if line and line[0] != "#"]
    if not rows or tuple(rows[0][1].split("\t")) != _COLUMNS:
        raise DataError(f"{file}: the first row must be {' '.join(_COLUMNS)}, parted by tabs")
    for number, line in rows[1:]:
        code, weight, names = _row(line, f"{file}:{number}")
        weight_by_code[code] = weight
        for name in (code, *names):
            if name in code_by_name:
                raise DataError(f"{file}:{number}: {name!r} is taken by {code_by_name[name]!r}")
            code_by_name[name] = code
    return KnownLanguages(weight_by_code, code_by_name)


def _row(line: str, place: str) -> tuple[str, float, list[str]]:
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise DataError(f"{place}: {len(cells)} columns, not {len(_COLUMNS)}")
    code, weight, names = cells
    try:
        value = float(weight)
    except ValueError:
        value = 0.0
    if not 0.0 < value <= 1.0:
        raise DataError(f"{place}: weight {weight!r} is not a number above 0 and up to 1")
    return code, value, [name.strip().casefold() for name in names.split(",") if name.strip()]
