"""Tags for sentences that have a tree and, for some words, a part of speech.

Comes in: sentences of the converted treebank, and a pipeline trained on gold. Goes out: the sentences with part of
speech, tag and features: the most probable ones that agree with what the treebank says of the word. Nothing fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.language import Language
from spacy.morphology import Morphology  # type: ignore[import-not-found]  # a Cython module
from spacy.pipeline import Tagger
from spacy.tokens import Doc

from training.syntax.conllu import Sentence, Word
from training.syntax.corpus import to_doc

_UPOS_BY_GIVEN = {
    "NOUN": {"NOUN", "PROPN"},
    "PROPN": {"NOUN", "PROPN"},
    "PRON": {"PRON", "DET"},
    "ADP": {"ADP", "SCONJ"},
    "ADJ": {"ADJ", "VERB"},
    "NUM": {"NUM", "ADJ", "DET", "PRON", "ADV"},
    "CCONJ": {"CCONJ", "SCONJ"},
    "PUNCT": {"PUNCT", "SYM"},
}
_UPOS_BY_LABEL = {
    "aux": {"AUX"},
    "aux:pass": {"AUX"},
    "cop": {"AUX"},
    "det": {"DET", "PRON"},
    "cc": {"CCONJ", "SCONJ"},
    "mark": {"SCONJ", "ADP", "CCONJ"},
    "case": {"ADP", "SCONJ", "ADV"},
    "nsubj": {"PRON", "PROPN", "SYM", "X"},
    "nmod:poss": {"PRON", "PROPN"},
    "compound:prt": {"ADP", "ADV", "ADJ"},
}
_UPOS_ELSE = {"VERB", "ADV", "PRON", "PROPN", "DET", "SCONJ", "INTJ", "X"}
"""What the converter gives no part of speech for."""


def tag_converted(nlp: Language, sentences: Sequence[Sentence], gold: Sequence[Sentence]) -> list[Sentence]:
    """`sentences` with tags of `nlp`; a tag goes with a part of speech only as it does somewhere in `gold`."""
    xpos_by_upos: dict[str, set[str]] = defaultdict(set)
    for word in (word for sentence in gold for word in sentence):
        xpos_by_upos[word.upos].add(word.xpos)
    return [_tagged(nlp, sentence, xpos_by_upos) for sentence in sentences]


def _tagged(nlp: Language, sentence: Sentence, xpos_by_upos: dict[str, set[str]]) -> Sentence:
    doc = to_doc(nlp.vocab, sentence)
    tok2vec, morphologizer, tagger = (nlp.get_pipe(name) for name in ("tok2vec", "morphologizer", "tagger"))
    tok2vec.set_annotations([doc], tok2vec.predict([doc]))  # type: ignore[attr-defined]  # typed as a callable only
    analyses = [
        Morphology.feats_to_dict(label)
        for label in _best(morphologizer, doc, [_allowed(word) for word in sentence], _upos)
    ]
    uposes = [analysis.pop("POS", "X") for analysis in analyses]
    tags = _best(tagger, doc, [xpos_by_upos[upos] for upos in uposes], str)
    return tuple(
        replace(word, upos=upos, feats=Morphology.dict_to_feats(feats), xpos=xpos)
        for word, upos, feats, xpos in zip(sentence, uposes, analyses, tags, strict=True)
    )


def _best(pipe: Tagger, doc: Doc, allowed: list[set[str]], upos_of: Callable[[str], str]) -> Iterator[str]:
    """The most probable label for each word of `doc` whose part of speech (or itself) is allowed."""
    labels = pipe.labels
    kinds = [upos_of(label) for label in labels]
    (scores,) = pipe.model.predict([doc])
    for row, kinds_allowed in zip(np.asarray(scores), allowed, strict=True):
        mask = np.array([kind in kinds_allowed for kind in kinds])
        best = np.where(mask, row, -np.inf) if mask.any() else row
        yield labels[int(best.argmax())]


def _allowed(word: Word) -> set[str]:
    if word.deprel == "nummod" and word.upos == "NUM":
        return {"NUM"}
    if word.upos:
        return _UPOS_BY_GIVEN[word.upos]
    return _UPOS_BY_LABEL.get(word.deprel, _UPOS_ELSE)


def _upos(label: str) -> str:
    return str(Morphology.feats_to_dict(label).get("POS", ""))
