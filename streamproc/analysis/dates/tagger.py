"""The date tagger: a text and its publication date in, time expressions with values out.

    doc ─▶ tokens ─▶ match (lexicon, grammar) ─▶ narrow (worlds) ─▶ resolve (algebra, tense, anchor) ─▶ [Timex]

In: a spaCy `Doc` with sentence starts, and `Published` or None. Out: `Timex` records, sorted, none overlapping. An
expression that names no day of the calendar (31 February) is left out. Loading raises `DataError`; tagging does not
fail.
"""

from __future__ import annotations

from spacy.tokens import Doc

from streamproc.analysis.dates.anchor import Anchors
from streamproc.analysis.dates.grammar import load_rules
from streamproc.analysis.dates.lexicon import Lexicon
from streamproc.analysis.dates.match import Matcher
from streamproc.analysis.dates.resolve import Place, Resolver
from streamproc.analysis.dates.source import Source
from streamproc.analysis.dates.tense import TenseTeller
from streamproc.analysis.dates.tokens import sentence_ranges, tokenise
from streamproc.analysis.dates.worlds import Worlds
from streamproc.contracts.published import Published
from streamproc.contracts.timex import Timex


class DateTagger:
    """Tags the time expressions of one language, whose `lexicon.yaml`, `rules.yaml` and `tense.yaml` are in `data`."""

    def __init__(self, data: Source) -> None:
        lexicon = Lexicon.load(data / "lexicon.yaml")
        self.rules = load_rules(data / "rules.yaml", lexicon)
        self._matcher = Matcher(self.rules, lexicon)
        self._resolver = Resolver(lexicon, TenseTeller.load(data / "tense.yaml"))

    def tag(self, doc: Doc, published: Published | None) -> list[Timex]:
        """The time expressions of `doc`, sorted by start; offsets are code points into `doc.text`."""
        text = doc.text
        tokens = tokenise(text)
        places = [
            Place(match, tokens, sentence, doc)
            for sentence in sentence_ranges(tokens, ((span.start_char, span.end_char) for span in doc.sents))
            for match in self._matcher.find(tokens, *sentence)
        ]
        worlds = self._resolver.narrow(Worlds.of(published), places)
        anchors = Anchors()
        tagged = (self._resolver.resolve(place, worlds, anchors) for place in places)
        return [timex for timex in tagged if timex is not None]
