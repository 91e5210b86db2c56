"""Text to tokens and sentences.

Comes in: clean text. Goes out: a spaCy `Doc` whose offsets are code points of the text, with sentence starts set.
Nothing fails: every text has tokens, and time is linear in its length.

Paragraphs end at blank lines. Inside them a sentence ends at a period, question or exclamation mark with the closing
quotes and brackets after it, unless the word is an abbreviation, an initial or an ordinal; a short line without final
punctuation is a heading and stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager

import numpy as np
import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from streamproc.contracts import Span
from streamproc.languages import Language

_OPENING = "\"'“„‘‚«»([{<—–-•*‹›”’"
_CLOSING = "\"'”“’»«)]}›‹"
_FINAL = ".!?…"
_DASHES = frozenset("-–—")

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n)[\s\S])*")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+(?:-[^\W\d_]\.)*")
_ORDINAL = re.compile(r"\d{1,3}\.|[a-zA-Z]\)")
_BULLET = re.compile(r"[-–—•*·▪►]|\d{1,3}[.)]|[a-zA-Z]\)")
_LONG_WORD = re.compile(r"\S{200,}")

# A heading is at most this long, and at most this much of the width of its paragraph: wrapped lines are wider.
_HEADING_MAX_WORDS = 14
_HEADING_MAX_WIDTH = 0.7


class Syntax:
    """Tokeniser and sentence splitter of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._nlp = spacy.blank(language.code)

    def read(self, text: str) -> Doc:
        """Tokens and sentences of `text`; `doc.text == text`."""
        doc = self._tokenise(text)
        starts = {start for start, _ in self.split(text)}
        # As an array: the setter of a single token looks through the whole document.
        flags = [1 if token.idx in starts or token.i == 0 else -1 for token in doc]
        doc.from_array(["SENT_START"], np.array(flags, dtype="int64").reshape(-1, 1).astype("uint64"))  # type: ignore[arg-type]  # its stub knows no numpy array
        return doc

    def reading(self) -> AbstractContextManager[object]:
        """Inside this context words are remembered; its docs are void after it.

        Without it the vocabulary of a long-lived process grows with every new word.
        """
        return self._nlp.memory_zone()

    def split(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of `text`, without surrounding white space, in order."""
        return [
            sentence
            for paragraph in _PARAGRAPH.finditer(text)
            for sentence in self._split_paragraph(text, *paragraph.span())
        ]

    def _tokenise(self, text: str) -> Doc:
        # spaCy strips affixes one by one: a word of n brackets costs n².
        # A long word is tokenised as letters, which it takes in one step.
        masked = _LONG_WORD.sub(lambda match: "x" * len(match.group()), text)
        doc = self._nlp.make_doc(masked)
        if masked == text:
            return doc
        words = [text[token.idx : token.idx + len(token)] for token in doc]
        return Doc(self._nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])

    def _split_paragraph(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        lines = [match.span() for match in _LINE.finditer(text, start, end)]
        width = max(line_end - line_start for line_start, line_end in lines)
        sentence: list[tuple[int, int]] = []
        for number, line in enumerate(lines):
            words = [match.span() for match in _WORD.finditer(text, *line)]
            following = _first_word(text, lines, number + 1)
            for index, word in enumerate(words):
                sentence.append(word)
                after = text[slice(*words[index + 1])] if index + 1 < len(words) else following
                if after and self._ends(
                    text[slice(*word)], after, text[slice(*sentence[-2])] if len(sentence) > 1 else ""
                ):
                    yield sentence[0][0], word[1]
                    sentence = []
            if (
                sentence
                and following
                and _breaks(text[slice(*line)].strip(), following, width, sentence[0] == words[0])
            ):
                yield sentence[0][0], sentence[-1][1]
                sentence = []
        if sentence:
            yield sentence[0][0], sentence[-1][1]

    def _ends(self, word: str, after: str, before: str) -> bool:
        """Whether a sentence ends between `word` and `after`; `before` is the word before in the sentence, or empty."""
        core = word.rstrip(_CLOSING)
        if not core or core[-1] not in _FINAL:
            return False
        opening = after.lstrip(_OPENING)
        if after in _DASHES or (opening[:1].islower() and not self._is_clitic(after)):
            return False
        if core[-1] != "." or core.endswith(".."):
            return True
        core = core.lstrip(_OPENING)
        if core.lower() in self._language.abbreviations or (not before and _ORDINAL.fullmatch(core)):
            return False
        if core.lower() in self._language.final_abbreviations or _INITIALS.fullmatch(core):
            return opening.lower().rstrip(",") in self._language.openers
        return True

    def _is_clitic(self, word: str) -> bool:
        """Whether `word` stays in lower case at the start of a sentence ("'s Avonds")."""
        return word[0] in "'’" and word.replace("’", "'").lower() in self._language.openers


def sentence_spans(doc: Doc) -> list[SpacySpan]:
    """The sentences of `doc` as spans of tokens, without surrounding white space; those of white space are left out."""
    spans = []
    for sentence in doc.sents:
        first, last = sentence.start, sentence.end
        while first < last and doc[first].is_space:
            first += 1
        while last > first and doc[last - 1].is_space:
            last -= 1
        if first < last:
            spans.append(doc[first:last])
    return spans


def sentences_of(doc: Doc) -> list[Span]:
    """Offsets of the sentences of `doc`."""
    return [Span(start=sentence.start_char, end=sentence.end_char) for sentence in sentence_spans(doc)]


def _first_word(text: str, lines: list[tuple[int, int]], number: int) -> str:
    """The first word of line `number` or of the next one that has a word; empty at the end."""
    for line in lines[number:]:
        match = _WORD.search(text, *line)
        if match:
            return match.group()
    return ""


def _breaks(line: str, following: str, width: int, whole: bool) -> bool:
    """Whether the sentence ends with `line`, though its last word does not end it; `whole`: the line began it."""
    if _BULLET.match(following) or line.endswith(";"):
        return True
    if following.lstrip(_OPENING)[:1].islower():
        return False
    return whole and len(line.split()) <= _HEADING_MAX_WORDS and len(line) <= _HEADING_MAX_WIDTH * width
