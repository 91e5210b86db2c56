"""A document with its names marked, as training sees it. Nothing fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.vocab import Vocab

from streamproc.analysis.names import NameSpan
from streamproc.analysis.names.tagger import spans_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and their tags (O, B-PER, I-PER and so on), as many of the one as of the other."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Sentences that belong together."""

    name: str
    sentences: tuple[Sentence, ...]

    def doc(self, vocab: Vocab) -> Doc:
        """The document as run-time code takes it; words are separated by one space."""
        words = [word for sentence in self.sentences for word in sentence.words]
        starts: list[bool | int | None] = [
            position == 0 for sentence in self.sentences for position, _ in enumerate(sentence.words)
        ]
        return Doc(vocab, words=words, sent_starts=starts)

    def spans(self) -> Iterator[tuple[int, int, str]]:
        """Start, end (code points of the text of `doc`) and label of the names."""
        start = 0
        for sentence in self.sentences:
            offsets = []
            for word in sentence.words:
                offsets.append(start)
                start += len(word) + 1
            for first, end, label in spans_of(sentence.tags):
                yield offsets[first], offsets[end - 1] + len(sentence.words[end - 1]), label


def same_spans(found: Sequence[NameSpan]) -> set[tuple[int, int, str]]:
    """Start, end and label of `found`, to compare with `Document.spans`."""
    return {(span.start_char, span.end_char, span.label) for span in found}
