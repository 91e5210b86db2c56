"""Articles of our own (JSON of the gold format) to documents.

Comes in: a folder. Goes out: documents in the order of their names. Raises `ValueError` for a name that overlaps another.

Labels: a demonym is NORP; other names go by the kind of their actor; a name that is only a place is LOC, and so is a
capital that stands for a government; works, laws, products and portfolios are MISC. The articles leave adjectives and
inhabitants of regions, cities and continents unmarked ("Europese", "Vlamingen"), since they name no actor: they become
NORP here, as in the treebank.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from training.names.document import Document, Sentence

LABEL_BY_KIND = {
    "person": "PER",
    "country": "LOC",
    "place": "LOC",
    "ipo": "ORG",
    "organisation": "ORG",
    "party": "ORG",
    "company": "ORG",
    "media": "ORG",
    "armed_group": "ORG",
    "government": "ORG",
    "office": "ORG",
    "population": "NORP",
    "other": "MISC",
}
_NAMED_FORMS = frozenset({"name", "alias", "demonym"})


def read_corpus(folder: Path, nlp: Pipeline) -> list[Document]:
    """The articles below `folder`."""
    documents = []
    for path in sorted(folder.rglob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        if "article" in article:
            documents.append(read_article(article, nlp))
    return documents


def read_article(article: dict[str, Any], nlp: Pipeline) -> Document:
    """One article with its names."""
    doc = nlp.make_doc(article["article"]["text"])
    labels = _labels(doc, name_labels(article))
    sentences = []
    for sentence in article["sentences"]:
        positions = [
            token.i for token in doc if sentence["start"] <= token.idx < sentence["end"] and not token.is_space
        ]
        sentences.append(
            Sentence(tuple(doc[position].text for position in positions), tuple(labels[position] for position in positions))
        )
    return Document(article["article"]["id"], tuple(sentences))


def name_labels(article: dict[str, Any]) -> dict[tuple[int, int], str]:
    """Label by start and end of the names of `article`."""
    labels: dict[tuple[int, int], str] = {}
    for actor in article["actors"]:
        for mention in actor["mentions"]:
            if mention["form"] in _NAMED_FORMS:
                label = "NORP" if mention["form"] == "demonym" else LABEL_BY_KIND[actor["kind"]]
                labels[mention["start"], mention["end"]] = label
    for place in article.get("places", ()):
        labels.setdefault((place["start"], place["end"]), "LOC")
    for other in article.get("other", ()):
        labels.setdefault((other["start"], other["end"]), "MISC")
    return labels


def _labels(doc: Doc, label_by_span: dict[tuple[int, int], str]) -> list[str]:
    """Tags of the tokens of `doc`."""
    tags = ["O"] * len(doc)
    for (start, end), label in sorted(label_by_span.items()):
        span = doc.char_span(start, end, alignment_mode="contract") or doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        for position in range(span.start, span.end):
            if tags[position] == "O":
                tags[position] = f"{'B' if position == span.start else 'I'}-{label}"
    return tags


def _words(doc: Doc) -> Iterator[str]:
    return (token.text for token in doc)
