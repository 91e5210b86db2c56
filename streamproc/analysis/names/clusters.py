"""Word clusters: words that are used alike share a number.

Comes in: ``clusters.tsv.gz`` with lower-case word, cluster and case (how often the word has a capital inside sentences:
0 never to 3 always). Goes out: a table. Raises `DataError` for a malformed file.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from streamproc.errors import DataError

CLUSTERS_FILE = "clusters.tsv.gz"
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class WordClass:
    """What is known of the use of a word."""

    cluster: str
    case: str
    """0: never with a capital inside sentences, to 3: always."""


def load_clusters(folder: Path) -> Mapping[str, WordClass]:
    """The clusters in `folder`, by lower-case word. Raises `DataError`."""
    path = folder / CLUSTERS_FILE
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    shared: dict[tuple[str, str], WordClass] = {}
    table: dict[str, WordClass] = {}
    for number, line in enumerate(lines, 1):
        fields = line.split("\t")
        if len(fields) != _COLUMNS:
            raise DataError(f"{path}:{number}: expected a word, a cluster and a case")
        word, cluster, case = fields
        key = (cluster, case)
        if key not in shared:
            shared[key] = WordClass(cluster, case)
        table[word] = shared[key]
    return table
