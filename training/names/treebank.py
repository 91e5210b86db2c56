"""Names on sentences of the Dutch UD treebanks to documents.

Comes in: the folder of our stand-off annotation (``nl-ud-ne.tsv``, ``nl-ud-sentences.tsv``) and the folder of the
treebanks (``*.conllu`` or ``*.conllu.gz``). Goes out: documents; the sentences are tokenised anew, as at run time.
Raises `ValueError` where annotation and treebank disagree.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language as Pipeline

from training.names.document import Document, Sentence

_SENTENCE_NUMBER = re.compile(r"(\.p\.\d+)?\.s\.\d+(\.\d+)*$|[-.]\d+$")


def read_treebank(annotation: Path, treebanks: Path, nlp: Pipeline) -> list[Document]:
    """The annotated sentences as documents, one for each article of the treebanks."""
    spans = defaultdict(list)
    for row in _rows(annotation / "nl-ud-ne.tsv"):
        spans[row["file"], row["sent_id"]].append((int(row["start"]) - 1, int(row["end"]), row["label"], row["text"]))
    wanted = {(row["file"], row["sent_id"]) for row in _rows(annotation / "nl-ud-sentences.tsv")}
    articles: dict[str, list[Sentence]] = defaultdict(list)
    for file in sorted({file for file, _ in wanted}):
        for sentence_id, words in conllu_sentences(_path(treebanks, file)):
            if (file, sentence_id) in wanted:
                sentence = _sentence(words, spans[file, sentence_id], nlp)
                articles[f"{file}:{_SENTENCE_NUMBER.sub('', sentence_id)}"].append(sentence)
    return [Document(name, tuple(sentences)) for name, sentences in articles.items()]


def _sentence(words: list[tuple[str, bool]], spans: list[tuple[int, int, str, str]], nlp: Pipeline) -> Sentence:
    """A sentence tokenised anew; names that no longer end at the end of a token cover the whole token."""
    text, offsets = "", []
    for word, spaced in words:
        offsets.append(len(text))
        text += word + (" " if spaced else "")
    tokens = [token for token in nlp.make_doc(text) if not token.is_space]
    tags = ["O"] * len(tokens)
    for first, end, label, surface in spans:
        if " ".join(word for word, _ in words[first:end]) != surface:
            raise ValueError(f"annotation and treebank disagree: {surface!r} in {text!r}")
        start_char, end_char = offsets[first], offsets[end - 1] + len(words[end - 1][0])
        inside = [i for i, token in enumerate(tokens) if token.idx < end_char and token.idx + len(token) > start_char]
        for position in inside:
            tags[position] = f"{'B' if position == inside[0] else 'I'}-{label}"
    return Sentence(tuple(token.text for token in tokens), tuple(tags))


def conllu_sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Id and words of the sentences of a CoNLL-U file; with each word whether a space follows it."""
    sentence_id = ""
    words: list[tuple[str, bool]] = []
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("# sent_id"):
            sentence_id, words = line.partition("=")[2].strip(), []
        elif line and line[0] != "#":
            fields = line.split("\t")
            if fields[0].isdigit():
                words.append((fields[1], "SpaceAfter=No" not in fields[9]))
        elif not line and words:
            yield sentence_id, words
            words = []


def _path(folder: Path, name: str) -> Path:
    path = folder / name
    return path if path.exists() else folder / f"{name}.gz"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
