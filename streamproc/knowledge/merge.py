"""What a row of the user says of an actor of ours, put together with what we know.

Goes out: one `KnownActor`. Raises `DataError` with file and line where the row contradicts ours.
"""

from __future__ import annotations

from dataclasses import replace

from streamproc.knowledge.actor import KnownActor
from streamproc.knowledge.table import Row


def merge(ours: KnownActor, users: KnownActor, row: Row) -> KnownActor:
    """`ours` with the names of `users`, and what else we did not know. Raises `DataError`."""
    for what, known, told in (
        ("wikidata", ours.wikidata, users.wikidata),
        ("country", ours.country, users.country),
        ("gender", ours.gender, users.gender),
    ):
        if known and told and known != told:
            row.fail(f"{what} of {ours.actor_id} is {told}, but we have {known}")
    known_names = {*ours.name_by_language.values(), *ours.aliases}
    names = dict.fromkeys((*users.name_by_language.values(), *users.aliases))
    return replace(
        ours,
        aliases=(*ours.aliases, *(name for name in names if name not in known_names)),
        wikidata=ours.wikidata or users.wikidata,
        country=ours.country or users.country,
        gender=ours.gender or users.gender,
        capital_by_language=_both(ours.capital_by_language, users.capital_by_language),
    )


def _both(ours: dict[str, tuple[str, ...]], users: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    languages = dict.fromkeys((*ours, *users))
    return {code: tuple(dict.fromkeys((*ours.get(code, ()), *users.get(code, ())))) for code in languages}
