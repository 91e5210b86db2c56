"""Sentences of the treebanks, parted for training.

Comes in: the folder of the treebanks. Goes out: sentences for training, held out and for the test, with no sentence in
more than one part. Raises `FileNotFoundError` where a treebank is missing.

The folder has (all gzipped CoNLL-U): UD Dutch Alpino dev and test and UD Dutch LassySmall dev and test, from
universaldependencies.org (CC BY-SA 4.0), and the Alpino treebank converted to dependencies, `alpino-cdbl.converted`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.syntax.conllu import Sentence, read_sentences, text_of
from training.syntax.mend import Mender

NEWS = "nl_alpino-ud-dev.conllu.gz"
ENCYCLOPEDIA = ("nl_lassysmall-ud-dev.conllu.gz", "nl_lassysmall-ud-test.conllu.gz")
TEST = "nl_alpino-ud-test.conllu.gz"
CONVERTED = "alpino-cdbl.converted.conllu.gz"

_HELD_OUT_NEWS = 8
_HELD_OUT_ENCYCLOPEDIA = 25


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold sentences for training by genre, converted ones, and those that are only measured on."""

    news: tuple[Sentence, ...]
    encyclopedia: tuple[Sentence, ...]
    converted: tuple[Sentence, ...]
    held_out: tuple[Sentence, ...]
    """For choosing between settings; the test set is for the report only."""
    test: tuple[Sentence, ...]

    @property
    def gold(self) -> tuple[Sentence, ...]:
        """All sentences for training that people have checked as UD."""
        return self.news + self.encyclopedia


def read_corpus(folder: Path) -> Corpus:
    """The parts, without sentences of the test or held-out part in the others."""
    test = read_sentences(folder / TEST)
    tested = {text_of(sentence) for sentence in test}
    news = list(_without(read_sentences(folder / NEWS), tested))
    encyclopedia = [s for name in ENCYCLOPEDIA for s in _without(read_sentences(folder / name), tested)]
    held_out = news[::_HELD_OUT_NEWS] + encyclopedia[::_HELD_OUT_ENCYCLOPEDIA]
    unseen = tested | {text_of(sentence) for sentence in held_out}
    news, encyclopedia = list(_without(news, unseen)), list(_without(encyclopedia, unseen))
    mender = Mender(news + encyclopedia)
    mended = (mender.mend(sentence) for sentence in _without(read_sentences(folder / CONVERTED), unseen))
    converted = (sentence for sentence in mended if sentence is not None)
    return Corpus(tuple(news), tuple(encyclopedia), tuple(converted), tuple(held_out), tuple(test))


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the treebanks that is read."""
    names = (NEWS, *ENCYCLOPEDIA, TEST, CONVERTED)
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def to_doc(vocab: Vocab, sentence: Sentence) -> Doc:
    """`sentence` as a gold document of one sentence; open columns are missing values, which are not learned from."""
    is_tagged = all(word.xpos for word in sentence)
    return Doc(
        vocab,
        words=[word.form for word in sentence],
        spaces=[word.space_after for word in sentence],
        pos=[word.upos for word in sentence] if is_tagged else None,
        tags=[word.xpos for word in sentence] if is_tagged else None,
        morphs=[word.feats for word in sentence] if is_tagged else None,
        heads=[word.head for word in sentence],
        deps=[word.deprel for word in sentence],
    )


def _without(sentences: Iterable[Sentence], texts: set[str]) -> Iterator[Sentence]:
    return (sentence for sentence in sentences if text_of(sentence) not in texts)
