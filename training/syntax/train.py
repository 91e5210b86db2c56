"""Trains the Dutch tagger and parser, and writes them as package data with their model card.

    python -m training.syntax.train --treebanks FOLDER

Comes in: the folder of the treebanks (see `training.syntax.corpus`). Goes out: the pipeline in
`streamproc/languages/nl/syntax`. Raises `FileNotFoundError` where a treebank is missing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import spacy

from training.syntax.corpus import Corpus, read_corpus, to_doc
from training.syntax.export import export
from training.syntax.fit import Phase, fit
from training.syntax.silver import tag_converted

CONFIG = Path(__file__).parent / "pipeline.cfg"
TARGET = Path(__file__).parents[2] / "streamproc" / "languages" / "nl" / "syntax"

TAGGING_STEPS = 400
"""Enough to tag the converted sentences: most of their words have a part of speech already."""
MIXED_STEPS = 4200
GOLD_STEPS = 800
"""The last steps see gold only, so that its conventions win."""


def main() -> None:
    """Reads the arguments, trains, and writes the package data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder with the treebanks")
    parser.add_argument("--target", type=Path, default=TARGET, help="where the pipeline goes")
    parser.add_argument("--work", type=Path, help="where intermediate pipelines are kept; else they are not")
    arguments = parser.parse_args()
    started = time.perf_counter()
    corpus = read_corpus(arguments.treebanks)
    with tempfile.TemporaryDirectory() as scratch:
        work = arguments.work or Path(scratch)
        pipeline = train(corpus, work)
        export(pipeline, corpus, arguments.treebanks, arguments.target, time.perf_counter() - started)


def train(corpus: Corpus, work: Path) -> Path:
    """Fits a tagger on gold, tags the converted sentences with it, and fits the pipeline on both; its folder."""
    vocab = spacy.blank("nl").vocab
    held_out = [to_doc(vocab, sentence) for sentence in corpus.held_out]
    gold = [to_doc(vocab, sentence) for sentence in corpus.gold]
    tagger = fit(CONFIG, [Phase(gold, TAGGING_STEPS)], held_out, work / "tagger")
    silver = tag_converted(tagger, corpus.converted, corpus.gold)
    converted = [to_doc(vocab, sentence) for sentence in silver]
    news = [to_doc(vocab, sentence) for sentence in corpus.news]
    # News counts twice among the gold: news is what the parser is for, and there is little of it.
    phases = [Phase(converted + gold + news, MIXED_STEPS), Phase(gold + news, GOLD_STEPS)]
    fit(CONFIG, phases, held_out, work / "pipeline")
    return work / "pipeline"


if __name__ == "__main__":
    main()
