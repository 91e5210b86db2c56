"""Tags, morphology, lemmas and dependency trees for sentences of a document.

Comes in: a spaCy `Doc` with sentences (`streamproc.analysis.syntax`) and which of them to parse. Goes out: the same `Doc`,
annotated there; its sentences are as before. `Parser` raises `ConfigurationError` where no pipeline can be loaded; parsing
fails for no text.

A sentence is parsed by itself, without white space, in a batch with sentences of similar length. What was not parsed, that
is white space and the sentences that were not asked for, hangs from the first token of its sentence as `unparsed`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token

from streamproc.analysis.lemmas import Lemmas
from streamproc.errors import ConfigurationError

UNPARSED = "unparsed"
"""Label of tokens that were not parsed."""
SECOND_ROOT = "parataxis"
"""Label of a second root, which hangs from the first one: a sentence is one tree."""

_BATCH_SENTENCES = 128
_MAX_TOKENS = 250
"""Longer sentences are tables and lists, and only cost memory; each piece of this length is parsed by itself."""

_ATTRIBUTES = (POS, TAG, MORPH, LEMMA, DEP, HEAD)
_UNUSED = ("ner", "entity_ruler", "senter", "sentencizer")
"""Components of other pipelines that nothing is read of."""


class Parser:
    """A spaCy pipeline: ours, or any that is installed."""

    def __init__(self, model: Path | str) -> None:
        """`model` is the folder of a pipeline or the name of an installed package. Raises `ConfigurationError`."""
        assert Lemmas  # its module registers the component that our pipelines name
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
        columns = _unparsed(doc, spans)
        # Lemmas and labels are strings of the pipeline's own vocabulary, which would grow with every new word.
        with self._nlp.memory_zone():
            for piece, parsed in zip(pieces, self._parse_all(pieces), strict=True):
                _write(piece, parsed, doc, columns)
        for start, end in wanted:
            _join(columns, start, end, doc)
        doc.from_array(list(_ATTRIBUTES), columns)

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
