"""The knowledge base: complete where it must be, consistent everywhere."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter

import pytest

from streamproc.analysis.actors.read_lexicon import read_lexicon
from streamproc.contracts import ActorKind
from streamproc.errors import DataError
from streamproc.knowledge import FOLDER, Office, load_knowledge, read_table
from streamproc.languages import language


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="module")
def by_kind(knowledge):
    return Counter(actor.kind for actor in knowledge.actor_by_id.values())


def test_all_countries_and_territories_of_iso_3166_are_there(knowledge):
    codes = {actor.iso3 for actor in knowledge.actor_by_id.values() if actor.iso3}
    assert len(codes) == 250  # 249 of ISO 3166-1, and Kosovo
    assert knowledge.country("nld").name("nl") == "Nederland"
    assert knowledge.country("NLD").name("en") == "Netherlands"


def test_there_are_enough_actors_to_begin_with(knowledge, by_kind):
    assert by_kind[ActorKind.IPO] >= 155
    assert by_kind[ActorKind.ARMED_GROUP] + by_kind[ActorKind.COMPANY] + by_kind[ActorKind.MEDIA] >= 400
    assert by_kind[ActorKind.PARTY] + by_kind[ActorKind.ORGANISATION] >= 400
    assert by_kind[ActorKind.PERSON] >= 1050
    assert sum(bool(actor.offices) for actor in knowledge.actor_by_id.values()) >= 1050


def test_the_holder_of_an_office_depends_on_the_date(knowledge):
    def premier(day):
        return knowledge.holder("prime-minister", "country:nld", day, day)

    assert premier(dt.date(2005, 5, 5)).actor_id == "person:jan-peter-balkenende"
    assert premier(dt.date(2015, 5, 5)).actor_id == "person:mark-rutte"
    assert premier(dt.date(1900, 5, 5)) is None


def test_a_contested_office_has_no_certain_holder(knowledge):
    day = dt.date(2019, 3, 2)
    assert knowledge.holder("president", "country:ven", day, day) is None


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2019", "2019", 0),
        ("2019-03", "2019-03", 0),
        ("2019-03-02", None, 0),
        (None, "2019-03-01", 1),
        ("2019-03-05", None, 3),
        (None, "2018", 61),
    ],
)
def test_a_term_runs_from_its_first_day_to_its_last(since, until, days):
    office = Office("president", None, since, until, contested=False)
    assert office.days_from(dt.date(2019, 3, 2), dt.date(2019, 3, 2)) == days
    assert office.held_at(dt.date(2019, 3, 2), dt.date(2019, 3, 2)) == (days == 0)


def test_no_two_actors_share_a_wikidata_item(knowledge):
    items = Counter(actor.wikidata for actor in knowledge.actor_by_id.values() if actor.wikidata)
    assert [item for item, count in items.items() if count > 1] == []


def test_sovereign_states_have_a_wikidata_item_and_dutch_demonyms(knowledge):
    countries = [actor for actor in knowledge.actor_by_id.values() if actor.kind is ActorKind.COUNTRY and actor.iso3]
    with_item = {actor.actor_id for actor in countries if actor.wikidata}
    demonyms = {entry.country for entry in read_lexicon(language("nl").folder / "actors").demonyms if entry.adjectives}
    assert len(with_item) >= 195
    # "Congolees" and "Dominicaans" are taken for the larger countries; Macau has no Dutch demonym.
    assert with_item - demonyms == {"country:cog", "country:dma", "country:mac"}


def test_demonyms_name_known_countries(knowledge):
    lexicon = read_lexicon(language("nl").folder / "actors")
    assert {entry.country for entry in lexicon.demonyms} <= set(knowledge.actor_by_id)


def test_titles_of_nouns_are_titles_of_offices(knowledge):
    lexicon = read_lexicon(language("nl").folder / "actors")
    assert {noun.title for noun in lexicon.nouns.values() if noun.title} <= set(knowledge.broader_titles)


def test_offices_end_after_they_begin():
    for row in read_table(FOLDER / "offices.tsv", ("person", "title", "of", "since", "until", "contested")):
        if row["since"] and row["until"]:
            assert row["since"] <= row["until"], f"line {row.line}"


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("persons.tsv", "Nobody\t\tx\t\t\t", "gender"),
        ("persons.tsv", "Nobody\t\tm\tXXX\t\t", "XXX"),
        ("persons.tsv", "Nobody\t\tm\t\t\t55", "QID"),
        ("ipos.tsv", "Not A Slug\tipo\tA\tA\t\t\t", "no slug"),
        ("ipos.tsv", "un\tipo\tA\tA\t\t\t", "there already"),
        ("organisations.tsv", "a-b\tgang\tA\tA\t\t\t", "kind"),
        ("offices.tsv", "Nobody\tpresident\t\t\t\t", "person:nobody"),
        ("offices.tsv", "Vladimir Putin\twizard\t\t\t\t", "wizard"),
        ("offices.tsv", "Vladimir Putin\tpresident\t\tsoon\t\t", "no date"),
        ("titles.tsv", "wizard\tsorcerer", "sorcerer"),
        ("seats.tsv", "Atlantis\tnl\tipo:atlantis", "ipo:atlantis"),
        ("country_facts.tsv", "XYZ\t\t\t\t", "XYZ"),
    ],
)
def test_data_that_do_not_validate_name_file_and_line(tmp_path, file, line, message):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    number = len(path.read_text(encoding="utf-8").splitlines())
    with pytest.raises(DataError, match=message) as caught:
        load_knowledge(folder)
    assert f"{file}:{number}" in str(caught.value)
