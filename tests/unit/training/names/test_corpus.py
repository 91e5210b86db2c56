import json

import pytest
import spacy

from training.names.corpus import Conventions, read_article, read_corpus

NLP = spacy.blank("nl")
CONVENTIONS = Conventions(
    unmarked={"Europese": "NORP"}, seats=frozenset({"Brussel"}), portfolios=frozenset({("Buitenlandse", "Zaken")})
)


def article(text, *mentions, places=(), other=()):
    actors = []
    for surface, kind, form in mentions:
        start = text.index(surface)
        mention = {"start": start, "end": start + len(surface), "text": surface, "form": form}
        actors.append({"kind": kind, "mentions": [mention]})
    return {
        "article": {"id": "a", "text": text},
        "sentences": [{"start": 0, "end": len(text)}],
        "actors": actors,
        "places": [{"start": text.index(name), "end": text.index(name) + len(name)} for name in places],
        "other": [{"start": text.index(name), "end": text.index(name) + len(name)} for name in other],
    }


def names(data, conventions=CONVENTIONS):
    document = read_article(data, NLP, conventions)
    text = document.doc(NLP.vocab).text
    return [(text[start:end], label) for start, end, label in document.spans()]


def test_kinds_of_actors_become_labels():
    data = article(
        "Mark Rutte en Franse boeren zien Rusland", ("Mark Rutte", "person", "name"), ("Franse", "country", "demonym"),
        ("Rusland", "country", "name"), ("boeren", "population", "nominal"),
    )  # fmt: skip
    assert names(data) == [("Mark Rutte", "PER"), ("Franse", "NORP"), ("Rusland", "LOC")]


def test_places_and_other_names_are_marked():
    assert names(article("De Marathon van Assen", places=["Assen"], other=["Marathon"])) == [
        ("Marathon", "MISC"),
        ("Assen", "LOC"),
    ]


def test_an_unmarked_demonym_of_a_region_becomes_norp():
    assert names(article("de Europese landen")) == [("Europese", "NORP")]
    assert names(article("de Europese landen"), None) == []


def test_a_seat_that_stands_for_a_body_is_a_place():
    assert names(article("Brussel eist geld", ("Brussel", "ipo", "alias"))) == [("Brussel", "LOC")]


@pytest.mark.parametrize("other", [[], ["Buitenlandse Zaken"]])
def test_a_portfolio_is_an_organisation_marked_or_not(other):
    assert names(article("de minister van Buitenlandse Zaken", other=other)) == [("Buitenlandse Zaken", "ORG")]


def test_words_of_a_portfolio_elsewhere_are_left_alone():
    assert names(article("het boek Buitenlandse Zaken")) == []


def test_articles_are_read_in_the_order_of_their_names_and_other_json_is_skipped(tmp_path):
    for name in ("b", "a"):
        data = article("Parijs")
        data["article"]["id"] = name
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "index.json").write_text("{}", encoding="utf-8")
    assert [document.name for document in read_corpus(tmp_path, NLP)] == ["a", "b"]
