"""Nominals and pronouns: which there are, and whom they stand for."""

from __future__ import annotations

import pytest

from streamproc.contracts import ActorKind, MentionForm


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("Gisteren demonstreerden duizenden betogers.", "duizenden betogers", ActorKind.POPULATION),
        ("Agenten schoten in de lucht.", "Agenten", ActorKind.ORGANISATION),
        ("Toen kwam het leger.", "het leger", ActorKind.ORGANISATION),
        ("Alle 137 opvarenden zijn gered.", "Alle 137 opvarenden", ActorKind.POPULATION),
        ("Een gewapende bende viel aan.", "Een gewapende bende", ActorKind.ARMED_GROUP),
        ("De Venezolaanse regering zweeg.", "De Venezolaanse regering", ActorKind.GOVERNMENT),
        ("Er kwam een PvdA'er langs.", "een PvdA'er", ActorKind.PERSON),
    ],
)
def test_a_nominal_runs_from_determiner_to_head(entity, text, mention, kind):
    found = entity(text, mention)
    assert (found.form, found.kind) == (MentionForm.NOMINAL, kind)
    assert not found.entity.named


@pytest.mark.parametrize(
    "text",
    ["Premier Mark Rutte sprak.", "Zijn advocaat Sven Mary sprak.", "De minister van Defensie Ank Bijleveld sprak."],
)
def test_a_title_before_a_name_is_no_mention(tag, text):
    assert [mention.form for entity in tag(text) for mention in entity.mentions] == [MentionForm.NAME]


@pytest.mark.parametrize(
    ("text", "mention", "actor_id"),
    [
        ("Karel Pauwels, de voorzitter van de bond, sprak.", "de voorzitter", "karel-pauwels"),
        ("Premier Mark Rutte sprak. Daarna zweeg de premier.", "de premier", "mark-rutte"),
        ("Joe Biden en Xi Jinping spraken. De Amerikaanse president zweeg.", "De Amerikaanse president", "joe-biden"),
        ("Angela Merkel en Emmanuel Macron kwamen. De bondskanselier zweeg.", "De bondskanselier", "angela-merkel"),
        ("Sigrid Kaag (D66) en Wopke Hoekstra (CDA) kwamen. De CDA'er zweeg.", "De CDA'er", "wopke-hoekstra"),
        ("Geert Wilders en Mark Rutte kwamen. De PVV-leider zweeg.", "De PVV-leider", "geert-wilders"),
    ],
)
def test_a_nominal_takes_up_the_person_who_is_known_for_it(entity, text, mention, actor_id):
    assert entity(text, mention).id == f"person:{actor_id}"


@pytest.mark.parametrize(
    ("text", "mention", "actor_id"),
    [
        (
            "Rusland steunt Venezuela. Het Latijns-Amerikaanse land is arm.",
            "Het Latijns-Amerikaanse land",
            "country:ven",
        ),
        ("Shell maakt winst. Shell betaalt meer. Het concern is tevreden.", "Het concern", "company:shell"),
        ("Vakbond FNV dreigt. De vakbond wil meer loon.", "De vakbond", "organisation:fnv"),
    ],
)
def test_a_nominal_takes_up_the_body_of_its_kind(entity, text, mention, actor_id):
    assert entity(text, mention).id == actor_id


def test_the_same_noun_again_is_the_same_actor(tag):
    found = [e for e in tag("De junta sloot de grens. Later gaf de junta toe.") if e.kind is ActorKind.GOVERNMENT]
    assert [[mention.text for mention in entity.mentions] for entity in found] == [["De junta", "de junta"]]


def test_two_that_are_joined_are_both_meant(actors):
    found = actors("Rusland en China waren tegen. Beide landen stemden niet.")
    assert found["country:rus"] == ["Rusland", "Beide landen"]
    assert found["country:chn"] == ["China", "Beide landen"]


@pytest.mark.parametrize(
    ("text", "mention", "actor_id"),
    [
        ("Angela Merkel sprak. Daarna ging zij weg.", "zij", "person:angela-merkel"),
        ("Angela Merkel ontving Mark Rutte. Daarna ging hij weg.", "hij", "person:mark-rutte"),
        ("Mark Rutte sprak. Geert Wilders geloofde hem niet.", "hem", "person:mark-rutte"),
        ("„Ik blijf”, zei Mark Rutte tegen Geert Wilders.", "Ik", "person:mark-rutte"),
        ("Mark Rutte zei: „Ik blijf.”", "Ik", "person:mark-rutte"),
    ],
)
def test_a_pronoun_stands_for_the_person_whom_it_fits(entity, text, mention, actor_id):
    assert entity(text, mention).id == actor_id


def test_a_plural_pronoun_stands_for_those_who_are_joined(actors):
    found = actors("Zijn bondgenoten zijn Rusland en China. Zij blokkeerden het voorstel.")
    assert "Zij" in found["country:rus"]
    assert "Zij" in found["country:chn"]


def test_possessives_are_no_mentions(tag):
    mentions = [m for e in tag("Mark Rutte sprak met haar broer en hun vader.") for m in e.mentions]
    assert all(mention.form is not MentionForm.PRONOUN for mention in mentions)


def test_a_pronoun_without_anybody_to_stand_for_is_left_out(actors):
    assert actors("Hij kwam gisteren thuis.") == {}


def test_an_actor_without_a_name_has_an_id_that_no_name_has(tag):
    ids = [entity.actor_id for entity in tag("De betogers riepen. Het leger schoot.")]
    assert len(set(ids)) == 2
    assert all("~" in actor_id for actor_id in ids)
