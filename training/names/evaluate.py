"""Scores of the names model.

    python -m training.names.evaluate --gold DIR --conll FILE --articles FILE [--folds 5 --ud-ne DIR --treebank DIR]

Comes in: the model in the package, and material to score on that it was not trained on. Goes out: `Scores`, printed as
a table. Raises `OSError` where material is absent.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language as Pipeline

from streamproc.analysis.names import LABELS
from streamproc.analysis.names.features import FeatureExtractor
from streamproc.analysis.names.tagger import WEIGHTS_FILE, NameTagger, load_extractor, load_model, spans_of, tag_with
from training.names.conll import read_conll
from training.names.corpus import read_corpus
from training.names.document import Document, same_spans
from training.names.fit import fit
from training.names.recipe import parts
from training.names.score import TOTAL, Span, Tally
from training.names.sources import MODEL, Material, read_material

_FOLD_SEED = 13


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured; None where it was not asked for."""

    cross_validation: Tally | None
    folds: int
    gold_recall: tuple[int, int] | None
    """Found and marked names, spans alone: only actors are marked there."""
    conll: Tally | None
    """With demonyms counted as MISC."""
    words_per_second: float | None


def cross_validate(material: Material, extractor: FeatureExtractor, folds: int, nlp: Pipeline) -> Tally:
    """Scores on our articles, each by a model that was not trained on it."""
    tally = Tally()
    for fold in range(folds):
        tally.merge(score_fold(material, extractor, fold, folds, nlp))
    return tally


def score_fold(material: Material, extractor: FeatureExtractor, fold: int, folds: int, nlp: Pipeline) -> Tally:
    """Scores on the articles of one fold by a model that is trained on all else.

    The invented sentences were written after reading errors: those with a name that only the held-out articles have are
    left out too.
    """
    order = list(range(len(material.articles)))
    Random(_FOLD_SEED).shuffle(order)  # a split, no secret
    numbers = set(order[fold::folds])
    held_out = [article for number, article in enumerate(material.articles) if number in numbers]
    known = [article for number, article in enumerate(material.articles) if number not in numbers]
    strange = _names(held_out) - _names(known)
    invented = [document for document in material.invented if strange.isdisjoint(_names([document]))]
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / WEIGHTS_FILE
        fit(path, parts([*known, *invented, *material.treebanks], extractor, _FOLD_SEED))
        model = load_model(path)
        for document in held_out:
            tally.add(same_spans(tag_with(model, extractor, document.doc(nlp.vocab))), set(document.spans()))
    return tally


def gold_recall(tagger: NameTagger, folder: Path, nlp: Pipeline) -> tuple[int, int]:
    """How many of the names that are marked in the gold articles of `folder` are found, and how many are marked."""
    hits = marked = 0
    for document in read_corpus(folder, nlp):
        spans = {(start, end) for start, end, _ in document.spans()}
        found = {(span.start_char, span.end_char) for span in tagger.tag(document.doc(nlp.vocab))}
        hits, marked = hits + len(spans & found), marked + len(spans)
    return hits, marked


def score_conll(tagger: NameTagger, path: Path, nlp: Pipeline) -> Tally:
    """Scores on a CoNLL-2002 file, whose MISC has the demonyms too."""
    tally = Tally()
    for document in read_conll(path):
        found = {_as_misc(span) for span in same_spans(tagger.tag(document.doc(nlp.vocab)))}
        tally.add(found, set(document.spans()))
    return tally


def words_per_second(tagger: NameTagger, path: Path, nlp: Pipeline) -> float:
    """Speed on the articles in a file of JSON lines, in tokens per second of one core, tokenising left out."""
    docs = [nlp.make_doc(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()]
    begun = time.process_time()
    for doc in docs:
        tagger.tag(doc)
    return sum(len(doc) for doc in docs) / (time.process_time() - begun)


def _names(documents: Iterable[Document]) -> set[tuple[str, ...]]:
    """The names in `documents`, as words."""
    return {
        sentence.words[first:end]
        for document in documents
        for sentence in document.sentences
        for first, end, _ in spans_of(sentence.tags)
    }


def _as_misc(span: Span) -> Span:
    start, end, label = span
    return start, end, "MISC" if label == "NORP" else label


def add_score_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what to score on."""
    parser.add_argument("--gold", type=Path, help="folder of gold articles (recall of marked names)")
    parser.add_argument("--conll", type=Path, help="CoNLL-2002 file")
    parser.add_argument("--folds", type=int, default=0, help="folds of cross-validation over our articles; 0: none")


def measure(arguments: argparse.Namespace, folder: Path, nlp: Pipeline) -> Scores:
    """The scores that `arguments` ask for of the model in `folder`."""
    tagger = NameTagger(folder)
    cross = None
    if arguments.folds:
        material = read_material(arguments.ud_ne, arguments.treebank, nlp)
        cross = cross_validate(material, load_extractor(folder), arguments.folds, nlp)
    return Scores(
        cross_validation=cross,
        folds=arguments.folds,
        gold_recall=gold_recall(tagger, arguments.gold, nlp) if arguments.gold else None,
        conll=score_conll(tagger, arguments.conll, nlp) if arguments.conll else None,
        words_per_second=words_per_second(tagger, arguments.articles, nlp) if arguments.articles else None,
    )


def table(scores: Scores) -> str:
    """`scores` as Markdown."""
    lines = ["| measured on | label | precision | recall | F1 | names |", "|---|---|---|---|---|---|"]
    if scores.cross_validation:
        lines += _rows(f"{scores.folds}-fold cross-validation", scores.cross_validation)
    if scores.conll:
        lines += _rows("CoNLL-2002", scores.conll)
    if scores.gold_recall:
        hits, marked = scores.gold_recall
        lines.append(f"| gold articles, spans alone | {TOTAL} | | {100 * hits / marked:.1f} | | {marked} |")
    if scores.words_per_second:
        lines += ["", f"Speed: {scores.words_per_second:,.0f} words a second on one core."]
    return "\n".join(lines)


def _rows(title: str, tally: Tally) -> list[str]:
    rows = []
    for label in (*LABELS, TOTAL):
        if tally.marked[label]:
            figures = (tally.precision(label), tally.recall(label), tally.f1(label))
            cells = " | ".join(f"{100 * figure:.1f}" for figure in figures)
            rows.append(f"| {title} | {label} | {cells} | {tally.marked[label]} |")
    return rows


def main() -> None:
    """Prints the scores of the model in the package."""
    parser = argparse.ArgumentParser(description="Scores of the names model of Dutch")
    add_score_arguments(parser)
    parser.add_argument("--articles", type=Path, help="articles as JSON lines (speed)")
    parser.add_argument("--ud-ne", type=Path, help="folder of nl-ud-ne.tsv; for cross-validation")
    parser.add_argument("--treebank", type=Path, help="folder of the UD Dutch treebanks; for cross-validation")
    print(table(measure(parser.parse_args(), MODEL, spacy.blank("nl"))))  # the output of the command


if __name__ == "__main__":
    main()
