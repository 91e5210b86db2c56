"""The tables of this folder to one knowledge base.

Goes out: `Knowledge`, with every actor by its id. Raises `DataError` with file and line for a table that does not
validate: a duplicate id, an unknown kind, country or person, a QID or date that is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from streamproc.contracts import ActorKind
from streamproc.contracts.ids import slug
from streamproc.knowledge.actor import Gender, KnownActor, Office
from streamproc.knowledge.table import Row, read_table

FOLDER = Path(__file__).parent

_COUNTRY_COLUMNS = ("iso3", "iso2", "name_nl", "name_en")
_FACT_COLUMNS = ("iso3", "wikidata", "capital_nl", "capital_en", "aliases")
_FORMER_COLUMNS = ("code", "wikidata", "name_nl", "name_en", "capital_nl", "capital_en", "aliases")
_BODY_COLUMNS = ("slug", "kind", "name_nl", "name_en", "aliases", "country", "wikidata")
_PERSON_COLUMNS = ("name", "name_nl", "gender", "country", "aliases", "wikidata")
_SEAT_COLUMNS = ("name", "language", "actor")
_TITLE_COLUMNS = ("title", "broader", "sole")
_OFFICE_COLUMNS = ("person", "title", "of", "since", "until", "contested")

_QID = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Actors that the world knows."""

    actor_by_id: dict[str, KnownActor]
    broader_titles: dict[str, tuple[str, ...]]
    """Keys of offices, each with those that it is also called by: a president is a head of state."""

    sole_titles: frozenset[str]
    """Keys of offices of which the world has one."""
    holders_by_office: dict[tuple[str, str | None], tuple[tuple[KnownActor, Office], ...]]
    """By title and `actor_id` of the body, those who hold or held the office, with their terms; by None all bodies."""

    def holder(self, title: str, of: str | None, earliest: dt.date, latest: dt.date) -> KnownActor | None:
        """The one who held the office `title` of `of` from `earliest` to `latest`, where that is certain.

        Where several may have, or the office was contested, there is nobody. Without `of`, the one holder in the world.
        """
        terms = self.holders_by_office.get((title, of), ())
        held = [(actor, office) for actor, office in terms if office.held_at(earliest, latest)]
        return held[0][0] if len(held) == 1 and not held[0][1].contested else None

    def country(self, iso3: str) -> KnownActor | None:
        """The country with this ISO 3166-1 alpha-3 code, in either case."""
        return self.actor_by_id.get(f"country:{iso3.lower()}")


def load_knowledge(folder: Path = FOLDER) -> Knowledge:
    """The knowledge base in `folder`. Raises `DataError`."""
    actors: dict[str, KnownActor] = {}
    for actor, row in _actors(folder):
        if actor.actor_id in actors:
            row.fail(f"{actor.actor_id} is there already")
        actors[actor.actor_id] = actor
    titles = _titles(folder / "titles.tsv")
    for person, offices in _offices(folder, actors, titles).items():
        actors[person] = replace(actors[person], offices=tuple(offices))
    for row in read_table(folder / "seats.tsv", _SEAT_COLUMNS, key="name"):
        _add_seat(row, actors)
    return Knowledge(actors, titles, _sole_titles(folder / "titles.tsv"), _holders(actors))


def _holders(actors: dict[str, KnownActor]) -> dict[tuple[str, str | None], tuple[tuple[KnownActor, Office], ...]]:
    holders: dict[tuple[str, str | None], list[tuple[KnownActor, Office]]] = {}
    for actor in actors.values():
        for office in actor.offices:
            for of in dict.fromkeys((office.of, None)):
                holders.setdefault((office.title, of), []).append((actor, office))
    return {office: tuple(held) for office, held in holders.items()}


def _actors(folder: Path) -> Iterator[tuple[KnownActor, Row]]:
    countries = list(_countries(folder))
    yield from countries
    yield from _former_countries(folder / "former_countries.tsv")
    known = frozenset(actor.iso3 for actor, _ in countries if actor.iso3)
    for file in ("ipos.tsv", "organisations.tsv"):
        for row in read_table(folder / file, _BODY_COLUMNS):
            yield _body(row, known), row
    for row in read_table(folder / "persons.tsv", _PERSON_COLUMNS, key="name"):
        yield _person(row, known), row


def _countries(folder: Path) -> Iterator[tuple[KnownActor, Row]]:
    facts = {row["iso3"]: row for row in read_table(folder / "country_facts.tsv", _FACT_COLUMNS, key="iso3")}
    for row in read_table(folder / "countries.tsv", _COUNTRY_COLUMNS, key="iso3"):
        yield _country(row, row["iso3"], facts.pop(row["iso3"], None)), row
    for row in facts.values():
        row.fail(f"{row['iso3']} is not in countries.tsv")


def _former_countries(path: Path) -> Iterator[tuple[KnownActor, Row]]:
    for row in read_table(path, _FORMER_COLUMNS, key="code"):
        yield replace(_country(row, row["code"], row), iso3=None), row


def _country(names: Row, code: str, facts: Row | None) -> KnownActor:
    actor_id = f"country:{code.lower()}"
    return KnownActor(
        actor_id=actor_id,
        kind=ActorKind.COUNTRY,
        name_by_language={"nl": names.required("name_nl"), "en": names.required("name_en")},
        aliases=facts.listed("aliases") if facts else (),
        wikidata=_qid(facts) if facts else None,
        iso3=code,
        country=actor_id,
        capital_by_language={key: facts.listed(f"capital_{key}") for key in ("nl", "en")} if facts else {},
    )


def _body(row: Row, countries: frozenset[str]) -> KnownActor:
    kind = row.choice("kind", ActorKind)
    name = row.required("slug")
    if slug(name) != name:
        row.fail(f"{name!r} is no slug")
    return KnownActor(
        actor_id=f"{kind}:{name}",
        kind=kind,
        name_by_language={"nl": row["name_nl"] or row.required("name_en"), "en": row["name_en"] or row["name_nl"]},
        aliases=row.listed("aliases"),
        wikidata=_qid(row),
        country=_country_id(row, countries),
    )


def _person(row: Row, countries: frozenset[str]) -> KnownActor:
    name = row.required("name")
    return KnownActor(
        actor_id=f"person:{slug(name)}",
        kind=ActorKind.PERSON,
        name_by_language={"nl": row["name_nl"] or name, "en": name},
        aliases=row.listed("aliases"),
        wikidata=_qid(row),
        country=_country_id(row, countries),
        gender=row.choice("gender", Gender),
    )


def _titles(path: Path) -> dict[str, tuple[str, ...]]:
    rows = read_table(path, _TITLE_COLUMNS, key="title")
    titles = {row["title"]: row.listed("broader") for row in rows}
    for row in rows:
        for title in row.listed("broader"):
            if title not in titles:
                row.fail(f"the broader title {title!r} is none of the titles")
    return titles


def _sole_titles(path: Path) -> frozenset[str]:
    rows = read_table(path, _TITLE_COLUMNS)
    return frozenset(row["title"] for row in rows if row.one_of("sole", ("yes", "")))


def _offices(folder: Path, actors: dict[str, KnownActor], titles: Container[str]) -> dict[str, list[Office]]:
    offices: dict[str, list[Office]] = {}
    for row in read_table(folder / "offices.tsv", _OFFICE_COLUMNS):
        person = f"person:{slug(row.required('person'))}"
        of = row["of"] or None
        for actor_id in (person, *((of,) if of else ())):
            if actor_id not in actors:
                row.fail(f"{actor_id} is not in the tables of actors")
        if row.required("title") not in titles:
            row.fail(f"{row['title']!r} is not in titles.tsv")
        contested = row.one_of("contested", ("", "contested")) != ""
        office = Office(row.required("title"), of, _date(row, "since"), _date(row, "until"), contested)
        offices.setdefault(person, []).append(office)
    return offices


def _add_seat(row: Row, actors: dict[str, KnownActor]) -> None:
    actor = actors.get(row.required("actor")) or row.fail(f"{row['actor']} is not in the tables of actors")
    language = row.one_of("language", ("nl", "en"))
    seats = (*actor.capital_by_language.get(language, ()), row["name"])
    capitals = {**actor.capital_by_language, language: seats}
    actors[actor.actor_id] = replace(actor, capital_by_language=capitals)


def _country_id(row: Row, countries: frozenset[str]) -> str | None:
    if row["country"] and row["country"] not in countries:
        row.fail(f"{row['country']!r} is not in countries.tsv")
    return f"country:{row['country'].lower()}" if row["country"] else None


def _qid(row: Row) -> str | None:
    if row["wikidata"] and not _QID.fullmatch(row["wikidata"]):
        row.fail(f"{row['wikidata']!r} is no QID")
    return row["wikidata"] or None


def _date(row: Row, column: str) -> str | None:
    date = row[column]
    if not date:
        return None
    if not _DATE.fullmatch(date):
        row.fail(f"{column} {date!r} is no date")
    try:
        dt.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    except ValueError:
        row.fail(f"{column} {date!r} is no date")
    return date
