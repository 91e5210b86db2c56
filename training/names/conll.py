"""CoNLL-2002 files (word, tag, a sentence a block) to documents; only to evaluate: the licence allows no more.

Comes in: a file, plain or compressed. Goes out: documents, one for each ``-DOCSTART-``. Raises `OSError`.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from training.names.document import Document, Sentence

_DOCUMENT = "-DOCSTART-"


def read_conll(path: Path) -> list[Document]:
    """The documents of `path`. The file is in Latin-1 or UTF-8."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    documents: list[list[Sentence]] = [[]]
    for block in _decode(data).split("\n\n"):
        lines = [line.split() for line in block.splitlines() if line.strip()]
        if any(fields[0] == _DOCUMENT for fields in lines):
            documents.append([])
            lines = [fields for fields in lines if fields[0] != _DOCUMENT]
        if lines:
            tags = _with_beginnings([fields[-1] for fields in lines])
            documents[-1].append(Sentence(tuple(fields[0] for fields in lines), tuple(tags)))
    return [Document(f"{path.name}:{number}", tuple(part)) for number, part in enumerate(documents) if part]


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _with_beginnings(tags: list[str]) -> list[str]:
    """`tags` with B- on the first word of each name."""
    before = "O"
    whole = []
    for tag in tags:
        begins = tag.startswith("I-") and before[2:] != tag[2:]
        whole.append(f"B-{tag[2:]}" if begins else tag)
        before = tag
    return whole
