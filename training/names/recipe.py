"""What the weights are trained on: documents as they are, and copies with names swapped and half of the lists hidden.

Comes in: documents and a feature extractor. Goes out: parts for `fit`. Seeded; nothing fails.
"""

from __future__ import annotations

from collections.abc import Sequence

from streamproc.analysis.names.features import FeatureExtractor
from training.names.document import Document
from training.names.fit import Part
from training.names.swap import read_pools, swapped, thinned

_HIDDEN_SHARE = 0.5


def parts(documents: Sequence[Document], extractor: FeatureExtractor, seed: int) -> list[Part]:
    """The `documents`, and one swapped copy of each."""
    gazetteer = extractor.gazetteer
    hidden = FeatureExtractor(thinned(gazetteer, _HIDDEN_SHARE, seed), extractor.word_classes, extractor.common_words)
    return [(documents, extractor), (swapped(documents, read_pools(gazetteer), seed), hidden)]
