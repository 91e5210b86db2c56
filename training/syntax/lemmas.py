"""Learns the tables of the lemmatiser.

Comes in: gold sentences and the list of strong verbs. Goes out: exceptions and endings as `streamproc.analysis.lemmas` reads
them. Raises `ValueError` for a malformed list.

An ending is kept where most words that have it are changed alike, and otherwise than the shorter ending says. Words that the
endings get wrong are exceptions.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from streamproc.analysis.lemmas import (
    LONGEST_ENDING,
    Ending,
    Tables,
    kind_of,
    lemma_of,
    shown_in,
    without_participle,
)
from training.syntax.conjugation import regular_forms
from training.syntax.conllu import Sentence, Word

STRONG_VERBS = Path(__file__).parent / "strong_verbs.tsv"

_FORMS = 4
_ENDING_MIN_WORDS = 2

_Vocabulary = dict[tuple[str, str], str]


def learn(sentences: Iterable[Sentence], more: Iterable[Sentence] = (), strong_verbs: Path = STRONG_VERBS) -> Tables:
    """The tables of `sentences`, completed with the forms of strong verbs and of the infinitives in `more`."""
    sentences = list(sentences)
    particles = _particles(sentences)
    strong_forms = list(_strong_forms(strong_verbs))
    vocabulary = {**dict(strong_forms), **_vocabulary(sentences)}
    bare = {_bare(kind, form, lemma, particles): lemma for (kind, form), lemma in vocabulary.items()}
    strong = dict(_bare_strong(strong_forms))
    tables = Tables({}, _endings(bare, strong), particles)
    infinitives = {lemma for (kind, _), lemma in vocabulary.items() if kind.startswith("VERB.")}
    infinitives |= {word.form.lower() for sentence in more for word in sentence if _kind(word) == "VERB.Inf"}
    regular = _regular(infinitives, {lemma for _, lemma in strong_forms}, particles)
    wrong = {key: lemma for key, lemma in {**regular, **bare}.items() if _without_exceptions(tables, *key) != lemma}
    exceptions = Tables(wrong, tables.endings, particles)
    wrong |= {key: lemma for key, lemma in vocabulary.items() if lemma_of(exceptions, key[0], _lowered(*key)) != lemma}
    return Tables(wrong, tables.endings, particles)


def _regular(infinitives: Iterable[str], strong: set[str], particles: Iterable[str]) -> _Vocabulary:
    """The regular forms of verbs, by kind and form; strong verbs have some of them."""
    vocabulary: _Vocabulary = {}
    for infinitive in sorted(infinitives):
        is_strong = any(infinitive.endswith(verb) for verb in strong)
        particle = next((p for p in particles if infinitive.startswith(p) and len(infinitive) > len(p) + 4), "")
        for parted in {particle, ""}:
            for kind, form in regular_forms(infinitive, parted):
                is_past = form.endswith(("te", "ten", "de", "den")) or kind.startswith("VERB.Part")
                if form.isalpha() and not (is_strong and is_past):
                    vocabulary.setdefault((kind, form), infinitive)
    return vocabulary


def _without_exceptions(tables: Tables, kind: str, form: str) -> str:
    return lemma_of(Tables({}, tables.endings, ()), kind, form)


def _lowered(kind: str, form: str) -> str:
    """`form` as the component looks it up where it opens a sentence."""
    return form if kind.startswith("PROPN") else form.lower()


def _vocabulary(sentences: Iterable[Sentence]) -> _Vocabulary:
    """The most frequent lemma of each kind and form in lower case, and with capitals where that differs."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for index, word in enumerate(sentence):
            lemma = _without_particle(sentence, index)
            if word.upos == "PUNCT" or not lemma:
                continue
            for form in {word.form, _lowered(word.upos, word.form)}:
                counts[_kind(word), form][lemma] += 1
    vocabulary = {key: min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma)) for key, lemmas in counts.items()}
    return {
        (kind, form): lemma
        for (kind, form), lemma in vocabulary.items()
        if _lowered(kind, form) == form or lemma not in {vocabulary[kind, form.lower()], lemma.lower()}
    }


def _without_particle(sentence: Sentence, index: int) -> str:
    """The lemma of a verb without the particle that stands elsewhere in the sentence."""
    lemma = sentence[index].lemma
    for word in sentence:
        particle = word.form.lower()
        if word.deprel == "compound:prt" and word.head == index and lemma.startswith(particle):
            return lemma[len(particle) :]
    return lemma


def _kind(word: Word) -> str:
    features = dict(pair.split("=") for pair in word.feats.split("|")) if word.feats else {}
    return kind_of(word.upos, features.get(shown_in(word.upos), ""))


def _particles(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """Particles that verbs part with, longest first: those that are part of the lemma of the verb more often than not."""
    votes: Counter[str] = Counter()
    for sentence in sentences:
        for word in sentence:
            form = word.form.lower()
            if word.deprel == "compound:prt":
                votes[form] += 1 if sentence[word.head].lemma.startswith(form) else -1
            before, ge, _ = form.partition("ge")
            if (
                _kind(word) == "VERB.Part"
                and ge
                and word.lemma.startswith(before)
                and not word.lemma.startswith(before + ge)
            ):
                votes[before] += 1
    return tuple(sorted((word for word, n in votes.items() if n > 1 and word), key=lambda word: (-len(word), word)))


def _bare(kind: str, form: str, lemma: str, particles: Iterable[str]) -> tuple[str, str]:
    """A participle without its "ge", where its lemma has none either."""
    bare = without_participle(form, particles) if kind == "VERB.Part" else ""
    return (f"{kind}.ge", bare) if bare and os.path.commonprefix([bare, lemma]) else (kind, form)


def _strong_forms(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        forms = line.split("\t")
        if len(forms) != _FORMS:
            raise ValueError(f"{path}:{number}: expected {_FORMS} forms")
        infinitive, *inflected = forms
        for kind, alternatives in zip(("VERB.Fin", "VERB.Fin", "VERB.Part"), inflected, strict=True):
            for form in alternatives.split("/"):
                if form.isalpha():
                    yield (kind, form), infinitive


def _bare_strong(forms: Iterable[tuple[tuple[str, str], str]]) -> Iterator[tuple[tuple[str, str], str]]:
    for (kind, form), lemma in forms:
        bare = form.removeprefix("ge") if kind == "VERB.Part" else form
        if bare != form:
            yield (f"{kind}.ge", bare), lemma
        # Behind an inseparable prefix there is no "ge": "besloten", "ontvangen".
        yield (kind, bare), lemma


def _endings(vocabulary: _Vocabulary, strong: _Vocabulary) -> dict[tuple[str, str], Ending]:
    """What to do with each ending; whole strong forms are endings of the verbs derived from them ("uitriep")."""
    counts: dict[tuple[str, str], Counter[Ending]] = defaultdict(Counter)
    for (kind, form), lemma in (*vocabulary.items(), *strong.items()):
        shared = len(os.path.commonprefix([form, lemma]))
        change = Ending(len(form) - shared, lemma[shared:])
        for length in range(change.cut, min(len(form), LONGEST_ENDING) + 1):
            counts[kind, form[len(form) - length :]][change] += 1
    endings: dict[tuple[str, str], Ending] = {}
    for (kind, end), changes in sorted(counts.items(), key=lambda item: (len(item[0][1]), item[0])):
        change = min(changes, key=lambda c: (-changes[c], c.cut, c.added))
        is_known = changes[change] >= _ENDING_MIN_WORDS or (kind, end) in strong
        if is_known and change != _shorter(endings, kind, end):
            endings[kind, end] = change
    return endings


def _shorter(endings: dict[tuple[str, str], Ending], kind: str, end: str) -> Ending:
    """What the longest shorter ending says."""
    for start in range(1, len(end) + 1):
        change = endings.get((kind, end[start:]))
        if change is not None:
            return change
    return Ending(0, "")
