"""Tags, morphology, lemmas and dependency trees for sentences of a document.

Comes in: a spaCy `Doc` with sentences (`streamproc.analysis.syntax`) and which of them to parse. Goes out: the same
`Doc`, annotated there; its sentences are as before. `Parser` raises `ConfigurationError` where no pipeline can be
loaded; parsing fails for no text.

A sentence is parsed by itself, without white space, in a batch with sentences of similar length. What was not parsed,
that is white space and the sentences that were not asked for, has the label `unparsed` and hangs from the root of its
sentence, or from its first token where there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.symbols import DEP, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]  # a Cython module
from spacy.tokens import Doc, Token

import streamproc.analysis.lemmas  # noqa: F401  # registers the component that our pipelines name
from streamproc.errors import ConfigurationError

UNPARSED = "unparsed"
"""Label of tokens that were not parsed."""
SECOND_ROOT = "parataxis"
"""Label of a second root, which hangs from the first one: a sentence is one tree."""

_BATCH_SENTENCES = 128
_MAX_TOKENS = 250
"""Longer sentences are tables and lists, and only cost memory; each piece of this length is parsed by itself."""

_ATTRIBUTES = (POS, TAG, MORPH, LEMMA, DEP, HEAD)
_TAG, _MORPH, _LEMMA, _DEP, _HEAD = range(1, len(_ATTRIBUTES))
_UNUSED = ("ner", "entity_ruler", "senter", "sentencizer")
"""Components of other pipelines that nothing is read of."""


class _Rows:
    """The attributes of each token of a document, one row a token; at first nothing is parsed."""

    def __init__(self, doc: Doc, spans: Sequence[tuple[int, int]]) -> None:
        self._doc = doc
        self._spans = spans
        # Hashes take all 64 bits; heads are offsets, and may be negative.
        self._hashes = np.zeros((len(doc), len(_ATTRIBUTES)), dtype="uint64")
        self._hashes[:, _DEP] = doc.vocab.strings.add(UNPARSED)
        self._heads = np.arange(len(doc))
        for start, end in spans:
            self._heads[start:end] = start

    def write(self, pieces: Sequence[Sequence[Token]], parsed: Sequence[Doc]) -> None:
        """Takes over what was found for the tokens of the pieces."""
        positions = np.array([token.i for piece in pieces for token in piece])
        found = np.concatenate([doc.to_array(list(_ATTRIBUTES)) for doc in parsed])
        heads = found[:, _HEAD].astype("int64") + np.arange(len(found))
        self._hashes[positions] = found
        self._heads[positions] = positions[heads]
        self._intern(found, parsed[0])

    def _intern(self, found: np.ndarray, parsed: Doc) -> None:
        """Strings have the same hash in every vocabulary, but each must know them."""
        strings, vocab = parsed.vocab.strings, self._doc.vocab
        for column in (_TAG, _LEMMA, _DEP):
            for value in np.unique(found[:, column]):
                vocab.strings.add(strings[value])
        for value in np.unique(found[:, _MORPH]):
            vocab.morphology.add(strings[value])

    def joined(self) -> np.ndarray:
        """The rows as spaCy reads them, after all roots of a sentence but the first are hung from that."""
        unparsed, second_root = (self._doc.vocab.strings.add(label) for label in (UNPARSED, SECOND_ROOT))
        for start, end in self._spans:
            own = np.arange(start, end)
            is_parsed = self._hashes[start:end, _DEP] != unparsed
            roots = own[(self._heads[start:end] == own) & is_parsed]
            if len(roots):
                self._heads[roots[1:]] = roots[0]
                self._hashes[roots[1:], _DEP] = second_root
                self._heads[own[~is_parsed]] = roots[0]
        offsets = self._heads - np.arange(len(self._heads))
        self._hashes[:, _HEAD] = offsets.astype("uint64")
        return self._hashes


class Parser:
    """A spaCy pipeline: ours, or any that is installed."""

    def __init__(self, model: Path | str) -> None:
        """`model` is the folder of a pipeline or the name of an installed package. Raises `ConfigurationError`."""
        try:
            self._nlp: Language = spacy.load(model, exclude=_UNUSED)
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ConfigurationError(f"cannot load the spaCy pipeline {str(model)!r}: {reason}") from error
        if "parser" not in self._nlp.pipe_names:
            raise ConfigurationError(f"the spaCy pipeline {str(model)!r} has no parser")

    @property
    def version(self) -> str:
        """Name and version of the pipeline, for the record."""
        return f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def parse(self, doc: Doc, sentences: Collection[int]) -> None:
        """Annotates the sentences of `doc` that have these indices in `doc.sents`, in place.

        Sets part of speech, tag, features, lemma, head and label. Raises `IndexError` for a sentence that is not there.
        """
        spans = [(span.start, span.end) for span in doc.sents]
        wanted = [spans[index] for index in sorted(set(sentences))]
        pieces = [piece for start, end in wanted for piece in _pieces(doc, start, end)]
        rows = _Rows(doc, spans)
        # Words of the text would stay in the vocabulary of the pipeline for good.
        with self._nlp.memory_zone():
            if pieces:
                rows.write(pieces, self._parse_all(pieces))
        doc.from_array(list(_ATTRIBUTES), rows.joined())  # type: ignore[arg-type]  # its stub knows no numpy array

    def _parse_all(self, pieces: Sequence[Sequence[Token]]) -> list[Doc]:
        """The pieces parsed, in order; those of similar length go in one batch."""
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        docs = self._nlp.pipe((self._doc(pieces[index]) for index in order), batch_size=_BATCH_SENTENCES)
        parsed = dict(zip(order, docs, strict=True))
        return [parsed[index] for index in range(len(pieces))]

    def _doc(self, piece: Sequence[Token]) -> Doc:
        words = [token.text for token in piece]
        spaces = [bool(token.whitespace_) for token in piece]
        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=[index == 0 for index in range(len(words))])


def _pieces(doc: Doc, start: int, end: int) -> list[list[Token]]:
    """The tokens from `start` to `end` but white space, cut where they are too many."""
    tokens = [token for token in doc[start:end] if not token.is_space]
    return [tokens[first : first + _MAX_TOKENS] for first in range(0, len(tokens), _MAX_TOKENS)]
