"""Coverage-guided fuzzing of the date tagger: no exception, spans and intervals in order, whatever the text.

    make fuzz SECONDS=600

Texts are random characters, or words of the tagger's own lexicon and rules in random order, which reach deeper.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["streamproc.analysis.dates"]):
    from streamproc.analysis.dates import DateTagger

import spacy

import streamproc
from streamproc.text.partial_date import parse_published

_DATA = Path(streamproc.__file__).parent / "languages" / "nl" / "dates"
_PUBLISHED = [None, *map(parse_published, ("2019", "2019-03", "2019-03-03", "0001-01-01", "9999-12-31", "2020-02-29"))]
_NUMBERS = [
    *map(str, range(40)),
    "1999",
    "2019",
    "2100",
    "03-03-2019",
    "3/3/'19",
    "15.30",
    "3-0",
    "%",
    ".",
    ",",
    "-",
    "\n\n",
]
_MOST_CANDIDATES = 31

_tagger = DateTagger(_DATA)
_nlp = spacy.blank("nl")
_nlp.add_pipe("sentencizer")
_words = (
    sorted(
        {
            word
            for name in ("lexicon", "rules")
            for word in re.findall(r"[^\W\d_][\w'’]*", (_DATA / f"{name}.yaml").read_text())
        }
    )
    + _NUMBERS
)


def _text(provider: atheris.FuzzedDataProvider) -> str:
    if provider.ConsumeBool():
        count = provider.ConsumeIntInRange(1, 60)
        return " ".join(_words[provider.ConsumeIntInRange(0, len(_words) - 1)] for _ in range(count))
    return str(provider.ConsumeUnicodeNoSurrogates(2000))


def check(data: bytes) -> None:
    """Tag the text that `data` stands for, and look at what comes out."""
    provider = atheris.FuzzedDataProvider(data)
    published = _PUBLISHED[provider.ConsumeIntInRange(0, len(_PUBLISHED) - 1)]
    text = _text(provider)
    end = 0
    for timex in _tagger.tag(_nlp(text), published):
        assert text[timex.start : timex.end] == timex.text
        assert end <= timex.start < timex.end
        assert timex.earliest is None or timex.latest is None or timex.earliest <= timex.latest
        assert len(timex.candidates) <= _MOST_CANDIDATES
        end = timex.end


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
