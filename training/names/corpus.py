"""Articles of our own (JSON of the gold format) to documents.

Comes in: a folder. Goes out: documents in the order of their names. Nothing fails: the articles are our own.

Labels: a demonym is NORP; other names go by the kind of their actor; a name that is only a place is LOC; works, laws,
products and portfolios are MISC. The articles mark actors, so that three things differ from the names of the treebank
and are brought into line with them:

- adjectives and inhabitants of regions, cities and continents ("Europese", "Vlamingen") and holidays are unmarked:
  they get the label that ``unmarked.tsv`` in the folder above the articles gives them;
- seats that stand for the body that sits there ("Brussel", "Witte Huis") are LOC;
- portfolios ("minister van Buitenlandse Zaken") are ORG, also where they are unmarked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from training.names.document import Document, Sentence
from training.names.tables import KNOWLEDGE, lines, rows

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
UNMARKED_FILE = "unmarked.tsv"
_NAMED_FORMS = frozenset({"name", "alias", "demonym"})
_SEAT_KINDS = frozenset({"ipo", "government", "organisation", "office"})
_OFFICE_WORDS = ("minister", "ministerie", "ministers", "staatssecretaris", "wethouder", "departement")
_MAX_PORTFOLIO_WORDS = 6


@dataclass(frozen=True, slots=True)
class Conventions:
    """What brings the articles into line with the treebank."""

    unmarked: Mapping[str, str]
    """Label by word."""
    seats: frozenset[str]
    """Places that stand for the body that sits there."""
    portfolios: frozenset[tuple[str, ...]]
    """Portfolios of ministers as words."""


def read_conventions(corpus: Path, language: Path, nlp: Pipeline) -> Conventions:
    """Conventions from the folder of the corpora and from the lexicon of the language in `language`."""
    seats = {row["name"] for row in rows(KNOWLEDGE / "seats.tsv")}
    seats |= {row["capital_nl"] for row in rows(KNOWLEDGE / "country_facts.tsv")}
    names = lines(language / "actors" / "portfolios.txt")
    portfolios = {tuple(token.text for token in nlp.make_doc(name)) for name in names}
    return Conventions(
        unmarked={row["word"]: row["label"] for row in rows(corpus / UNMARKED_FILE)},
        seats=frozenset({*seats, "Witte Huis", "Kremlin", "Élysée", "Berlaymont"} - {""}),
        portfolios=frozenset(portfolios),
    )


def read_corpus(folder: Path, nlp: Pipeline, conventions: Conventions | None = None) -> list[Document]:
    """The articles below `folder`."""
    documents = []
    for path in sorted(folder.rglob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        if "article" in article:
            documents.append(read_article(article, nlp, conventions))
    return documents


def read_article(article: dict[str, Any], nlp: Pipeline, conventions: Conventions | None = None) -> Document:
    """One article with its names; without `conventions` just as it is marked."""
    doc = nlp.make_doc(article["article"]["text"])
    labels = _labels(doc, name_labels(article, conventions.seats if conventions else frozenset()))
    sentences = []
    for sentence in article["sentences"]:
        positions = [
            token.i for token in doc if sentence["start"] <= token.idx < sentence["end"] and not token.is_space
        ]
        words = tuple(doc[position].text for position in positions)
        tags = [labels[position] for position in positions]
        if conventions:
            _conform(words, tags, conventions)
        sentences.append(Sentence(words, tuple(tags)))
    return Document(article["article"]["id"], tuple(sentences))


def name_labels(article: dict[str, Any], seats: frozenset[str] = frozenset()) -> dict[tuple[int, int], str]:
    """Label by start and end of the names of `article`."""
    labels: dict[tuple[int, int], str] = {}
    for actor in article["actors"]:
        for mention in actor["mentions"]:
            if mention["form"] in _NAMED_FORMS:
                label = "NORP" if mention["form"] == "demonym" else LABEL_BY_KIND[actor["kind"]]
                is_seat = mention["text"] in seats and actor["kind"] in _SEAT_KINDS
                labels[mention["start"], mention["end"]] = "LOC" if is_seat else label
    for place in article.get("places", ()):
        labels.setdefault((place["start"], place["end"]), "LOC")
    for other in article.get("other", ()):
        labels.setdefault((other["start"], other["end"]), "MISC")
    return labels


def _labels(doc: Doc, label_by_span: dict[tuple[int, int], str]) -> list[str]:
    """Tags of the tokens of `doc`."""
    tags = ["O"] * len(doc)
    for (start, end), label in sorted(label_by_span.items()):
        span = doc.char_span(start, end) or doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        for position in range(span.start, span.end):
            if tags[position] == "O":
                tags[position] = f"{'B' if position == span.start else 'I'}-{label}"
    return tags


def _conform(words: Sequence[str], tags: list[str], conventions: Conventions) -> None:
    """Brings `tags` into line with the treebank, in place."""
    for position, word in enumerate(words):
        label = conventions.unmarked.get(word)
        alone = position + 1 == len(words) or not tags[position + 1].startswith("I-")
        if label and (tags[position] == "O" or (tags[position] == "B-LOC" and alone)):
            tags[position] = f"B-{label}"
    for first in range(len(words)):
        length = _portfolio(words, first, conventions.portfolios)
        if length and _is_portfolio_place(words, tags, first, length):
            tags[first : first + length] = ["B-ORG"] + ["I-ORG"] * (length - 1)


def _portfolio(words: Sequence[str], first: int, portfolios: frozenset[tuple[str, ...]]) -> int:
    """Number of words of the portfolio that begins at `first`, 0 where there is none."""
    lengths = range(min(_MAX_PORTFOLIO_WORDS, len(words) - first), 0, -1)
    return next((length for length in lengths if tuple(words[first : first + length]) in portfolios), 0)


def _is_portfolio_place(words: Sequence[str], tags: Sequence[str], first: int, length: int) -> bool:
    """Whether the words stand where a portfolio does: marked as a thing, or after "minister ... van"."""
    after = tags[first + length] if first + length < len(tags) else "O"
    if after.startswith("I-"):
        return False
    if tags[first] == "B-MISC":
        return True
    before = " ".join(words[max(0, first - 6) : first]).lower()
    return set(tags[first : first + length]) == {"O"} and any(word in before for word in _OFFICE_WORDS)
