"""Spans of a document to spans that agree: the same words have the same label where most of the document says so.

Comes in: spans with their words. Goes out: spans with labels mended. Nothing fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from streamproc.analysis.names.span import NameSpan


def vote(spans: Sequence[NameSpan], texts: Sequence[str]) -> list[NameSpan]:
    """`spans`, each with the label that has the most weight among all spans with the same one of `texts`.

    The weight of a span is its confidence. "Brussel" may be both a place and a demonym's homograph: where the weights
    are close (the best has less than `_MAJORITY` of all), every span keeps its own.
    """
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for span, text in zip(spans, texts, strict=True):
        by_label = weights[text]
        by_label[span.label] = by_label.get(span.label, 0.0) + span.confidence
    winners = {text: _winner(by_label) for text, by_label in weights.items()}
    return [
        replace(span, label=winner) if (winner := winners[text]) and winner != span.label else span
        for span, text in zip(spans, texts, strict=True)
    ]


_MAJORITY = 0.6


def _winner(by_label: dict[str, float]) -> str | None:
    if len(by_label) == 1:
        return None
    label = min(by_label, key=lambda name: (-by_label[name], name))
    return label if by_label[label] >= _MAJORITY * sum(by_label.values()) else None
