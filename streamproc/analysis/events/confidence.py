"""How sure: a log-linear score of what the coding of an event rests on.

The weights are data (`confidence.tsv`), fitted on articles of our own, so that of the events with confidence p about
a share p is right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from streamproc.analysis.events.tables import read_rows
from streamproc.errors import DataError


class Confidence:
    """Weights of features."""

    def __init__(self, path: Path) -> None:
        """Reads `path`. Raises `DataError`."""
        self._weights: dict[str, float] = {}
        for row in read_rows(path, ("feature", "weight")):
            try:
                self._weights[row["feature"]] = float(row["weight"])
            except ValueError as error:
                raise row.error(f"{row['weight']!r} is no number") from error
        if "bias" not in self._weights:
            raise DataError(f"{path}: no bias")

    def probability(self, features: Iterable[str]) -> float:
        """Probability that an event with these features is right, to three places; unknown ones weigh nothing."""
        score = self._weights["bias"] + sum(self._weights.get(feature, 0.0) for feature in features)
        return round(1.0 / (1.0 + math.exp(-score)), 3)
