"""Rows of the tables to actors, offices and titles.

Comes in: a folder, or a table in it. Goes out: `KnownActor`s with their rows, offices by person, titles. Raises
`DataError` with file and line for a row that does not validate.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from streamproc.contracts import ActorKind
from streamproc.contracts.ids import slug
from streamproc.knowledge.actor import Gender, KnownActor, Office
from streamproc.knowledge.table import Row, read_table

BODY_FILES = ("ipos.tsv", "organisations.tsv")

_COUNTRY_COLUMNS = ("iso3", "iso2", "name_nl", "name_en")
_FACT_COLUMNS = ("iso3", "wikidata", "capital_nl", "capital_en", "aliases")
_FORMER_COLUMNS = ("code", "wikidata", "name_nl", "name_en", "capital_nl", "capital_en", "aliases")
_BODY_COLUMNS = ("slug", "kind", "name_nl", "name_en", "aliases", "country", "wikidata")
_PERSON_COLUMNS = ("name", "name_nl", "gender", "country", "aliases", "wikidata")
_TITLE_COLUMNS = ("title", "broader", "sole")
_OFFICE_COLUMNS = ("person", "title", "of", "since", "until", "contested")

_QID = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Read = Iterator[tuple[KnownActor, Row]]


@dataclass(frozen=True, slots=True)
class Titles:
    """Keys of offices."""

    broader: dict[str, tuple[str, ...]]
    sole: frozenset[str]


class Names:
    """Whom each name names."""

    def __init__(self, actors: Mapping[str, KnownActor]) -> None:
        self._bearers_by_name: dict[str, dict[str, None]] = {}
        for actor in actors.values():
            self.add(actor)

    def add(self, actor: KnownActor) -> None:
        """Note the names of `actor`."""
        for name in _all_names(actor):
            self._bearers_by_name.setdefault(name, {})[actor.actor_id] = None

    def taken(self, actor: KnownActor) -> list[str]:
        """The names of `actor` that others bear, while it does not yet."""
        bearers = ((name, self._bearers_by_name.get(name, {})) for name in _all_names(actor))
        return [name for name, ids in bearers if ids and actor.actor_id not in ids]

    def bearers(self, name: str) -> tuple[str, ...]:
        """Ids of those who bear `name`."""
        return tuple(self._bearers_by_name.get(name, ()))


def _all_names(actor: KnownActor) -> dict[str, None]:
    return dict.fromkeys((*actor.name_by_language.values(), *actor.aliases))


def read_actors(folder: Path, known: Mapping[str, KnownActor] | None = None) -> Read:
    """The actors in `folder`; with `known` it is one of the user, which has no countries and may lack any table."""
    if known is None:
        countries = list(_countries(folder))
        yield from countries
        yield from _former_countries(folder / "former_countries.tsv")
        codes = frozenset(actor.iso3 for actor, _ in countries if actor.iso3)
    else:
        codes = frozenset(actor.iso3 for actor in known.values() if actor.iso3)
    for file in BODY_FILES:
        if known is None or (folder / file).exists():
            for row in read_table(folder / file, _BODY_COLUMNS):
                yield _body(row, codes, known or {}), row
    if known is None or (folder / "persons.tsv").exists():
        for row in read_table(folder / "persons.tsv", _PERSON_COLUMNS, key="name"):
            yield _person(row, codes), row


def read_facts(folder: Path, known: Mapping[str, KnownActor]) -> Read:
    """What a folder of the user adds to countries that are `known`."""
    path = folder / "country_facts.tsv"
    for row in read_table(path, _FACT_COLUMNS, key="iso3") if path.exists() else ():
        country = known.get(f"country:{row['iso3'].lower()}") or row.fail(f"{row['iso3']} is no country")
        yield replace(_with_facts(country, row), name_by_language=country.name_by_language), row


def _countries(folder: Path) -> Read:
    facts = {row["iso3"]: row for row in read_table(folder / "country_facts.tsv", _FACT_COLUMNS, key="iso3")}
    for row in read_table(folder / "countries.tsv", _COUNTRY_COLUMNS, key="iso3"):
        country = _country(row, row["iso3"])
        told = facts.pop(row["iso3"], None)
        yield _with_facts(country, told) if told else country, row
    for row in facts.values():
        row.fail(f"{row['iso3']} is not in countries.tsv")


def _former_countries(path: Path) -> Read:
    for row in read_table(path, _FORMER_COLUMNS, key="code"):
        yield replace(_with_facts(_country(row, row["code"]), row), iso3=None), row


def _country(row: Row, code: str) -> KnownActor:
    actor_id = f"country:{code.lower()}"
    return KnownActor(
        actor_id=actor_id,
        kind=ActorKind.COUNTRY,
        name_by_language={"nl": row.required("name_nl"), "en": row.required("name_en")},
        iso3=code,
        country=actor_id,
    )


def _with_facts(country: KnownActor, facts: Row) -> KnownActor:
    return replace(
        country,
        aliases=facts.listed("aliases"),
        wikidata=_qid(facts),
        capital_by_language={key: facts.listed(f"capital_{key}") for key in ("nl", "en")},
    )


def _body(row: Row, countries: Container[str], known: Mapping[str, KnownActor]) -> KnownActor:
    kind = row.choice("kind", ActorKind)
    name = row.required("slug")
    if slug(name) != name:
        row.fail(f"{name!r} is no slug")
    ours = known.get(f"{kind}:{name}")
    if ours is not None and not row["name_nl"] and not row["name_en"]:
        names = ours.name_by_language
    else:
        names = {"nl": row["name_nl"] or row.required("name_en"), "en": row["name_en"] or row["name_nl"]}
    return KnownActor(
        actor_id=f"{kind}:{name}",
        kind=kind,
        name_by_language=names,
        aliases=row.listed("aliases"),
        wikidata=_qid(row),
        country=_country_id(row, countries),
    )


def _person(row: Row, countries: Container[str]) -> KnownActor:
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


def read_titles(path: Path, known: Titles) -> Titles:
    """The titles in the table at `path`, and those that are `known`. Raises `DataError`."""
    rows = read_table(path, _TITLE_COLUMNS, key="title")
    broader = {**known.broader, **{row["title"]: row.listed("broader") for row in rows}}
    for row in rows:
        for title in row.listed("broader"):
            if title not in broader:
                row.fail(f"the broader title {title!r} is none of the titles")
    return Titles(broader, known.sole | {row["title"] for row in rows if row.one_of("sole", ("yes", ""))})


def read_offices(path: Path, actors: Container[str], titles: Container[str]) -> dict[str, list[Office]]:
    """The offices in the table at `path`, by the person who holds them. Raises `DataError`."""
    offices: dict[str, list[Office]] = {}
    for row in read_table(path, _OFFICE_COLUMNS):
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


def _country_id(row: Row, countries: Container[str]) -> str | None:
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
        dt.date.fromisoformat(date + "-01-01"[len(date) - len("2000") :])
    except ValueError:
        row.fail(f"{column} {date!r} is no date")
    return date
