import orjson
import pytest

from streamproc.contracts import DatePrecision
from streamproc.contracts.ids import article_id
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text import CleanArticle, Limits, decode

LIMITS = Limits()
DUTCH = frozenset({"nl"})
TEXT = "De minister overlegt maandag in Brussel.\n\nDat zei een woordvoerder van zijn ministerie."


def _decode(payload, *, limits=LIMITS, languages=DUTCH):
    return decode(payload if isinstance(payload, bytes | None) else orjson.dumps(payload), limits, languages=languages)


def _accepted(payload, **options):
    article = _decode(payload, **options)
    assert isinstance(article, CleanArticle), article
    return article


def _rejected(payload, **options):
    outcome = _decode(payload, **options)
    assert isinstance(outcome, Rejection), outcome
    return outcome


def test_an_article_passes_with_all_its_fields():
    fields = {
        "id": "a1",
        "url": "https://example.org/1",
        "source": "ANP",
        "title": "Overleg",
        "published": "2019-03-03",
    }
    article = _accepted({**fields, "text": TEXT, "language": "nl-NL"})
    assert (article.article_id, article.url, article.source, article.title) == tuple(fields.values())[:4]
    assert (article.text, article.language, article.language_confidence) == (TEXT, "nl", 1.0)
    assert article.published.value == "2019-03-03"


def test_clean_text_passes_unchanged_white_space_included():
    text = "\n  Kop \n\n\tDe minister  overlegt.\u00a0 \n \n"
    assert _accepted({"text": text, "language": "nl"}).text == text


def test_a_text_with_a_date_header_is_published_then():
    article = _accepted(f" date 2019-03 {TEXT}".encode())
    assert article.text == TEXT
    assert (article.published.value, article.published.precision) == ("2019-03", DatePrecision.MONTH)


def test_plain_text_without_a_header_has_no_date():
    article = _accepted(TEXT.encode())
    assert (article.text, article.published, article.title, article.url) == (TEXT, None, None, None)


def test_a_json_string_is_plain_text():
    assert _accepted(orjson.dumps(f"date 2019-03 {TEXT}")).published.value == "2019-03"


def test_an_article_encoded_twice_is_rejected():
    rejection = _rejected(orjson.dumps(orjson.dumps({"text": TEXT}).decode()))
    assert rejection.code is RejectionCode.JSON_NOT_AN_OBJECT
    assert "twice" in rejection.message


def test_prose_in_brackets_is_no_array():
    assert _accepted(f"[ANP] {TEXT}".encode()).text.startswith("[ANP] De")
    assert _rejected(b'["De minister"]').code is RejectionCode.JSON_NOT_AN_OBJECT


def test_an_article_without_an_id_has_a_hash_of_its_text():
    first, second = (_accepted({"text": text, "language": "nl"}) for text in (TEXT, TEXT.replace("\n\n", " ")))
    assert first.article_id == second.article_id == article_id(TEXT)


@pytest.mark.parametrize(("given", "expected"), [(" a1 ", "a1"), ("a\n1\x00", "a 1"), (7, "7"), ("cafe\u0301", "café")])
def test_an_id_is_stripped_and_has_no_control_characters(given, expected):
    assert _accepted({"id": given, "text": TEXT, "language": "nl"}).article_id == expected


@pytest.mark.parametrize("given", ["", " ", "\x00\x1b", None])
def test_an_id_of_nothing_is_none(given):
    assert _accepted({"id": given, "text": TEXT, "language": "nl"}).article_id == article_id(TEXT)


def test_other_fields_lose_control_characters_too():
    article = _accepted(
        {"text": TEXT, "language": "nl", "url": "http://a\x00b\n", "source": "A\u200bNP", "title": "\x1b"}
    )
    assert (article.url, article.source, article.title) == ("http://ab", "ANP", None)


def test_html_is_told_by_its_looks():
    assert _accepted({"text": "<p>De minister</p><p>overlegt", "language": "nl"}).text == "De minister\n\noverlegt"
    assert _accepted({"text": "Wie < 18 is", "language": "nl"}).text == "Wie < 18 is"


def test_html_false_leaves_tags_in_the_text():
    assert _accepted({"text": "De tag <p> is", "language": "nl", "html": False}).text == "De tag <p> is"


def test_html_true_makes_markup_of_what_does_not_look_like_it():
    assert _accepted({"text": "Jansen &amp; Zonen", "language": "nl", "html": True}).text == "Jansen & Zonen"


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_html_as_a_string_stands_in_for_text(text):
    article = _accepted({"text": text, "html": "<h1>Overleg</h1><p>De minister", "language": "nl"})
    assert (article.text, article.title) == ("Overleg\n\nDe minister", "Overleg")


def test_text_wins_over_html_as_a_string():
    assert _accepted({"text": TEXT, "html": "<p>Iets anders", "language": "nl"}).text == TEXT


def test_the_title_of_the_sender_wins_over_that_of_the_markup():
    article = _accepted({"title": "Een <i>kop</i>", "html": "<title>Anders</title><p>De minister", "language": "nl"})
    assert article.title == "Een kop"


def test_a_missing_text_is_told_from_an_empty_one():
    assert _rejected({"title": "a"}).code is RejectionCode.TEXT_MISSING
    assert _rejected({"text": None, "html": True}).code is RejectionCode.TEXT_MISSING
    empty = _rejected({"text": "<p>\u200b</p>"})
    assert (empty.stage, empty.code) == (Stage.CLEAN, RejectionCode.TEXT_EMPTY)


def test_a_text_is_measured_after_cleaning():
    limits = Limits(max_characters=10)
    assert _accepted({"text": "<p>0123456789</p>", "language": "nl"}, limits=limits).text == "0123456789"
    rejection = _rejected({"text": "0123456789a", "language": "nl"}, limits=limits)
    assert (rejection.stage, rejection.code) == (Stage.CLEAN, RejectionCode.TEXT_TOO_LONG)
    assert "11 characters" in rejection.message


def test_a_date_that_does_not_exist_is_rejected_with_a_short_excerpt():
    rejection = _rejected({"text": TEXT, "published": "2019-13"})
    assert (rejection.stage, rejection.code) == (Stage.DECODE, RejectionCode.PUBLISHED_INVALID)
    assert "'2019-13'" in rejection.message
    assert len(_rejected({"text": TEXT, "published": "9" * 64}).message) < 150


def test_a_language_that_is_not_supported_is_named_with_its_confidence():
    english = "The minister said on Monday that he would travel to Brussels for talks."
    rejection = _rejected({"text": english})
    assert (rejection.stage, rejection.code) == (Stage.LANGUAGE, RejectionCode.LANGUAGE_UNSUPPORTED)
    assert "'en' (confidence 1.00)" in rejection.message
    assert "'de'" in _rejected({"text": TEXT, "language": "German"}).message
    assert _accepted({"text": english}, languages=frozenset({"en", "nl"})).language == "en"


def test_the_language_of_the_sender_is_not_questioned():
    assert _accepted({"text": "The minister said", "language": "Nederlands"}).language_confidence == 1.0


def test_a_language_that_says_nothing_is_detected():
    article = _accepted({"text": TEXT, "language": "und"})
    assert article.language == "nl"
    assert 0.9 < article.language_confidence <= 1.0


def test_a_headline_helps_to_tell_the_language_of_a_short_text():
    assert _rejected({"text": "Apple Inc."}).code is RejectionCode.LANGUAGE_UNSUPPORTED
    assert _accepted({"text": "Apple Inc.", "title": "Apple brengt een nieuwe telefoon uit"}).language == "nl"


def test_a_tombstone_is_an_empty_payload():
    assert _rejected(None).code is RejectionCode.PAYLOAD_EMPTY
