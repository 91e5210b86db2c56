"""The tables of this folder, and those of the user, to one knowledge base.

Goes out: `Knowledge`, with every actor by its id. Raises `DataError` with file and line for a table that does not
validate: a duplicate id, an unknown kind, country or person, a QID or date that is none.

A folder of the user has tables of the same form, each of which may be missing. A row adds an actor, or adds names and
offices to one of ours: its empty cells say nothing, the others must not contradict ours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from streamproc.errors import DataError
from streamproc.knowledge.actor import KnownActor, Office
from streamproc.knowledge.merge import merge
from streamproc.knowledge.rows import BODY_FILES, Names, Titles, read_actors, read_facts, read_offices, read_titles
from streamproc.knowledge.table import Row, read_table

FOLDER = Path(__file__).parent

_SEAT_COLUMNS = ("name", "language", "actor")
_USER_FILES = frozenset((*BODY_FILES, "country_facts.tsv", "persons.tsv", "offices.tsv", "seats.tsv", "titles.tsv"))


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
    clashes: tuple[str, ...] = ()
    """Names in tables of the user that also name another actor, each with file and line; articles must tell whom."""

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


def load_knowledge(folder: Path = FOLDER, users: Path | None = None) -> Knowledge:
    """The knowledge base in `folder`, and what the folder `users` adds to it. Raises `DataError`."""
    loading = _Loading()
    loading.read_ours(folder)
    if users is not None:
        loading.read_users(users)
    return loading.knowledge()


class _Loading:
    """The actors so far."""

    def __init__(self) -> None:
        self._actors: dict[str, KnownActor] = {}
        self._titles = Titles({}, frozenset())
        self._clashes: list[str] = []

    def read_ours(self, folder: Path) -> None:
        for actor, row in read_actors(folder):
            if actor.actor_id in self._actors:
                row.fail(f"{actor.actor_id} is there already")
            self._actors[actor.actor_id] = actor
        self._titles = read_titles(folder / "titles.tsv", self._titles)
        self._read_offices(folder / "offices.tsv")
        self._read_seats(folder / "seats.tsv")

    def read_users(self, folder: Path) -> None:
        if not folder.is_dir():
            raise DataError(f"{folder}: is no folder")
        tables = {path.name: path for path in sorted(folder.glob("*.tsv"))}
        for name in tables.keys() - _USER_FILES:
            raise DataError(f"{tables[name]}: is none of the tables {', '.join(sorted(_USER_FILES))}")
        names = Names(self._actors)
        for actor, row in (*read_facts(folder, self._actors), *read_actors(folder, self._actors)):
            for name in names.taken(actor):
                self._clashes.append(f"{row.path}:{row.line}: {name!r} also names {', '.join(names.bearers(name))}")
            known = self._actors.get(actor.actor_id)
            self._actors[actor.actor_id] = merge(known, actor, row) if known else actor
            names.add(self._actors[actor.actor_id])
        if "titles.tsv" in tables:
            self._titles = read_titles(tables["titles.tsv"], self._titles)
        if "offices.tsv" in tables:
            self._read_offices(tables["offices.tsv"])
        if "seats.tsv" in tables:
            self._read_seats(tables["seats.tsv"])

    def knowledge(self) -> Knowledge:
        titles = self._titles
        return Knowledge(self._actors, titles.broader, titles.sole, _holders(self._actors), tuple(self._clashes))

    def _read_offices(self, path: Path) -> None:
        for person, offices in read_offices(path, self._actors, self._titles.broader).items():
            actor = self._actors[person]
            self._actors[person] = replace(actor, offices=(*actor.offices, *offices))

    def _read_seats(self, path: Path) -> None:
        for row in read_table(path, _SEAT_COLUMNS, key="name"):
            self._add_seat(row)

    def _add_seat(self, row: Row) -> None:
        actor = self._actors.get(row.required("actor")) or row.fail(f"{row['actor']} is not in the tables of actors")
        language = row.one_of("language", ("nl", "en"))
        seats = (*actor.capital_by_language.get(language, ()), row["name"])
        capitals = {**actor.capital_by_language, language: seats}
        self._actors[actor.actor_id] = replace(actor, capital_by_language=capitals)


def _holders(actors: dict[str, KnownActor]) -> dict[tuple[str, str | None], tuple[tuple[KnownActor, Office], ...]]:
    holders: dict[tuple[str, str | None], list[tuple[KnownActor, Office]]] = {}
    for actor in actors.values():
        for office in actor.offices:
            for of in dict.fromkeys((office.of, None)):
                holders.setdefault((office.title, of), []).append((actor, office))
    return {office: tuple(held) for office, held in holders.items()}
