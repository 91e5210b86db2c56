"""Writes the trained pipeline as package data.

Comes in: the folder of the fitted pipeline, the corpus, where it is from. Goes out: the folder of the package,
completed with the lemmatiser, and the model card in it; what was there is replaced. Nothing fails but the disk.

No word of the treebanks goes along but those in the tables of the lemmatiser: the vocabulary is written anew with the
labels only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.strings import StringStore

from streamproc.analysis.lemmas import Lemmas
from streamproc.analysis.parsing import Parser
from training.syntax.card import write_card
from training.syntax.corpus import Corpus
from training.syntax.lemmas import learn
from training.syntax.score import score

NAME = "streamproc_syntax"
VERSION = "1.0.0"
LICENCE = "CC BY-SA 4.0"

_AUXILIARY_LABELS = ["aux", "aux:pass", "cop"]


def export(fitted: Path, corpus: Corpus, treebanks: Path, target: Path, seconds: float) -> None:
    """Replaces `target` by the pipeline in `fitted`, with its scores on the test set."""
    nlp = spacy.load(fitted)
    _add_auxiliaries(nlp)
    lemmas = nlp.add_pipe("streamproc_lemmas", name="lemmas")
    assert isinstance(lemmas, Lemmas)
    lemmas.tables = learn(corpus.gold)
    nlp.meta.update({"name": NAME, "version": VERSION, "license": LICENCE})
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target, exclude=["vocab"])
    (target / "vocab").mkdir()
    StringStore(sorted(_strings(nlp))).to_disk(target / "vocab" / "strings.json")
    write_card(target, treebanks, corpus, score(Parser(target), corpus.test), seconds)


def _add_auxiliaries(nlp: Language) -> None:
    """In UD a verb is AUX where its label says so, and only there; the parser knows better than the tagger."""
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"POS": "AUX", "DEP": {"NOT_IN": _AUXILIARY_LABELS}}]], {"POS": "VERB"})
    ruler.add([[{"POS": "VERB", "DEP": {"IN": _AUXILIARY_LABELS}}]], {"POS": "AUX"})


def _strings(nlp: Language) -> set[str]:
    """Every string that an annotation can have, but lemmas."""
    strings = {label for labels in nlp.pipe_labels.values() for label in labels}
    strings |= {part for label in strings for part in label.split("||")}
    features = {pair for label in nlp.pipe_labels["morphologizer"] for pair in label.split("|")}
    without_upos = ("|".join(p for p in label.split("|") if not p.startswith("POS=")) for label in strings)
    return strings | features | set(without_upos) | {part for pair in features for part in pair.split("=")} | {"ROOT"}
