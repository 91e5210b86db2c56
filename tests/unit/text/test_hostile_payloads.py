import importlib.util
import time
from pathlib import Path
from unicodedata import category, is_normalized

import pytest

from streamproc.errors import Rejection
from streamproc.text import CleanArticle, Limits, decode

_SPEC = importlib.util.spec_from_file_location("hostile_payloads", Path(__file__).with_name("hostile_payloads.py"))
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
PAYLOADS = _MODULE.hostile_payloads()
LIMITS = Limits()
MAX_SECONDS = 3.0


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_payload_ends_as_it_must(name):
    payload, expected = PAYLOADS[name]
    start = time.perf_counter()
    outcome = decode(payload, LIMITS, languages=frozenset({"nl"}))
    assert time.perf_counter() - start < MAX_SECONDS
    assert (outcome.code if isinstance(outcome, Rejection) else None) == expected, outcome


@pytest.mark.parametrize("name", [name for name, (_, code) in PAYLOADS.items() if code is None])
def test_what_is_accepted_is_clean(name):
    article = decode(PAYLOADS[name][0], LIMITS, languages=frozenset({"nl"}))
    assert isinstance(article, CleanArticle)
    assert "De minister van Buitenlandse Zaken" in article.text.replace("\ufffd", "")
    for text in (article.text, article.title or "", article.article_id, article.url or ""):
        assert is_normalized("NFC", text)
        assert {category(character) for character in text if character != "\n"}.isdisjoint({"Cc", "Cf", "Cs"})


@pytest.mark.parametrize("name", [name for name, (_, code) in PAYLOADS.items() if code is not None])
def test_a_rejection_says_why_in_one_short_line(name):
    rejection = decode(PAYLOADS[name][0], LIMITS, languages=frozenset({"nl"}))
    assert rejection.message.isprintable()
    assert 10 <= len(rejection.message) <= 240 or rejection.message == "no bytes"


def test_there_are_at_least_forty_hostile_payloads():
    assert len(PAYLOADS) >= 40
