"""Scores of a pipeline on gold sentences.

Comes in: a parser as at run time, gold sentences. Goes out: per cent of words, and of each label. Nothing fails.

Words are those of the treebank. As is usual with spaCy, attachment is counted without punctuation; with it, as in the
shared tasks of CoNLL, is given too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.vocab import Vocab

from streamproc.analysis.parsing import Parser
from training.syntax.conllu import Sentence


@dataclass(frozen=True, slots=True)
class Scores:
    """All in per cent."""

    by_layer: dict[str, float]
    f1_by_label: dict[str, float]
    """Of arcs with head and label right."""
    support_by_label: dict[str, int]


def score(parser: Parser, sentences: Sequence[Sentence]) -> Scores:
    """The scores of `parser` on `sentences`, one document for all."""
    words = [word for sentence in sentences for word in sentence]
    offsets = [start for start, sentence in zip(_starts(sentences), sentences, strict=True) for _ in sentence]
    doc = plain(sentences)
    parser.parse(doc, range(len(sentences)))
    right: Counter[str] = Counter()
    gold_labels: Counter[str] = Counter(word.deprel for word in words)
    found_labels: Counter[str] = Counter(token.dep_ for token in doc)
    right_labels: Counter[str] = Counter()
    for word, offset, token in zip(words, offsets, doc, strict=True):
        is_attached = token.head.i == word.head + offset
        is_arc = is_attached and token.dep_ == word.deprel
        right_labels[word.deprel] += is_arc
        right.update(
            {
                "UPOS": token.pos_ == word.upos,
                "XPOS": token.tag_ == word.xpos,
                "morphology": set(str(token.morph).split("|")) == set(word.feats.split("|")),
                "lemma": token.lemma_ == word.lemma,
                "UAS with punctuation": is_attached,
                "LAS with punctuation": is_arc,
            }
        )
        if word.deprel != "punct":
            right.update({"UAS": is_attached, "LAS": is_arc})
    unpunctuated = len(words) - gold_labels["punct"]
    by_layer = {
        name: 100 * count / (unpunctuated if name in {"UAS", "LAS"} else len(words)) for name, count in right.items()
    }
    f1 = {label: 200 * right_labels[label] / (n + found_labels[label]) for label, n in gold_labels.most_common()}
    return Scores(by_layer, f1, dict(gold_labels.most_common()))


def _starts(sentences: Sequence[Sentence]) -> list[int]:
    starts, total = [], 0
    for sentence in sentences:
        starts.append(total)
        total += len(sentence)
    return starts


def plain(sentences: Sequence[Sentence]) -> Doc:
    """The words of `sentences` in one document, without annotation but for sentence starts."""
    words = [word for sentence in sentences for word in sentence]
    return Doc(
        Vocab(),
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        sent_starts=[index == 0 for sentence in sentences for index in range(len(sentence))],
    )
