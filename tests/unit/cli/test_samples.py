"""The sample articles of the demo."""

from contextlib import ExitStack

import pytest

from streamproc.cli.demo import samples
from streamproc.text import CleanArticle, Limits
from streamproc.text.decode import decode

with ExitStack() as _stack:
    ARTICLES = {path.name: path.read_bytes() for path in samples(_stack)}


def test_there_are_some():
    assert len(ARTICLES) == 7


@pytest.mark.parametrize("name", ARTICLES)
def test_a_sample_is_a_dutch_article_with_a_date(name):
    article = decode(ARTICLES[name], Limits(), languages=frozenset({"nl"}))
    assert isinstance(article, CleanArticle)
    assert article.language_confidence > 0.9
    assert article.published is not None
