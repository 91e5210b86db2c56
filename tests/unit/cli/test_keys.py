"""The key that `push` gives is the one that the worker tells the article by."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc import languages
from streamproc.cli.keys import Keys, limits_of
from streamproc.settings import load_settings
from streamproc.text import CleanArticle
from streamproc.text.decode import decode

TEXT = "De premier van Nederland sprak maandag in Den Haag met de bondskanselier over de begroting van Europa."
LANGUAGES = frozenset({"nl"})


@pytest.fixture(autouse=True)
def supported(monkeypatch):
    monkeypatch.setattr(languages, "supported", lambda: tuple(LANGUAGES))


def article(**fields):
    return json.dumps({"text": TEXT, **fields}).encode()


def key(value):
    return Keys(load_settings()).keyed(value).key


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (article(id="a1"), b"a1"),
        (article(id=17), b"17"),
        (article(id="  spaced \n out "), b"spaced out"),
        (article(id="café"), "café".encode()),
    ],
)
def test_an_id_is_the_key(value, expected):
    assert key(value) == expected


@pytest.mark.parametrize("given_id", [None, "", "   ", True, 1.5, ["x"], "x" * 257])
def test_an_id_that_is_none_is_not_the_key(given_id):
    assert key(article(id=given_id)) in (None, key(article()))


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=300)))
def test_the_key_is_the_article_id_of_the_worker(given_id):
    value = json.dumps({"text": TEXT, "language": "nl", "id": given_id}).encode()
    settings = load_settings()
    decoded = decode(value, limits_of(settings), languages=LANGUAGES)
    if isinstance(decoded, CleanArticle):
        assert Keys(settings).keyed(value).key == decoded.article_id.encode()


def test_copies_of_a_text_have_one_key():
    assert key(TEXT.encode()) == key(article()) == key(article(title="Titel", source="krant"))


@pytest.mark.parametrize("value", [b"", b"\x00\x01", b"[1, 2]", b"{kapot", b"{}", b'{"text": ""}'])
def test_what_cannot_be_read_has_no_key(value):
    assert key(value) is None


@pytest.mark.parametrize(
    ("value", "malformed"), [(b"{kapot", True), (b"[1]", True), (b"{}", False), (b"kapot", False), (article(), False)]
)
def test_what_looks_like_json_and_is_none_is_malformed(value, malformed):
    assert Keys(load_settings()).keyed(value).malformed is malformed
