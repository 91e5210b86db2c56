"""Several bearers of one name: which evidence tells."""

from __future__ import annotations

import pytest

from streamproc.analysis.actors.bearers import Context, bearer, in_office
from streamproc.analysis.actors.name import Name
from streamproc.contracts import ActorKind, MentionForm
from streamproc.knowledge import KnownActor, Office
from streamproc.text.partial_date import parse_published


def person(slug, country="country:nld", *offices):
    kind = ActorKind.PERSON
    terms = tuple(Office(title, of, since, until, contested=False) for title, of, since, until in offices)
    return KnownActor(f"person:{slug}", kind, {"en": slug}, country=country, offices=terms)


OLD = person("old", "country:nld", ("president", "country:nld", "1980", "1985"))
NEW = person("new", "country:nld", ("president", "country:nld", "2000", "2005"))
ABROAD = person("abroad", "country:bel", ("prime-minister", "country:bel", "2000", "2005"))
PLAIN = person("plain", "country:fra")


def told(bearers, *, date=None, titles=(), country=None, named=(), perhaps=()):
    name = Name(0, 1, "Jansen", "gazetteer", MentionForm.NAME, titles=titles, country=country)
    context = Context(frozenset(named), parse_published(date) if date else None, {"prime-minister": ("leader",)})
    found = bearer(name, bearers, perhaps, context)
    return found.actor_id.removeprefix("person:") if found else None


@pytest.mark.parametrize(
    ("evidence", "who"),
    [
        ({"date": "1982", "titles": ("president",)}, "old"),
        ({"date": "2002", "titles": ("president",)}, "new"),
        ({"date": "2002", "titles": ("prime-minister",)}, "abroad"),
        ({"date": "2002", "titles": ("leader",)}, "abroad"),
        ({"date": "2002", "country": "country:bel", "titles": ("prime-minister",)}, "abroad"),
        ({"date": "1983"}, "old"),
        ({"date": "1987"}, "old"),
        ({"date": "2002", "named": ("country:bel",)}, "abroad"),
        ({"date": "2002", "named": ("country:bel", "country:nld")}, None),
        ({"date": "1900"}, None),
        ({"date": "2100"}, None),
        ({}, None),
    ],
)
def test_evidence_tells_the_bearer(evidence, who):
    assert told((OLD, NEW, ABROAD), **evidence) == who


def test_a_sole_bearer_needs_no_evidence():
    assert told((PLAIN,)) == "plain"


def test_a_mere_surname_needs_the_office_at_the_date():
    assert told((), perhaps=(NEW,), date="2002") is None
    assert told((), perhaps=(NEW,), date="2002", titles=("president",)) == "new"
    assert told((), perhaps=(NEW,), date="2010", titles=("president",)) is None
    assert told((), perhaps=(NEW,), date="2010", titles=("president",), country="country:nld") == "new"


def test_offices_at_the_date_come_before_all_offices():
    both = person("both", "country:nld", ("minister", "country:nld", "1990", "1994"), ("mayor", None, "1996", None))
    assert [office.title for office in in_office(both, parse_published("1992"))] == ["minister"]
    assert [office.title for office in in_office(both, parse_published("1995"))] == ["minister", "mayor"]
    assert [office.title for office in in_office(both, None)] == ["minister", "mayor"]
