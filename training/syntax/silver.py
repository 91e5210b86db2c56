"""Tags for sentences that have a tree and, for some words, a part of speech.

Comes in: sentences of the converted treebank, and a pipeline trained on gold. Goes out: the sentences with part of
speech, tag and features: the most probable ones that agree with what the treebank says of the word. Nothing fails.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.language import Language
from spacy.morphology import Morphology
from spacy.pipeline import Tagger
from spacy.tokens import Doc

from training.syntax.conllu import Sentence
from training.syntax.corpus import to_doc

_ALL = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PRON PROPN PUNCT SCONJ SYM VERB X".split())
_FREQUENT = 5
"""A form seen so often has no other part of speech than it was seen with."""
_OF_A_WHOLE = {"fixed", "flat"}

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
    "nmod:poss": {"PRON", "PROPN"},
    "compound:prt": {"ADP", "ADV", "ADJ"},
}
_UPOS_ELSE = {"VERB", "ADV", "PRON", "PROPN", "DET", "SCONJ", "INTJ", "X"}
"""What the converter gives no part of speech for."""


def tag_converted(nlp: Language, sentences: Sequence[Sentence], gold: Sequence[Sentence]) -> list[Sentence]:
    """`sentences` with tags of `nlp`; a tag goes with a part of speech only as it does somewhere in `gold`."""
    evidence = _Evidence(sentences, gold)
    return [_tagged(nlp, sentence, evidence) for sentence in sentences]


class _Evidence:
    """What treebanks say of words."""

    def __init__(self, converted: Sequence[Sentence], gold: Sequence[Sentence]) -> None:
        self.xpos_by_upos: dict[str, set[str]] = defaultdict(set)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for word in (word for sentence in gold for word in sentence):
            self.xpos_by_upos[word.upos].add(word.xpos)
            counts[word.form.lower()][word.upos] += 1
        self._upos_by_frequent_form = {
            form: set(upos) for form, upos in counts.items() if upos.total() >= _FREQUENT and form.isalpha()
        }
        self._adjectives = {
            word.form.lower() for sentence in (*converted, *gold) for word in sentence if word.upos == "ADJ"
        }

    def allowed(self, sentence: Sentence, index: int) -> set[str]:
        """Parts of speech that the word at `index` may have: what the converter says of it, in terms of UD."""
        form = sentence[index].form.lower()
        said = self._said(sentence, index)
        seen = self._upos_by_frequent_form.get(form, said)
        return (said & seen) or seen

    def _said(self, sentence: Sentence, index: int) -> set[str]:
        word = sentence[index]
        # The words of a fixed expression all have the part of speech of the whole.
        if word.deprel in _OF_A_WHOLE or any(w.head == index and w.deprel in _OF_A_WHOLE for w in sentence):
            return _ALL
        if word.upos == "NUM" and word.deprel == "nummod":
            return {"NUM"}
        # "de jongeren": a noun to Alpino, an adjective to UD.
        inflected = word.form.lower().removesuffix("n")
        if word.upos == "NOUN" and inflected.endswith("e") and inflected in self._adjectives:
            return _UPOS_BY_GIVEN["NOUN"] | {"ADJ"}
        if word.upos:
            return _UPOS_BY_GIVEN[word.upos]
        return _UPOS_BY_LABEL.get(word.deprel, _UPOS_ELSE)


def _tagged(nlp: Language, sentence: Sentence, evidence: _Evidence) -> Sentence:
    doc = to_doc(nlp.vocab, sentence)
    tok2vec, morphologizer, tagger = (nlp.get_pipe(name) for name in ("tok2vec", "morphologizer", "tagger"))
    tok2vec.set_annotations([doc], tok2vec.predict([doc]))  # type: ignore[attr-defined]  # typed as a callable only
    analyses = [
        Morphology.feats_to_dict(label)
        for label in _best(
            morphologizer, doc, [evidence.allowed(sentence, index) for index in range(len(sentence))], _upos
        )
    ]
    uposes = [analysis.pop("POS", "X") for analysis in analyses]
    tags = _best(tagger, doc, [evidence.xpos_by_upos[upos] for upos in uposes], str)
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


def _upos(label: str) -> str:
    return Morphology.feats_to_dict(label).get("POS", "")
