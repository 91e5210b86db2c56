"""Text to word clusters.

Comes in: sentences as words. Goes out: ``clusters.tsv.gz``: for each word that is frequent enough its cluster
(spherical k-means over skip-gram vectors) and how often it has a capital inside sentences. Seeded, one thread; nothing
fails.
"""

from __future__ import annotations

import gzip
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import floret  # type: ignore[import-untyped]  # has no stubs
import numpy as np
import numpy.typing as npt

from streamproc.analysis.names.clusters import CLUSTERS_FILE

_DIMENSIONS = 40
_WINDOW = 3
_EPOCHS = 8
_MIN_COUNT = 3
_ROUNDS = 15
_CASE_STEPS = (0.02, 0.5, 0.98)

Vectors = npt.NDArray[np.float32]


def build_clusters(folder: Path, sentences: Sequence[Sequence[str]], clusters: int, seed: int) -> int:
    """Writes the clusters of the words of `sentences` to `folder`; returns the number of words."""
    words, vectors = _vectors(sentences)
    numbers = _k_means(vectors, clusters, seed)
    case = _case(sentences)
    lines = sorted(
        f"{word}\t{number}\t{case.get(word, '-')}"
        for word, number in zip(words, numbers, strict=True)
        if "\t" not in word
    )
    (folder / CLUSTERS_FILE).write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    return len(lines)


def _vectors(sentences: Sequence[Sequence[str]]) -> tuple[list[str], Vectors]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text("\n".join(" ".join(words).lower() for words in sentences), encoding="utf-8")
        model = floret.train_unsupervised(
            str(path), model="skipgram", dim=_DIMENSIONS, ws=_WINDOW, minCount=_MIN_COUNT, epoch=_EPOCHS,
            minn=0, maxn=0, thread=1, neg=5, verbose=0,
        )  # fmt: skip
    words = [word for word in model.words if word != "</s>"]
    vectors = np.array([model.get_word_vector(word) for word in words], dtype=np.float32)
    return words, vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _k_means(vectors: Vectors, clusters: int, seed: int) -> list[int]:
    centres = vectors[np.random.default_rng(seed).choice(len(vectors), clusters, replace=False)]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        for number in range(clusters):
            members = vectors[nearest == number]
            if len(members):
                centre = members.mean(axis=0)
                centres[number] = centre / (np.linalg.norm(centre) + 1e-9)
    return [int(number) for number in nearest]


def _case(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """By word: 0 where it never has a capital inside sentences, to 3 where it always has one."""
    upper: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for words in sentences:
        for word in words[1:]:
            every[word.lower()] += 1
            upper[word.lower()] += word[0].isupper()
    return {word: str(sum(upper[word] > step * count for step in _CASE_STEPS)) for word, count in every.items()}
