"""What was trained, and its scores, to a model card in Markdown beside the weights. Raises `OSError`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.names.evaluate import Scores, table
from training.names.fit import L1, L2, MAX_ITERATIONS
from training.names.tables import sizes_of

CARD_FILE = "MODEL_CARD.md"

_HEAD_FILE = Path(__file__).with_suffix(".md")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card tells of a training run."""

    documents: Mapping[str, tuple[int, int, int]]
    """Sentences, words and names by material."""
    names_by_list: Mapping[str, int]
    clustered_words: int
    clusters: int
    seconds: float
    """Of one core, without evaluation."""
    hashes: Mapping[str, str]
    """SHA-256 by material."""


def write_card(folder: Path, facts: Facts, scores: Scores) -> None:
    """Writes the card of the model in `folder`."""
    material = [f"| {name} | {s:,} | {w:,} | {n:,} |" for name, (s, w, n) in facts.documents.items()]
    files = {name: size for name, size in sizes_of(folder).items() if name != CARD_FILE}
    lines = [
        _HEAD_FILE.read_text(encoding="utf-8"),
        "## Scores\nExact span and label. Some lists were written by people who had read the articles.\n",
        table(scores),
        "\n## Training\n| material | sentences | words | names |\n|---|---|---|---|",
        *material,
        "\nEach document is seen twice: as it is, and with names of persons, organisations and places",
        "swapped for listed or made-up ones while half of the lists are hidden.",
        f"L-BFGS, {MAX_ITERATIONS} iterations, L1 {L1}, L2 {L2};",
        f"{facts.clusters} clusters of {facts.clustered_words:,} words; {facts.seconds:,.0f} seconds on one core.\n",
        "| list | names |\n|---|---|",
        *(f"| {name} | {count:,} |" for name, count in facts.names_by_list.items()),
        "\n## Files\n| file | bytes |\n|---|---|",
        *(f"| {name} | {size:,} |" for name, size in files.items()),
        f"| all | {sum(files.values()):,} |",
        "\n## Data hashes (SHA-256)\n| material | hash |\n|---|---|",
        *(f"| {name} | `{value}` |" for name, value in facts.hashes.items()),
    ]
    (folder / CARD_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
