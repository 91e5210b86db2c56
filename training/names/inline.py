"""Sentences with names marked inline (``[Maersk|ORG] vaart weer.``) to documents.

Comes in: a folder of text files, a document a line, `` | `` between its sentences, comments after ``#``. Goes out:
documents. Raises `ValueError` for a label that is none, or a bracket that is not closed.
"""

from __future__ import annotations

import re
from pathlib import Path

from spacy.language import Language as Pipeline

from streamproc.analysis.names import LABELS
from training.names.document import Document, Sentence

_SEPARATOR = " | "
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")


def read_inline(folder: Path, nlp: Pipeline) -> list[Document]:
    """The documents in the files of `folder`."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                sentences = tuple(_sentence(sentence, nlp) for sentence in line.split(_SEPARATOR))
                documents.append(Document(f"{path.stem}:{number}", sentences))
    return documents


def _sentence(line: str, nlp: Pipeline) -> Sentence:
    text = ""
    names = []
    end = 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        if match[2] not in LABELS:
            raise ValueError(f"no label of names: {match[2]} in {line!r}")
        names.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        end = match.end()
    text += line[end:]
    if "[" in text or "|" in text:
        raise ValueError(f"a mark is not closed: {line!r}")
    tokens = [token for token in nlp.make_doc(text) if not token.is_space]
    tags = ["O"] * len(tokens)
    for start, stop, label in names:
        inside = [i for i, token in enumerate(tokens) if token.idx < stop and token.idx + len(token) > start]
        for position in inside:
            tags[position] = f"{'B' if position == inside[0] else 'I'}-{label}"
    return Sentence(tuple(token.text for token in tokens), tuple(tags))
