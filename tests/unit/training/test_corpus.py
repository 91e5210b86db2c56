"""The annotated articles hold together: every span repeats its text, every reference leads somewhere."""

import json
from pathlib import Path

import pytest

from streamproc.contracts import ActorKind, EventType, MentionForm, Modality, Polarity, TimexType

_ROOT = Path(__file__).parents[3]
FOLDERS = sorted([*(_ROOT / "training" / "corpus").glob("*/*/"), _ROOT / "evaluation" / "gold" / "dev"])


def articles(folder):
    found = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    assert found, f"{folder} is empty"
    return [(path, article) for path, article in found if "article" in article]


def spans(article):
    for actor in article["actors"]:
        yield from actor["mentions"]
    for event in article["events"]:
        yield event["trigger"]
        yield from event["coreferent_triggers"]
    for layer in ("dates", "places", "other"):
        yield from article.get(layer, [])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_span_repeats_the_text_that_it_covers(folder):
    for path, article in articles(folder):
        text = article["article"]["text"]
        wrong = [span for span in spans(article) if text[span["start"] : span["end"]] != span["text"]]
        assert wrong == [], path


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_reference_leads_to_an_actor_and_a_sentence_of_the_article(folder):
    for path, article in articles(folder):
        actors = {actor["id"] for actor in article["actors"]} | {None}
        for event in article["events"]:
            sides = ("sources", "targets", "accept_sources", "accept_targets", "attribution")
            named = {actor for side in sides for actor in event[side]}
            assert named <= actors, (path, event["id"])
            assert event["sentence"] < len(article["sentences"]), (path, event["id"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_labels_are_those_of_the_contracts(folder):
    for path, article in articles(folder):
        assert {actor["kind"] for actor in article["actors"]} <= set(ActorKind), path
        forms = {mention["form"] for actor in article["actors"] for mention in actor["mentions"]}
        assert forms <= set(MentionForm), path
        assert {date["type"] for date in article["dates"]} <= set(TimexType), path
        for event in article["events"]:
            assert event["type"] in set(EventType), path
            assert event["polarity"] in set(Polarity), path
            assert event["modality"] in set(Modality), path
