"""A tagger, loaded once, and short ways to ask it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from streamproc.analysis.actors import ActorTagger
from streamproc.analysis.syntax import Syntax
from streamproc.knowledge import load_knowledge
from streamproc.languages import language
from streamproc.text import CleanArticle


@pytest.fixture(scope="session")
def tagger():
    """The actors of an article."""
    dutch = language("nl")
    syntax, actor_tagger = Syntax(dutch), ActorTagger(dutch, load_knowledge())

    def actors_of(article):
        return actor_tagger.tag(syntax.read(article.text), article)

    return actors_of


@pytest.fixture(scope="session")
def tag(tagger):
    """The actors of a text without a date."""

    def tag_text(text):
        return tagger(CleanArticle("test", text, "nl", 1.0))

    return tag_text


@pytest.fixture(scope="session")
def actors(tag):
    """Texts of the mentions of each actor by its id."""

    def actors_of(text):
        return {entity.actor_id: [mention.text for mention in entity.mentions] for entity in tag(text)}

    return actors_of


@pytest.fixture(scope="session")
def named(tag):
    """Texts of the mentions of named actors by the actor's id."""

    def named_of(text):
        return {entity.actor_id: [m.text for m in entity.mentions] for entity in tag(text) if entity.named}

    return named_of


@pytest.fixture(scope="session")
def entity(tag):
    """The one actor that has a mention `text`."""

    def entity_of(text, mention):
        found = [e for e in tag(text) if any(m.text == mention for m in e.mentions)]
        assert len(found) == 1, [e.actor_id for e in found]
        form = next(m.form for m in found[0].mentions if m.text == mention)
        rule = next(m.rule for m in found[0].mentions if m.text == mention)
        return SimpleNamespace(entity=found[0], id=found[0].actor_id, kind=found[0].kind, form=form, rule=rule)

    return entity_of
