"""One actor, many names."""

from __future__ import annotations


def test_a_surname_is_the_person_with_the_longer_name(actors):
    text = "Woordvoerder Karel Pauwels sprak. Later zei Pauwels niets meer."
    assert actors(text)["person:karel-pauwels"] == ["Karel Pauwels", "Pauwels"]


def test_a_surname_before_the_longer_name_is_the_same_person(actors):
    assert actors("Guaidó wil terug\n\nLater sprak Juan Guaidó.")["person:juan-guaido"] == ["Guaidó", "Juan Guaidó"]


def test_the_person_of_the_article_wins_over_a_famous_namesake(named):
    found = named("Schrijfster Anna Trump las voor. Trump kreeg applaus.")
    assert found == {"person:anna-trump": ["Anna Trump", "Trump"]}


def test_namesakes_in_one_article_stay_apart(named):
    found = named("Bill Clinton sprak. Hillary Clinton zweeg.")
    assert set(found) == {"person:bill-clinton", "person:hillary-clinton"}


def test_an_acronym_in_brackets_is_the_name_before_it(actors):
    text = "De Bond van Waterschappen (BVW) is tegen. De BVW stapt naar de rechter."
    assert actors(text)["organisation:bond-van-waterschappen"] == ["Bond van Waterschappen", "BVW", "BVW"]


def test_an_alias_of_two_actors_is_told_by_the_country(named):
    assert "party:ps-fr" in named("In Frankrijk verloor de PS. De Franse president won.")
    assert "party:ps-be" in named("In België verloor de PS. De Belgische premier won.")


def test_offices_of_known_persons_are_on_the_record(tag):
    lavrov = next(e for e in tag("Sergej Lavrov sprak.") if e.actor_id == "person:sergey-lavrov")
    assert [(role.title, role.of, role.since) for role in lavrov.roles] == [
        ("foreign-minister", "country:rus", "2004-03-09")
    ]
    assert lavrov.country == "country:rus"


def test_a_contested_office_says_so(tag):
    guaido = next(e for e in tag("Juan Guaidó sprak.") if e.named)
    assert any(role.contested for role in guaido.roles)
