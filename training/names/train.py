r"""Trains the names model of Dutch: lists, clusters, weights, model card.

    python -m training.names.train --ud-ne DIR --treebank DIR --names DIR --words FILE --articles FILE \
        [--gold DIR] [--conll FILE] [--folds 5]

Comes in: the corpus of the project and material that is not part of it (`Sources`). Goes out: the files of
``streamproc/languages/nl/names/``. Deterministic: the same material gives the same bytes. Raises `OSError` where
material is absent.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline

from streamproc.analysis.names.tagger import WEIGHTS_FILE, load_extractor
from training.names.card import Facts, write_card
from training.names.clusters import build_clusters
from training.names.document import Document
from training.names.evaluate import add_score_arguments, measure
from training.names.fit import fit
from training.names.lists import build_lists
from training.names.recipe import parts
from training.names.sources import LANGUAGE, MODEL, Sources, read_material

SEED = 13
CLUSTERS = 200


def train(sources: Sources, folder: Path, nlp: Pipeline) -> Facts:
    """Writes lists, clusters and weights to `folder`; returns what the model card tells of them."""
    begun = time.process_time()
    folder.mkdir(parents=True, exist_ok=True)
    list_sizes = build_lists(folder, LANGUAGE, sources.wikiann(), sources.words, nlp)
    words = build_clusters(folder, sources.sentences(nlp), CLUSTERS, SEED)
    material = read_material(sources.ud_ne, sources.treebank, nlp)
    documents = [*material.articles, *material.invented, *material.treebanks]
    fit(folder / WEIGHTS_FILE, parts(documents, load_extractor(folder), SEED))
    return Facts(
        documents={
            "articles of our own": _counts(material.articles),
            "sentences of our own": _counts(material.invented),
            "UD Dutch": _counts(material.treebanks),
        },
        names_by_list=list_sizes,
        clustered_words=words,
        clusters=CLUSTERS,
        seconds=time.process_time() - begun,
        hashes=sources.hashes(),
    )


def _counts(documents: Sequence[Document]) -> tuple[int, int, int]:
    """Sentences, words and names of `documents`."""
    sentences = [sentence for document in documents for sentence in document.sentences]
    names = sum(1 for document in documents for _ in document.spans())
    return len(sentences), sum(len(sentence.words) for sentence in sentences), names


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the places of material that is not part of the project."""
    parser.add_argument("--ud-ne", type=Path, required=True, help="folder of nl-ud-ne.tsv and nl-ud-sentences.tsv")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the UD Dutch treebanks (.conllu.gz)")
    parser.add_argument("--names", type=Path, required=True, help="folder of wikiann-nl-train.conllu.gz")
    parser.add_argument("--words", type=Path, required=True, help="word list of OpenTaal (/usr/share/dict/dutch)")
    parser.add_argument("--articles", type=Path, required=True, help="Wikinews articles as JSON lines")


def main() -> None:
    """Trains, scores, and writes the model card."""
    parser = argparse.ArgumentParser(description="Trains the names model of Dutch")
    add_source_arguments(parser)
    add_score_arguments(parser)
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model (default: %(default)s)")
    arguments = parser.parse_args()
    nlp = spacy.blank("nl")
    sources = Sources(arguments.ud_ne, arguments.treebank, arguments.names, arguments.words, arguments.articles)
    facts = train(sources, arguments.out, nlp)
    write_card(arguments.out, facts, measure(arguments, arguments.out, nlp))


if __name__ == "__main__":
    main()
