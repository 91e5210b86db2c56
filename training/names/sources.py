"""Where the material of the names model is, and what is read from it.

Comes in: folders given on the command line. Goes out: documents, sentences for the clusters, and a hash of everything
that was read. Raises `OSError` where a file is absent.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language as Pipeline

from training.names.corpus import read_conventions, read_corpus
from training.names.document import Document
from training.names.inline import read_inline
from training.names.treebank import conllu_sentences, read_treebank

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "training" / "corpus"
LANGUAGE = ROOT / "streamproc" / "languages" / "nl"
MODEL = LANGUAGE / "names"

WIKIANN_FILE = "wikiann-nl-train.conllu.gz"
_PLAIN_TREEBANKS = ("alpino-cdbl.converted.conllu.gz",)
_WIKIANN_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Material:
    """Documents with names."""

    articles: list[Document]
    """Of our own."""
    invented: list[Document]
    """Sentences of our own of the kinds that are hard."""
    treebanks: list[Document]


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders and files outside the project."""

    ud_ne: Path
    """Our annotation of names on the treebanks."""
    treebank: Path
    """UD Dutch, and the Alpino treebank converted to CoNLL-U."""
    names: Path
    """WikiANN."""
    words: Path
    """The word list of OpenTaal, a word a line."""
    articles: Path
    """Wikinews articles, JSON lines with a text each; for the clusters only."""

    def annotated(self, nlp: Pipeline) -> list[Document]:
        """The sentences of the treebanks with names."""
        return read_treebank(self.ud_ne, self.treebank, nlp)

    def wikiann(self) -> Path:
        """The file of WikiANN."""
        return self.names / WIKIANN_FILE

    def sentences(self, nlp: Pipeline) -> list[list[str]]:
        """Sentences for the clusters; not of our own articles: their words must be as new as at run time."""
        found = [list(sentence.words) for document in self.annotated(nlp) for sentence in document.sentences]
        found += _wikiann_sentences(self.wikiann())
        for name in _PLAIN_TREEBANKS:
            found += [[word for word, _ in words] for _, words in conllu_sentences(self.treebank / name)]
        for line in self.articles.read_text(encoding="utf-8").splitlines():
            for paragraph in json.loads(line)["text"].split("\n"):
                words = [token.text for token in nlp.make_doc(paragraph) if not token.is_space]
                found += [words] if words else []
        return found

    def hashes(self) -> dict[str, str]:
        """SHA-256 of what was read, by name."""
        files = {
            "articles of our own (training/corpus/nl)": sorted((CORPUS / "nl").rglob("*.json")),
            "sentences of our own (training/corpus/names-nl)": sorted((CORPUS / "names-nl").glob("*.txt")),
            "names on UD Dutch": sorted(self.ud_ne.glob("*.tsv")),
            "treebanks": sorted(self.treebank.glob("*.conllu.gz")),
            "WikiANN": [self.wikiann()],
            "word list": [self.words],
            "Wikinews": [self.articles],
        }
        return {name: _hash(paths) for name, paths in files.items()}


def read_material(ud_ne: Path, treebank: Path, nlp: Pipeline) -> Material:
    """Everything that is trained on, brought into line with the treebanks."""
    return Material(
        articles=read_corpus(CORPUS / "nl", nlp, read_conventions(CORPUS, LANGUAGE, nlp)),
        invented=read_inline(CORPUS / "names-nl", nlp),
        treebanks=read_treebank(ud_ne, treebank, nlp),
    )


def _wikiann_sentences(path: Path) -> Iterator[list[str]]:
    words: list[str] = []
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == _WIKIANN_COLUMNS:
            words.append(fields[1])
        elif words:
            yield words
            words = []


def _hash(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
