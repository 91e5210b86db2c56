from unicodedata import category, is_normalized

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from streamproc.errors import Rejection
from streamproc.text import CleanArticle, Limits, decode
from streamproc.text.html import looks_like_html
from streamproc.text.unicode import clean_text

LIMITS = Limits(max_payload_bytes=2_000, max_characters=300)
DUTCH = frozenset({"nl"})
# Signs that the Unicode standard counts as format characters, though a reader sees them.
VISIBLE_FORMAT = {chr(code) for code in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=5,
)
FIELDS = ("id", "url", "source", "title", "text", "published", "language", "lang", "html")
OBJECTS = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON, max_size=9)
MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<nav>", "</nav>", "<h1>", "<br>", "<script>", "</script>", "<!--", "-->", "<pre>"])
    | st.sampled_from(
        ["<a b='", '="', ">", "<", "&", "&#", "&#55296;", "&#0;", "&#8206;", "<svg/>", "</", "<!", "{", "[", '"']
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)
CLEAN_TEXT = st.text(max_size=300).map(clean_text).filter(lambda text: text.strip() and not looks_like_html(text))


def _holds(outcome):
    if isinstance(outcome, Rejection):
        assert outcome.message.isprintable()
        return
    assert isinstance(outcome, CleanArticle)
    assert outcome.text.strip()
    assert len(outcome.text) <= LIMITS.max_characters
    assert outcome.language in DUTCH
    assert 0.0 <= outcome.language_confidence <= 1.0
    _is_clean(outcome.text, allowed="\t\n")
    for line in (outcome.article_id, outcome.url, outcome.source, outcome.title):
        if line is not None:
            assert line
            _is_clean(line, allowed="")


def _is_clean(text, allowed):
    assert is_normalized("NFC", text)
    assert not [
        character
        for character in text
        if category(character) in {"Cc", "Cf", "Cs"} and character not in VISIBLE_FORMAT and character not in allowed
    ]


@given(st.binary(max_size=3_000))
@example(b"\x00")
@example(b"\xff\xfe{\x00")
@example(b"\xef\xbb\xbf{}")
def test_any_bytes_are_an_article_or_a_rejection(payload):
    _holds(decode(payload, LIMITS, languages=DUTCH))


@given(st.binary(max_size=200))
def test_any_bytes_after_a_dutch_sentence_are_an_article_or_a_rejection(payload):
    _holds(decode(b"De minister overlegt in Brussel met zijn collega. " * 2 + payload, LIMITS, languages=DUTCH))


@given(OBJECTS)
def test_any_json_object_is_an_article_or_a_rejection(fields):
    _holds(decode(orjson.dumps(fields), LIMITS, languages=DUTCH))


@given(st.text(max_size=400), st.fixed_dictionaries({}, optional={name: st.text(max_size=70) for name in FIELDS[:4]}))
def test_any_text_in_an_article_is_cleaned_or_rejected(text, fields):
    _holds(decode(orjson.dumps({**fields, "text": text, "language": "nl"}), LIMITS, languages=DUTCH))


@given(MARKUP, st.sampled_from([True, None]))
def test_any_markup_is_read_or_rejected(markup, html):
    _holds(decode(orjson.dumps({"text": markup, "html": html, "language": "nl"}), LIMITS, languages=DUTCH))
    _holds(decode(markup.encode(), LIMITS, languages=DUTCH))


@given(CLEAN_TEXT)
def test_clean_text_passes_unchanged_and_so_its_id_does(text):
    payload = orjson.dumps({"text": text, "language": "nl"})
    article = decode(payload, LIMITS, languages=DUTCH)
    assert article.text == text
    again = decode(orjson.dumps({"text": article.text, "language": "nl"}), LIMITS, languages=DUTCH)
    assert again == article


@given(st.text(max_size=400))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)
