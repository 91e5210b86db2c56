"""Names: known ones, sequences of capitals, what is no actor."""

from __future__ import annotations

import pytest

from streamproc.contracts import ActorKind, MentionForm


@pytest.mark.parametrize(
    ("text", "mention", "actor_id"),
    [
        ("Gisteren sprak Rusland met de V.S. over wapens.", "V.S.", "country:usa"),
        ("De Verenigde Staten van Amerika stemden tegen.", "Verenigde Staten van Amerika", "country:usa"),
        ("Het VK verlaat de unie.", "VK", "country:gbr"),
        ("De VAE stuurden hulp.", "VAE", "country:are"),
        ("Wit-Rusland sloot de grens.", "Wit-Rusland", "country:blr"),
        ("De Sovjet-Unie viel uiteen.", "Sovjet-Unie", "country:sun"),
        ("De NAVO waarschuwde.", "NAVO", "ipo:nato"),
        ("Volgens het Internationaal Strafhof kan dat niet.", "Internationaal Strafhof", "ipo:icc"),
        ("De OVSE stuurt waarnemers.", "OVSE", "ipo:osce"),
        ("De Partij van de Arbeid wil dat niet.", "Partij van de Arbeid", "party:pvda-nl"),
        ("Volgens persbureau ANP is dat zo.", "ANP", "media:anp"),
        ("President Poetin ontkende.", "Poetin", "person:vladimir-putin"),
        ("Volgens Vladimir Putin is dat zo.", "Vladimir Putin", "person:vladimir-putin"),
        ("De Wever weigerde.", "De Wever", "person:bart-de-wever"),
        ("Het Kremlin ontkent.", "Kremlin", "country:rus"),
    ],
)
def test_a_known_name_is_linked_to_its_actor(entity, text, mention, actor_id):
    assert entity(text, mention).id == actor_id


@pytest.mark.parametrize(
    ("text", "mention", "actor_id"),
    [
        ("De Russische ambassadeur vertrok.", "Russische", "country:rus"),
        ("Een Wit-Russisch toestel landde.", "Wit-Russisch", "country:blr"),
        ("De Zuid-Koreaanse marine schoot.", "Zuid-Koreaanse", "country:kor"),
        ("Het Amerikaanse voorstel werd verworpen.", "Amerikaanse", "country:usa"),
        ("Turkse Nederlanders demonstreerden.", "Turkse", "country:tur"),
    ],
)
def test_a_demonym_is_a_mention_of_the_country(entity, text, mention, actor_id):
    found = entity(text, mention)
    assert (found.id, found.form) == (actor_id, MentionForm.DEMONYM)


@pytest.mark.parametrize(
    "text",
    [
        "Het Latijns-Amerikaanse protest hield aan.",
        "De Europese bevolking krimpt.",
        "Zij spreekt vloeiend Frans.",
        "Het stond in het Engels.",
        "Vlaamse wegen zijn slecht.",
    ],
)
def test_other_adjectives_and_languages_name_no_country(named, text):
    assert named(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "In Amsterdam regende het.",
        "Hij reisde naar Moskou en kwam terug uit Parijs.",
        "De burgemeester van Rotterdam trad op.",
        "Gisteren won zij de Nobelprijs voor de Vrede.",
        "Dat schreef hij op Twitter.",
        "Buurlanden dreigen met geweld.",
        "De minister van Buitenlandse Zaken zweeg.",
    ],
)
def test_places_works_and_portfolios_are_no_actors(named, text):
    assert named(text) == {}


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("Woordvoerder Karel Pauwels ontkende alles.", "Karel Pauwels", ActorKind.PERSON),
        ("De Russische minister van Defensie Igor Semjonov sprak.", "Igor Semjonov", ActorKind.PERSON),
        ("VN-gezant Gerrit van der Molen vertrok.", "Gerrit van der Molen", ActorKind.PERSON),
        ("Ahmed al-Masri werd vrijgelaten.", "Ahmed al-Masri", ActorKind.PERSON),
        ("Verdachte Sietse V. zweeg.", "Sietse V.", ActorKind.PERSON),
        ("Volgens Stichting Open Water klopt dat.", "Stichting Open Water", ActorKind.ORGANISATION),
        ("Het bedrijf Zonnekracht ontslaat mensen.", "Zonnekracht", ActorKind.COMPANY),
        ("De rechtbank Amsterdam veroordeelde hem.", "rechtbank Amsterdam", ActorKind.ORGANISATION),
        ("Het kabinet-Rutte viel.", "kabinet-Rutte", ActorKind.GOVERNMENT),
        ("De PVXQ steunde het plan.", "PVXQ", ActorKind.ORGANISATION),
    ],
)
def test_cues_tell_the_kind_of_an_unknown_name(entity, text, mention, kind):
    found = entity(text, mention)
    assert found.kind is kind
    assert found.entity.named


def test_a_part_of_a_compound_is_no_mention(named):
    assert named("De VN-gezant sprak met EU-leiders en een PVV-leider.") == {}


def test_a_dateline_is_no_actor(named):
    assert named("LEEUWARDEN (ANP) - Het regende.") == {"media:anp": ["ANP"]}


def test_a_name_that_the_world_does_not_know_has_an_id_of_its_slug(entity):
    assert entity("Woordvoerder Björn Söder-Løkke zweeg.", "Björn Söder-Løkke").id == "person:bjorn-soder-lokke"
