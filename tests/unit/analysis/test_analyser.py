"""The entry of the analysis: the seed article from end to end, determinism, rejections."""

from __future__ import annotations

import datetime as dt
from importlib import resources

import pytest

from streamproc.analysis.analyser import load_analyser
from streamproc.contracts import EnrichedArticle
from streamproc.errors import Rejection, RejectionCode
from streamproc.text import CleanArticle, Limits

SEED = (resources.files("streamproc.cli") / "samples" / "seed_nl_2019-03.txt").read_text(encoding="utf-8")
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def analyser():
    return load_analyser(Limits(), ["nl"])


def _article(text, language="nl"):
    return CleanArticle(article_id="test", text=text, language=language, language_confidence=1.0)


@pytest.fixture(scope="module")
def seed(analyser):
    return analyser.analyse(_article(SEED.split("2019-03 ", 1)[1]), processed_at=NOW)


def test_the_seed_article_names_its_actors(seed):
    named = {entity.actor_id for entity in seed.entities if entity.named}
    assert named == {
        "country:rus",
        "country:usa",
        "country:ven",
        "country:chn",
        "country:bol",
        "country:cub",
        "country:nic",
        "country:bra",
        "person:sergey-lavrov",
        "person:mike-pompeo",
        "person:nicolas-maduro",
        "person:juan-guaido",
        "ipo:un",
        "ipo:un-security-council",
        "ipo:eu",
        "media:reuters",
    }


@pytest.mark.parametrize(
    ("actor_id", "text"),
    [
        ("country:usa", "VS"),
        ("country:usa", "Amerikaanse"),
        ("country:ven", "Het Latijns-Amerikaanse land"),
        ("person:juan-guaido", "Hij"),
        ("person:juan-guaido", "de oppositieleider"),
        ("country:rus", "Zij"),
        ("country:chn", "Zij"),
    ],
)
def test_the_seed_article_refers_to_its_actors_by_other_words(seed, actor_id, text):
    entity = next(entity for entity in seed.entities if entity.actor_id == actor_id)
    assert text in {mention.text for mention in entity.mentions}


def test_the_same_article_gives_the_same_record(analyser, seed):
    again = analyser.analyse(_article(seed.text), processed_at=NOW)
    fresh = load_analyser(Limits()).analyse(_article(seed.text), processed_at=NOW)
    assert seed.to_json() == again.to_json() == fresh.to_json()


def test_an_enriched_article_survives_json(seed):
    assert EnrichedArticle.from_json(seed.to_json()) == seed


def test_too_many_sentences_are_rejected():
    analyser = load_analyser(Limits(max_sentences=2))
    rejection = analyser.analyse(_article("Een. Twee. Drie."), processed_at=NOW)
    assert isinstance(rejection, Rejection)
    assert rejection.code is RejectionCode.TOO_MANY_SENTENCES


def test_a_language_without_data_is_rejected(analyser):
    rejection = analyser.analyse(_article("Ett. Två.", language="sv"), processed_at=NOW)
    assert isinstance(rejection, Rejection)
    assert rejection.code is RejectionCode.LANGUAGE_UNSUPPORTED
    assert "'sv'" in rejection.message


def test_an_unknown_language_cannot_be_loaded():
    with pytest.raises(KeyError):
        load_analyser(Limits(), ["xx"])


def test_the_pipeline_names_every_data_set(analyser):
    assert analyser.languages == {"nl"}
    assert set(analyser.pipeline.models) >= {"spacy", "knowledge", "nl/sentences", "nl/actors", "nl/dates", "nl/events"}
