"""Tables of the user beside ours: what they add, and what is told of them."""

from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.analyser import load_analyser
from streamproc.errors import DataError
from streamproc.knowledge import load_knowledge
from streamproc.text import CleanArticle, Limits

ORGANISATIONS = "slug\tkind\tname_nl\tname_en\taliases\tcountry\twikidata\n"
PERSONS = "name\tname_nl\tgender\tcountry\taliases\twikidata\n"
OFFICES = "person\ttitle\tof\tsince\tuntil\tcontested\n"


@pytest.fixture
def folder(tmp_path):
    def write(**tables):
        for name, content in tables.items():
            (tmp_path / f"{name}.tsv").write_text(content, encoding="utf-8")
        return tmp_path

    return write


def test_a_row_adds_an_actor(folder):
    users = folder(organisations=ORGANISATIONS + "waterbond\torganisation\tWaterbond\t\tWB\tNLD\n")
    actor = load_knowledge(users=users).actor_by_id["organisation:waterbond"]
    assert (actor.name("nl"), actor.aliases, actor.country) == ("Waterbond", ("WB",), "country:nld")


def test_a_row_adds_names_to_an_actor_of_ours(folder):
    users = folder(
        organisations=ORGANISATIONS + "pvv\tparty\t\t\tWildersclub\n",
        country_facts="iso3\twikidata\tcapital_nl\tcapital_en\taliases\nNLD\t\t\t\tKikkerland\n",
    )
    ours, theirs = load_knowledge().actor_by_id, load_knowledge(users=users).actor_by_id
    assert set(theirs) == set(ours)
    assert theirs["party:pvv"].aliases == (*ours["party:pvv"].aliases, "Wildersclub")
    assert theirs["party:pvv"].name("nl") == ours["party:pvv"].name("nl")
    assert theirs["country:nld"].aliases[-1] == "Kikkerland"
    assert theirs["country:nld"].capital_by_language == ours["country:nld"].capital_by_language


def test_a_row_adds_an_office_to_a_person_of_ours(folder):
    users = folder(
        titles="title\tbroader\tsole\nwizard\tleader\t\n",
        offices=OFFICES + "Mark Rutte\twizard\tcountry:nld\t2030\t\t\n",
    )
    knowledge = load_knowledge(users=users)
    assert knowledge.actor_by_id["person:mark-rutte"].offices[-1].title == "wizard"
    assert (
        knowledge.holder("wizard", "country:nld", dt.date(2031, 1, 1), dt.date(2031, 1, 1)).name("nl") == "Mark Rutte"
    )


def test_a_name_that_another_actor_bears_is_told_with_file_and_line(folder):
    users = folder(persons=PERSONS + "Anna Merkel\t\tf\tDEU\tMerkel\n")
    (clash,) = load_knowledge(users=users).clashes
    assert clash == f"{users / 'persons.tsv'}:2: 'Merkel' also names person:angela-merkel"


def test_a_clash_is_logged_when_the_analyser_is_loaded(folder, caplog):
    load_analyser(Limits(), ["nl"], folder(persons=PERSONS + "Anna Merkel\t\tf\tDEU\tMerkel\n"))
    assert "persons.tsv:2: 'Merkel' also names person:angela-merkel" in caplog.text


@pytest.mark.parametrize(
    ("table", "content", "where"),
    [
        ("organisations", ORGANISATIONS + "pvv\tparty\t\t\t\tBEL\n", ":2: country of party:pvv is country:bel"),
        ("organisations", ORGANISATIONS + "new\tparty\n", ":2: name_en is empty"),
        ("persons", PERSONS + "Mark Rutte\t\tf\tNLD\n", ":2: gender of person:mark-rutte is f"),
        ("persons", "name\n", ":1: the columns are"),
        ("offices", OFFICES + "Nobody\tpresident\n", ":2: person:nobody is not"),
        ("offices", OFFICES + "Mark Rutte\tpresident\tcountry:nld\t2020-13\n", ":2: since '2020-13' is no date"),
        ("country_facts", "iso3\twikidata\tcapital_nl\tcapital_en\taliases\nXYZ\n", ":2: XYZ is no country"),
        ("people", PERSONS, ": is none of the tables"),
    ],
)
def test_what_does_not_validate_names_file_and_line(folder, table, content, where):
    users = folder(**{table: content})
    with pytest.raises(DataError) as caught:
        load_knowledge(users=users)
    assert f"{table}.tsv{where}" in str(caught.value)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DataError, match="nowhere"):
        load_knowledge(users=tmp_path / "nowhere")


def test_articles_are_linked_to_actors_of_the_user_and_the_record_names_the_tables(folder):
    users = folder(organisations=ORGANISATIONS + "waterbond\torganisation\tWaterbond\t\t\tNLD\n")
    analyser = load_analyser(Limits(), ["nl"], users)
    article = CleanArticle("a", "Volgens Waterbond is dat onjuist.", "nl", 1.0)
    result = analyser.analyse(article, processed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert [entity.actor_id for entity in result.entities] == ["organisation:waterbond"]
    assert set(analyser.pipeline.models) - set(load_analyser(Limits(), ["nl"]).pipeline.models) == {"knowledge/user"}
