"""Dictionary forms of words, from tables learned of a treebank.

Comes in: a parsed spaCy `Doc` (part of speech, features, heads). Goes out: the same `Doc` with lemmas. Raises
`DataError` for a malformed table.

Words are told apart by kind: part of speech and the one feature that inflection shows in ("VERB.Part", "NOUN.Plur"). A
word is looked up among the exceptions of its kind; else the longest known ending says what to cut off and what to put
in its place. The "ge" of a participle goes first, also behind a particle ("opgelost"). A verb is joined with its
particle ("lost … op": "oplossen").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.symbols import MORPH, POS  # type: ignore[import-not-found]  # a Cython module
from spacy.tokens import Doc, Token

from streamproc.errors import DataError

EXCEPTIONS_FILE = "exceptions.tsv"
ENDINGS_FILE = "endings.tsv"
PARTICLES_FILE = "particles.txt"

LONGEST_ENDING = 12
"""Endings are looked for up to this length."""

_SHOWN_IN = {"NOUN": "Number", "PROPN": "Number", "ADJ": "Degree", "VERB": "VerbForm", "AUX": "VerbForm"}
_PARTICLE_LABEL = "compound:prt"
_PARTICIPLE = "ge"
_CAPITALISED = ("ADJ", "X", "SYM")


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of words with a certain ending: `cut` letters go, `added` comes."""

    cut: int
    added: str

    def apply(self, form: str) -> str:
        """The lemma of `form`."""
        return form[: len(form) - self.cut] + self.added


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything learned."""

    exceptions: dict[tuple[str, str], str]
    """Lemma by kind and form."""
    endings: dict[tuple[str, str], Ending]
    """What to do by kind and ending; the empty ending is the kind's default."""
    particles: tuple[str, ...]
    """What "ge" may stand behind, longest first."""


def kind_of(upos: str, feature: str) -> str:
    """The kind of a word of a part of speech, given the value of the feature that `shown_in` names, or nothing."""
    return f"{upos}.{feature}" if feature else upos


def shown_in(upos: str) -> str:
    """The feature that inflection shows in; empty where a part of speech has none."""
    return _SHOWN_IN.get(upos, "")


def without_participle(form: str, particles: Iterable[str]) -> str:
    """`form` without the "ge" of a participle, at its start or behind a particle; empty where there is none."""
    if form.startswith(_PARTICIPLE):
        return form[len(_PARTICIPLE) :]
    for particle in particles:
        if form.startswith(particle + _PARTICIPLE):
            return particle + form[len(particle) + len(_PARTICIPLE) :]
    return ""


def lemma_of(tables: Tables, kind: str, form: str) -> str:
    """The lemma of `form`, which keeps its capitals; at most `LONGEST_ENDING` look-ups in either table."""
    known = tables.exceptions.get((kind, form))
    if known is not None:
        return known
    if kind == "VERB.Part":
        bare = without_participle(form, tables.particles)
        if bare:
            return tables.exceptions.get((f"{kind}.ge", bare)) or _by_ending(tables, f"{kind}.ge", bare)
    return _by_ending(tables, kind, form)


class Lemmas:
    """The spaCy component; `Lemmas.from_disk` fills it."""

    def __init__(self, name: str = "lemmas", tables: Tables | None = None) -> None:
        self.name = name
        self.tables = tables or Tables({}, {}, ())

    def __call__(self, doc: Doc) -> Doc:
        """Sets the lemma of every token of `doc`."""
        particle_by_verb = {token.head.i: token.lower_ for token in doc if token.dep_ == _PARTICLE_LABEL}
        kind_by_tag: dict[tuple[int, int], str] = {}
        for token, tag in zip(doc, doc.to_array([POS, MORPH]).tolist(), strict=True):
            kind = kind_by_tag.get(tuple(tag)) or kind_by_tag.setdefault(tuple(tag), _kind(token))
            lemma = self._lemma(token, kind)
            particle = particle_by_verb.get(token.i, "")
            is_parted = particle in self.tables.particles and not lemma.startswith(particle)
            token.lemma_ = particle + lemma if is_parted else lemma
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Writes the tables into the folder `path`."""
        del exclude
        path.mkdir(parents=True, exist_ok=True)
        exceptions = (f"{kind}\t{form}\t{lemma}" for (kind, form), lemma in sorted(self.tables.exceptions.items()))
        endings = (f"{kind}\t{end}\t{e.cut}\t{e.added}" for (kind, end), e in sorted(self.tables.endings.items()))
        for name, lines in (
            (EXCEPTIONS_FILE, exceptions),
            (ENDINGS_FILE, endings),
            (PARTICLES_FILE, self.tables.particles),
        ):
            (path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Lemmas:
        """Reads the tables of the folder `path`. Raises `DataError`."""
        del exclude
        exceptions = {(kind, form): lemma for kind, form, lemma in _rows(path / EXCEPTIONS_FILE, 3)}
        endings = {(kind, end): _ending(cut, added, end) for kind, end, cut, added in _rows(path / ENDINGS_FILE, 4)}
        self.tables = Tables(exceptions, endings, tuple(word for (word,) in _rows(path / PARTICLES_FILE, 1)))
        return self

    def _lemma(self, token: Token, kind: str) -> str:
        exceptions, form = self.tables.exceptions, token.text
        if kind.startswith("PROPN"):
            return lemma_of(self.tables, kind, form)
        known = exceptions.get((kind, form)) or exceptions.get((kind, token.lower_))
        if known:
            return known
        # A capital is part of what is derived from a name; at the start of a sentence it says nothing.
        keeps_capital = kind.startswith(_CAPITALISED) and not token.is_sent_start
        return lemma_of(self.tables, kind, form if keeps_capital else token.lower_)


@Language.factory("streamproc_lemmas", assigns=["token.lemma"], requires=["token.pos", "token.morph", "token.dep"])
def create_lemmas(nlp: Language, name: str) -> Lemmas:
    """The component without tables."""
    del nlp
    return Lemmas(name)


def _kind(token: Token) -> str:
    feature = shown_in(token.pos_)
    values = token.morph.get(feature, []) if feature else []
    return kind_of(token.pos_, values[0] if values else "")


def _by_ending(tables: Tables, kind: str, form: str) -> str:
    for length in range(min(len(form), LONGEST_ENDING), -1, -1):
        ending = tables.endings.get((kind, form[len(form) - length :]))
        if ending is not None:
            return ending.apply(form)
    return form


def _ending(cut: str, added: str, end: str) -> Ending:
    if not cut.isdigit() or int(cut) > len(end):
        raise DataError(f"{ENDINGS_FILE}: the ending {end!r} cannot lose {cut!r} letters")
    return Ending(int(cut), added)


def _rows(path: Path, columns: int) -> list[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise DataError(f"{path}:{number}: expected {columns} columns")
    return rows
