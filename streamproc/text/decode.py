"""The one way in: a Kafka record to a `CleanArticle`.

    payload ──▶ text ──▶ Article ──▶ published ──▶ clean text ──▶ language ──▶ CleanArticle
            └──────┴────────┴────────────┴─────────────┴─────────────┴───────▶ Rejection

A document that starts with `{` is JSON. One that is a JSON array is rejected; one that is a JSON string is the plain
text of that string, as serialisers of JSON write plain text (a document that is one quotation in straight quotation
marks reads the same, and loses them). All else is plain text: so "[ANP] De premier" is.

Nothing is raised for any payload. Work is bounded by `Limits.max_payload_bytes`, to which its time is proportional.
"""

from __future__ import annotations

from streamproc.contracts import Article, Published
from streamproc.contracts.ids import article_id
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text.article import CleanArticle
from streamproc.text.html import HtmlText, html_to_text, looks_like_html
from streamproc.text.json_article import is_array, read_object, read_string
from streamproc.text.language import UNDETERMINED, detect_language, named_language
from streamproc.text.limits import Limits
from streamproc.text.partial_date import parse_published
from streamproc.text.payload import BLANK, read_payload
from streamproc.text.plain_text import read_plain
from streamproc.text.unicode import clean_line, clean_text

# A text up to this long says little about its language by itself: a headline helps.
_SHORT_CHARACTERS = 200
_EXCERPT_CHARACTERS = 40
# Writers in C leave the NUL that ends their strings.
_AROUND_JSON = BLANK + "\x00"


def decode(payload: bytes | None, limits: Limits, *, languages: frozenset[str]) -> CleanArticle | Rejection:
    """The article in `payload`, the value of a record; `languages` are the ISO 639-1 codes that can be analysed."""
    text = read_payload(payload, limits)
    if isinstance(text, Rejection):
        return text
    article = _read(text)
    if isinstance(article, Rejection):
        return article
    return _clean(article, limits, languages)


def _read(text: str) -> Article | Rejection:
    document = text.strip(_AROUND_JSON)
    if document.startswith("{"):
        return read_object(document)
    if document.startswith("[") and is_array(document):
        return _rejection(RejectionCode.JSON_NOT_AN_OBJECT, "a JSON array; one article a record, as an object")
    string = read_string(document) if document.startswith('"') else None
    if string is None:
        return read_plain(text)
    if string.lstrip(BLANK).startswith("{"):
        return _rejection(RejectionCode.JSON_NOT_AN_OBJECT, "a JSON string that holds an object: encoded twice")
    return read_plain(string)


def _clean(article: Article, limits: Limits, languages: frozenset[str]) -> CleanArticle | Rejection:
    published = _published(article)
    if isinstance(published, Rejection):
        return published
    body = _body(article, limits)
    if isinstance(body, Rejection):
        return body
    title = _headline(article) or clean_line(body.title)
    language = _language(article, body.text, title, languages)
    if isinstance(language, Rejection):
        return language
    return CleanArticle(
        article_id=clean_line(article.id) or article_id(body.text),
        text=body.text,
        language=language[0],
        language_confidence=language[1],
        url=clean_line(article.url),
        source=clean_line(article.source),
        title=title,
        published=published,
    )


def _published(article: Article) -> Published | Rejection | None:
    value = clean_line(article.published)
    if value is None:
        return None
    message = f"published: {_excerpt(value)} is no date such as 2019, 2019-03, 2019-03-03 or an RFC 3339 time"
    return parse_published(value) or _rejection(RejectionCode.PUBLISHED_INVALID, message)


def _body(article: Article, limits: Limits) -> HtmlText | Rejection:
    """Text in its final form; its title is that of the markup, where there is markup."""
    body = _markup_free(article)
    if body is None:
        return _rejection(RejectionCode.TEXT_MISSING, "no text, and no html to take it from")
    text = clean_text(body.text)
    if not text.strip():
        message = "no text: blank, or nothing but markup and control characters"
        return _rejection(RejectionCode.TEXT_EMPTY, message, Stage.CLEAN)
    if len(text) > limits.max_characters:
        message = f"{len(text):,} characters; at most {limits.max_characters:,} are taken"
        return _rejection(RejectionCode.TEXT_TOO_LONG, message, Stage.CLEAN)
    return HtmlText(text, body.title)


def _markup_free(article: Article) -> HtmlText | None:
    text, markup = article.text, article.html
    if isinstance(markup, str) and not (text and text.strip()):
        return html_to_text(markup)
    if text is None:
        return None
    is_markup = markup if isinstance(markup, bool) else looks_like_html(text)
    return html_to_text(text) if is_markup else HtmlText(text, None)


def _headline(article: Article) -> str | None:
    title = article.title
    return clean_line(html_to_text(title).text if title and looks_like_html(title) else title)


def _language(
    article: Article, text: str, title: str | None, languages: frozenset[str]
) -> tuple[str, float] | Rejection:
    given = clean_line(article.language)
    code = named_language(given) if given else None
    if code is not None:
        language = code, 1.0
        message = f"the sender gives the language {_excerpt(code)}"
    else:
        sample = f"{title}\n{text}" if title and len(text) <= _SHORT_CHARACTERS else text
        language = detect_language(sample, languages)
        told = "no language stands out" if language[0] == UNDETERMINED else f"the text seems to be {language[0]!r}"
        message = f"{told} (confidence {language[1]:.2f})"
    if language[0] in languages:
        return language
    return _rejection(
        RejectionCode.LANGUAGE_UNSUPPORTED, f"{message}; supported: {', '.join(sorted(languages))}", Stage.LANGUAGE
    )


def _rejection(code: RejectionCode, message: str, stage: Stage = Stage.DECODE) -> Rejection:
    return Rejection(stage, code, message)


def _excerpt(value: str) -> str:
    return repr(value if len(value) <= _EXCERPT_CHARACTERS else value[:_EXCERPT_CHARACTERS] + "…")
