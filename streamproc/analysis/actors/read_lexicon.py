"""The data of one language on actors to a `Lexicon`.

Comes in: the folder ``languages/<code>/actors``. Goes out: a frozen `Lexicon`. Raises `DataError` with file and line.
"""

from __future__ import annotations

from pathlib import Path

from streamproc.analysis.actors.lexicon import (
    ConnectiveUse,
    CuePosition,
    Demonyms,
    Determiner,
    DeterminerClass,
    Lexicon,
    Noun,
    Numerus,
    Pronoun,
    PronounRole,
)
from streamproc.contracts import ActorKind
from streamproc.errors import DataError
from streamproc.knowledge import Gender, Row, read_table

_DETERMINER_COLUMNS = ("word", "class", "number", "size")


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon in `folder`. Raises `DataError`."""
    nouns, compounds = _read_nouns(folder / "nouns.tsv")
    names = read_table(folder / "first_names.tsv", ("name", "gender"), key="name")
    demonyms = _read_demonyms(folder / "demonyms.tsv")
    return Lexicon(
        nouns=nouns,
        compound_nouns=compounds,
        not_nouns=frozenset(_read_lines(folder / "not_nouns.txt")),
        determiners=_read_determiners(folder / "determiners.tsv"),
        sizes=_read_sizes(folder / "determiners.tsv"),
        adjectives=frozenset(_read_lines(folder / "adjectives.txt")),
        pronouns=_read_pronouns(folder / "pronouns.tsv"),
        demonyms=demonyms,
        countries_by_region=_read_regions(folder / "regions.tsv"),
        plural_demonyms=frozenset(word for entry in demonyms for word in entry.plural),
        gender_by_first_name={row["name"]: row.choice("gender", Gender) for row in names},
        particles=frozenset(_read_lines(folder / "particles.txt")),
        prepositions=frozenset(_read_lines(folder / "prepositions.txt")),
        connectives=_read_connectives(folder / "connectives.tsv"),
        cues=_read_cues(folder / "cues.tsv"),
        places=_read_lines(folder / "places.txt"),
        others=_read_lines(folder / "others.txt"),
        name_heads=frozenset(_read_lines(folder / "name_heads.txt")),
        place_heads=frozenset(_read_lines(folder / "place_heads.txt")),
        channels=frozenset(_read_lines(folder / "channels.txt")),
        homographs=frozenset(_read_lines(folder / "homographs.txt")),
        place_nouns=frozenset(_read_lines(folder / "place_nouns.txt")),
        portfolios=_read_lines(folder / "portfolios.txt"),
        title_by_portfolio={
            row["portfolio"]: row.required("title")
            for row in read_table(folder / "ministers.tsv", ("portfolio", "title"), key="portfolio")
        },
    )


def _read_nouns(path: Path) -> tuple[dict[str, Noun], dict[str, Noun]]:
    nouns: dict[str, Noun] = {}
    compounds: dict[str, Noun] = {}
    for row in read_table(path, ("noun", "kind", "number", "gender", "title", "compounds"), key="noun"):
        noun = Noun(
            text=row["noun"],
            kind=row.choice("kind", ActorKind),
            number=row.choice("number", Numerus),
            gender=row.choice("gender", Gender),
            title=row["title"],
        )
        nouns[noun.text] = noun
        if row.one_of("compounds", ("yes", "")):
            compounds[noun.text] = noun
    return nouns, compounds


def _read_determiners(path: Path) -> dict[str, Determiner]:
    rows = read_table(path, _DETERMINER_COLUMNS, key="word")
    return {
        row["word"]: Determiner(row.choice("class", DeterminerClass), row.choice("number", Numerus)) for row in rows
    }


def _read_sizes(path: Path) -> dict[str, int]:
    rows = [row for row in read_table(path, _DETERMINER_COLUMNS) if row["size"]]
    return {row["word"]: int(row["size"]) if row["size"].isdigit() else row.fail("size is no number") for row in rows}


def _read_pronouns(path: Path) -> dict[str, Pronoun]:
    rows = read_table(path, ("word", "person", "number", "gender", "role", "possessive"), key="word")
    return {row["word"]: _pronoun(row) for row in rows}


def _pronoun(row: Row) -> Pronoun:
    return Pronoun(
        person=int(row.one_of("person", ("1", "2", "3"))),
        number=row.choice("number", Numerus),
        gender=row.choice("gender", Gender),
        role=row.choice("role", PronounRole),
        possessive=row.one_of("possessive", ("yes", "")) != "",
    )


def _read_demonyms(path: Path) -> tuple[Demonyms, ...]:
    rows = read_table(path, ("country", "adjectives", "singular", "plural"), key="country")
    return tuple(
        Demonyms(f"country:{row['country']}", row.listed("adjectives"), row.listed("singular"), row.listed("plural"))
        for row in rows
    )


def _read_connectives(path: Path) -> dict[ConnectiveUse, frozenset[str]]:
    words: dict[ConnectiveUse, set[str]] = {use: set() for use in ConnectiveUse}
    for row in read_table(path, ("word", "use")):
        words[row.choice("use", ConnectiveUse)].add(row.required("word"))
    return {use: frozenset(found) for use, found in words.items()}


def _read_regions(path: Path) -> dict[str, frozenset[str]]:
    return {
        adjective: frozenset(f"country:{code}" for code in row.listed("countries"))
        for row in read_table(path, ("adjectives", "countries"), key="adjectives")
        for adjective in row.listed("adjectives")
    }


def _read_cues(path: Path) -> dict[CuePosition, dict[str, ActorKind]]:
    cues: dict[CuePosition, dict[str, ActorKind]] = {position: {} for position in CuePosition}
    for row in read_table(path, ("cue", "where", "kind")):
        cues[row.choice("where", CuePosition)][row.required("cue")] = row.choice("kind", ActorKind)
    return cues


def _read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a word list, without comments."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))
