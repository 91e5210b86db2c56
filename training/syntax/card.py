"""The model card: what the pipeline is, what it was trained on, how good it is.

Comes in: figures. Goes out: `README.md` beside the weights. Nothing fails but the disk.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from streamproc.analysis.parsing import Parser
from training.syntax.conllu import Sentence
from training.syntax.corpus import Corpus, hashes
from training.syntax.score import Scores, plain

CARD = "README.md"

_TEXT = """# Dutch tagger, lemmatiser and parser

A spaCy pipeline: part of speech, Alpino tag, features, lemma, dependency tree after Universal Dependencies. Licence:
CC BY-SA 4.0, as that of the treebanks. Written by `make train-nl`; do not edit.

## Sources

UD Dutch Alpino (dev for training, test for the scores below) and UD Dutch LassySmall (dev and test, for training):
universaldependencies.org, CC BY-SA 4.0, by Gosse Bouma and Gertjan van Noord. The Alpino treebank (Leonoor van der
Beek, Gosse Bouma, Robert Malouf, Gertjan van Noord), converted to dependencies, is mended (`training/syntax/mend.py`);
its words are tagged by a tagger of the gold sentences, within what the treebank says of them. No sentence of the test
set is in the training data.

| part | sentences | words |
| --- | ---: | ---: |
{parts}

| file | SHA-256 |
| --- | --- |
{hashes}

## Scores

On the UD-Alpino test set, words and sentences given. UAS and LAS leave punctuation out, unless it says otherwise.

| layer | % |
| --- | ---: |
{layers}

Arcs, head and label right:

| label | F1 | in the test set |
| --- | ---: | ---: |
{labels}

## Cost

| | |
| --- | ---: |
{costs}
"""


def write_card(target: Path, treebanks: Path, corpus: Corpus, scores: Scores, seconds: float) -> None:
    """Writes the card of the pipeline in `target`, measuring size and speed; `seconds` is how long it trained."""
    parts = {
        "gold, news": corpus.news,
        "gold, encyclopedia": corpus.encyclopedia,
        "converted, news": corpus.converted,
        "held out": corpus.held_out,
        "test": corpus.test,
    }
    card = _TEXT.format(
        parts=_rows((name, len(part), sum(map(len, part))) for name, part in parts.items()),
        hashes=_rows(hashes(treebanks).items()),
        layers=_rows((name, f"{value:.1f}") for name, value in scores.by_layer.items()),
        labels=_rows(
            (label, f"{value:.1f}", scores.support_by_label[label]) for label, value in scores.f1_by_label.items()
        ),
        costs=_rows(_costs(target, corpus.test, seconds)),
    )
    (target / CARD).write_text(card, encoding="utf-8")


def _costs(target: Path, sentences: tuple[Sentence, ...], seconds: float) -> list[tuple[str, str]]:
    started = time.process_time()
    parser = Parser(target)
    loaded = time.process_time()
    doc = plain(sentences)
    begun = time.process_time()
    parser.parse(doc, range(len(sentences)))
    parsed = time.process_time()
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return [
        ("size, MB", f"{size / 1e6:.1f}"),
        ("loading, CPU seconds", f"{loaded - started:.2f}"),
        ("words a CPU second", f"{len(doc) / (parsed - begun):,.0f}"),
        ("training, seconds on a shared machine", f"{seconds:,.0f}"),
        ("Python, spaCy", f"{platform.python_version()}, {version('spacy')}"),
    ]


def _rows(rows: Iterable[tuple[object, ...]]) -> str:
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
