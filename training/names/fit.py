"""Documents to the weights of a conditional random field. L-BFGS has no chance in it. Nothing fails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pycrfsuite  # type: ignore[import-untyped]  # has no stubs

from streamproc.analysis.names.features import FeatureExtractor
from training.names.document import Document

L1 = 0.05
L2 = 0.005
MAX_ITERATIONS = 80


Part = tuple[Iterable[Document], FeatureExtractor]
"""Documents and the features that they are seen by."""


def fit(path: Path, parts: Iterable[Part], iterations: int = MAX_ITERATIONS) -> None:
    """Trains on all `parts` and writes the weights to `path`."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for documents, extractor in parts:
        for document in documents:
            context = extractor.context([sentence.words for sentence in document.sentences])
            for sentence in document.sentences:
                rows = pycrfsuite.ItemSequence(extractor.features(sentence.words, context))
                trainer.append(rows, list(sentence.tags))
    trainer.set_params({"c1": L1, "c2": L2, "max_iterations": iterations, "feature.minfreq": 1})
    trainer.train(str(path))
