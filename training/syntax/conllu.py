"""CoNLL-U files of treebanks.

Comes in: the path of a gzipped CoNLL-U file. Goes out: its sentences. Raises `ValueError` for a line that is no word
line.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; a column that the file leaves open ("_") is the empty string."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    """Index in the sentence, from 0; its own index for the root."""
    deprel: str
    space_after: bool


Sentence = tuple[Word, ...]


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of `path`, in order; empty nodes and multiword ranges are left out."""
    return list(_sentences(path))


def text_of(sentence: Sentence) -> str:
    """The forms of `sentence` in lower case without white space: equal for copies that differ in spacing only."""
    return "".join(word.form for word in sentence).lower()


def _sentences(path: Path) -> Iterator[Sentence]:
    words: list[Word] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\n").split("\t")
            if columns == [""]:
                if words:
                    yield tuple(words)
                words = []
            elif not line.startswith("#"):
                if len(columns) != _COLUMNS:
                    raise ValueError(f"{path}:{number}: expected {_COLUMNS} columns")
                if columns[0].isdigit():
                    words.append(_word(columns, len(words)))
    if words:
        yield tuple(words)


def _word(columns: list[str], index: int) -> Word:
    _, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
    is_root = head == "0"
    return Word(
        form=form,
        # The treebank marks the seams of compounds: "grond_wet", "op_lossen".
        lemma="" if lemma == "_" else lemma.replace("_", ""),
        upos=_open(upos),
        xpos=_open(xpos),
        feats=_open(feats),
        head=index if is_root else int(head) - 1,
        deprel="ROOT" if is_root else deprel,
        space_after="SpaceAfter=No" not in misc,
    )


def _open(column: str) -> str:
    return "" if column == "_" else column
