"""Learns the tables of the lemmatiser.

Comes in: gold sentences and lists of verbs. Goes out: exceptions and endings as `streamproc.analysis.lemmas` reads
them. Raises `ValueError` for a malformed list.

An ending is kept where most words that have it are changed alike, and otherwise than the shorter ending says. Words
that the endings get wrong are exceptions.
"""

from __future__ import annotations

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
from training.syntax.conllu import Sentence, Word

_EVENTS = Path(__file__).parents[2] / "streamproc" / "languages" / "nl" / "events"
VERBS = (_EVENTS / "verbs.tsv", Path(__file__).parent / "verbs.tsv")

_FORMS = 5
_ENDING_MIN_WORDS = 2
_VERB_MIN_LETTERS = 4
"""A shorter form is the ending of verbs that it is no part of."""

_Vocabulary = dict[tuple[str, str], str]


def learn(sentences: Iterable[Sentence], verbs: Iterable[Path] = VERBS) -> Tables:
    """The tables of `sentences`, completed with the forms of listed verbs."""
    sentences = list(sentences)
    listed = {key: lemma for path in verbs for key, lemma in _listed_forms(path)}
    vocabulary = _vocabulary(sentences)
    particles = _particles(sentences)
    bare = {_bare(kind, form, lemma, particles): lemma for (kind, form), lemma in vocabulary.items()}
    tables = Tables({}, _endings(bare, listed), particles)
    # What the treebank says of a form goes before the list.
    wrong = {key: lemma for key, lemma in {**listed, **bare}.items() if lemma_of(tables, *key) != lemma}
    completed = Tables(wrong, tables.endings, particles)
    wrong |= {key: lemma for key, lemma in vocabulary.items() if lemma_of(completed, key[0], _lowered(*key)) != lemma}
    return completed


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
    """Particles that verbs part with, longest first: those that the lemma of the verb has more often than not."""
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
    return (f"{kind}.ge", bare) if bare and bare[:1] == lemma[:1] else (kind, form)


def _listed_forms(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """Kind and form of the verbs in a list, and their infinitives; a participle has lost its "ge"."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines[1:], 1):
        infinitive, *forms = line.split("\t")
        if len(forms) != _FORMS:
            raise ValueError(f"{path}: verb {number}: expected an infinitive and {_FORMS} forms")
        *finite, participle = forms
        known = (form for form in (infinitive, *finite) if form != "-")
        yield from ((("VERB.Fin", form), infinitive) for form in known)
        yield ("VERB.Inf", infinitive), infinitive
        yield from ((("VERB.Part", f"{infinitive}{end}"), infinitive) for end in ("d", "de"))
        if participle != "-":
            bare = participle.removeprefix("ge") if not infinitive.startswith("ge") else participle
            yield ("VERB.Part.ge", bare), infinitive
            # Behind an inseparable prefix there is no "ge": "besloten" like "gesloten".
            yield ("VERB.Part", bare), infinitive


def _endings(vocabulary: _Vocabulary, listed: _Vocabulary) -> dict[tuple[str, str], Ending]:
    """What to do with each ending; a listed form is the ending of the verbs made of it ("uitriep")."""
    counts: dict[tuple[str, str], Counter[Ending]] = defaultdict(Counter)
    for (kind, form), lemma in (*vocabulary.items(), *listed.items()):
        shared = _shared(form, lemma)
        change = Ending(len(form) - shared, lemma[shared:])
        for length in range(change.cut, min(len(form), LONGEST_ENDING) + 1):
            counts[kind, form[len(form) - length :]][change] += 1
    endings: dict[tuple[str, str], Ending] = {}
    for (kind, end), changes in sorted(counts.items(), key=lambda item: (len(item[0][1]), item[0])):
        change = min(changes, key=lambda c: (-changes[c], c.cut, c.added))
        is_known = changes[change] >= _ENDING_MIN_WORDS or ((kind, end) in listed and len(end) >= _VERB_MIN_LETTERS)
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


def _shared(form: str, lemma: str) -> int:
    """How many letters both begin with."""
    pairs = zip(form, lemma, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(form), len(lemma)))
