"""Document to names: chunks, features, conditional random field, spans, vote.

Comes in: the folder of a model, then documents. Goes out: `NameSpan` records. `DataError` is raised when the folder
does not validate; tagging does not fail.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pycrfsuite  # type: ignore[import-untyped]  # has no stubs
from spacy.tokens import Doc

from streamproc.analysis.names.clusters import load_clusters
from streamproc.analysis.names.features import FeatureExtractor
from streamproc.analysis.names.gazetteer import load_gazetteer
from streamproc.analysis.names.span import LABELS, NameSpan
from streamproc.analysis.names.vote import vote
from streamproc.errors import DataError

WEIGHTS_FILE = "names.crfsuite"
GAZETTEERS_FOLDER = "gazetteers"
COMMON_WORDS_FILE = "common_words.txt.gz"

MAX_CHUNK_WORDS = 150
"""Longer sentences are cut: the memory of the random field grows with the length of what it sees."""


class Model(Protocol):
    """What tagging needs of a conditional random field."""

    def set(self, xseq: pycrfsuite.ItemSequence) -> None:
        """Takes the features of a chunk."""

    def tag(self) -> list[str]:
        """Labels of the chunk."""

    def marginal(self, y: str, pos: int) -> float:
        """Probability of the label `y` at `pos`."""


class NameTagger:
    """Finds the names in documents of one language. Not for use by several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Loads the model in `folder`. Raises `DataError`."""
        self._extractor = load_extractor(folder)
        self._model = load_model(folder / WEIGHTS_FILE)

    def tag(self, doc: Doc) -> list[NameSpan]:
        """The names in `doc`, in order; offsets are code points of `doc.text`."""
        return tag_with(self._model, self._extractor, doc)


def tag_with(model: Model, extractor: FeatureExtractor, doc: Doc) -> list[NameSpan]:
    """The names in `doc` by a model that is at hand."""
    chunks = chunks_of(doc)
    spans: list[NameSpan] = []
    texts: list[str] = []
    context = extractor.context([words for _, words in chunks])
    for offsets, words in chunks:
        model.set(pycrfsuite.ItemSequence(extractor.features(words, context)))
        for first, end, label in spans_of(model.tag()):
            confidence = min(
                model.marginal(f"{'I' if position > first else 'B'}-{label}", position)
                for position in range(first, end)
            )
            start_char, end_char = offsets[first], offsets[end - 1] + len(words[end - 1])
            spans.append(NameSpan(start_char, end_char, label, round(confidence, 4)))
            texts.append(" ".join(words[first:end]))
    return vote(spans, texts)


def chunks_of(doc: Doc) -> list[tuple[list[int], list[str]]]:
    """Offsets and words of the sentences of `doc`, long ones cut, without white space."""
    starts = doc.to_array("SENT_START").tolist() if doc.has_annotation("SENT_START") else [0] * len(doc)
    chunks: list[tuple[list[int], list[str]]] = []
    offsets: list[int] = []
    words: list[str] = []
    for token, start in zip(doc, starts, strict=True):
        if words and (start == 1 or len(words) >= MAX_CHUNK_WORDS):
            chunks.append((offsets, words))
            offsets, words = [], []
        text = token.text
        if not text.isspace():
            offsets.append(token.idx)
            words.append(text)
    if words:
        chunks.append((offsets, words))
    return chunks


def spans_of(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First word, end and label of the names that `tags` (B-PER, I-PER, O and so on) mark, in order."""
    first, label = 0, ""
    for position, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield first, position, label
            label = ""
        if tag != "O" and not label:
            first, label = position, tag[2:]


def load_model(path: Path) -> Model:
    """The weights in `path`. Raises `DataError`."""
    tagger = pycrfsuite.Tagger()
    try:
        # Not open_inmemory: it reads on in the bytes that it is given, without keeping them.
        tagger.open(str(path))
        labels = set(tagger.labels())
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error
    if not labels <= {"O", *(f"{place}-{label}" for place in "BI" for label in LABELS)}:
        raise DataError(f"{path}: labels are {sorted(labels)}")
    model: Model = tagger
    return model


def load_extractor(folder: Path) -> FeatureExtractor:
    """The lists in `folder`. Raises `DataError`."""
    gazetteer = load_gazetteer(folder / GAZETTEERS_FOLDER)
    return FeatureExtractor(gazetteer, load_clusters(folder), _read_common_words(folder / COMMON_WORDS_FILE))


def _read_common_words(path: Path) -> frozenset[str]:
    try:
        return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
