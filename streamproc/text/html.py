"""HTML to text.

Comes in: markup, whole documents or fragments, however broken. Goes out: what a reader would see of it, and its
title. Nothing fails.

The markup is read token by token, as the HTML standard cuts it, and no tree is built: to build one as the standard
says takes time and memory quadratic in the length of hostile markup (35 kB of unclosed `<i>` make 1.4 GB of nodes,
500 kB of `<div>` take 14 s), whatever the parser. Of the tree, only the open containers are kept, so that an unclosed
`<nav>` ends where its parent does. All patterns are possessive, each token is read once: time is linear.

Dropped with all that they hold: scripts, styles, comments, templates, navigation, forms, embedded documents and
drawings (`DROPPED` in `html_elements.py`). Blocks are parted by a blank line, `<br>` ends a line, white space
collapses outside `<pre>`, character references are decoded. A tag that never ends takes the rest of the document with
it, as in a browser.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from streamproc.text.html_elements import BLOCKS, CONTAINERS, DROPPED, INLINE, RAW
from streamproc.text.paragraphs import Paragraphs

# Any other `<` is text.
_TOKEN_START = re.compile(r"<(?=[a-zA-Z!?/])")
_TAG_START = re.compile(r"</?[a-zA-Z]")
_TAG = re.compile(
    r"""
    <(?P<slash>/?) (?P<name>[a-zA-Z][^\s/>]*+)
    (?P<attributes> (?: [^>=]++ | = \s*+ (?: "[^"]*+" | '[^']*+' )?+ )*+ )
    >
    """,
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>")
# Declarations, processing instructions, end tags without a name.
_BOGUS = re.compile(r"<[!?/][^>]*+>")
_END_BY_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_SELF_CLOSING = re.compile(r"(?:\A|[\s\"'])/\Z")

_BLOCK_TAG = rf"<(?=[a-z!/])(?:!doctype\s+html\b[^<>]*+|/?(?:br|{'|'.join(sorted(BLOCKS))})(?:\s[^<>]*+|/)?)>"
_LOOKS_LIKE_BLOCKS = re.compile(_BLOCK_TAG, re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rf"{_BLOCK_TAG}|</(?:{'|'.join(sorted(INLINE))})\s*+>", re.IGNORECASE)

# `html.unescape` puts every digit into one `int`, which refuses more than 4,300 of them; no character has over 7.
_LONG_REFERENCE = re.compile(r"&#([0-9]{8,})")
_MAX_DIGITS = 7
_MAX_TITLE_CHARACTERS = 2_048


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What a reader sees; `title` is that of `<title>`, else the first `<h1>`, None where both are missing."""

    text: str
    title: str | None


def looks_like_html(text: str) -> bool:
    """Whether `text` has markup: a tag of a block or `<br>`, or an end tag such as `</b>`.

    "Wie < 18 is" and "<ministerie@example.org>" are prose; so are character references by themselves.
    """
    return "<" in text and _LOOKS_LIKE_HTML.search(text) is not None


def html_to_text(markup: str) -> HtmlText:
    """The visible text of `markup`. Where it has inline tags only, its line breaks are those of the text and stay."""
    reader = _Reader(preformatted=_LOOKS_LIKE_BLOCKS.search(markup) is None)
    reader.read(markup)
    return HtmlText(reader.paragraphs.text(), reader.title)


def _unescape(text: str) -> str:
    return html.unescape(_LONG_REFERENCE.sub(_short_reference, text)) if "&" in text else text


def _short_reference(reference: re.Match[str]) -> str:
    digits = reference[1].lstrip("0")
    return f"&#{digits or '0'}" if len(digits) <= _MAX_DIGITS else "&#xFFFD"


class _Reader:
    """Goes through the tokens of one document."""

    def __init__(self, *, preformatted: bool) -> None:
        self.paragraphs = Paragraphs()
        self._preformatted = preformatted
        self._open: list[str] = []
        self._open_count: Counter[str] = Counter()
        self._dropped_from: int | None = None
        """Index in `_open` of the outermost element that is dropped."""
        self._in_heading = False
        self._title: str | None = None
        self._heading: str | None = None

    @property
    def title(self) -> str | None:
        title = self._title or self._heading
        return title if title is not None and len(title) <= _MAX_TITLE_CHARACTERS else None

    def read(self, markup: str) -> None:
        position = 0
        while position >= 0:
            token = _TOKEN_START.search(markup, position)
            self._text(markup[position : token.start() if token else None])
            position = self._token(markup, token.start()) if token else -1

    def _token(self, markup: str, start: int) -> int:
        """Read the token at `start`; where the next one starts, negative at the end of the document."""
        if _TAG_START.match(markup, start):
            tag = _TAG.match(markup, start)
            return self._tag(tag, markup) if tag else -1
        if markup.startswith("<!--", start):
            end = _COMMENT_END.search(markup, start + 2)
        else:
            end = _BOGUS.match(markup, start)
        return end.end() if end else -1

    def _text(self, piece: str) -> None:
        if piece and self._dropped_from is None:
            self.paragraphs.add(_unescape(piece), preformatted=self._preformatted or self._open_count["pre"] > 0)

    def _tag(self, tag: re.Match[str], markup: str) -> int:
        name = tag["name"].lower()
        if tag["slash"]:
            self._end(name)
        elif not (name in DROPPED and _SELF_CLOSING.search(tag["attributes"])):
            if name in RAW:
                return self._raw(name, tag.end(), markup)
            self._start(name)
        return tag.end()

    def _raw(self, name: str, start: int, markup: str) -> int:
        end = _END_BY_RAW[name].search(markup, start)
        if name == "title" and self._title is None and self._dropped_from is None:
            self._title = " ".join(_unescape(markup[start : end.start() if end else None]).split()) or None
        return end.start() if end else -1

    def _start(self, name: str) -> None:
        if self._dropped_from is None:
            self._show_start(name)
        if name in CONTAINERS:
            self._open.append(name)
            self._open_count[name] += 1

    def _show_start(self, name: str) -> None:
        if name == "br":
            self.paragraphs.break_line()
        elif name in BLOCKS:
            self._end_block()
            self._in_heading = self._in_heading or name == "h1"
        if name in DROPPED:
            self._dropped_from = len(self._open)

    def _end(self, name: str) -> None:
        if name in CONTAINERS and not self._open_count[name]:
            return
        if name in BLOCKS:
            self._end_block()
        self._in_heading = self._in_heading and name != "h1"
        # Each pop was paid for by a push, and nothing is searched where it is not: linear.
        while self._open_count[name] > 0:
            closed = self._open.pop()
            self._open_count[closed] -= 1
            if closed == name:
                break
        if self._dropped_from is not None and len(self._open) <= self._dropped_from:
            self._dropped_from = None

    def _end_block(self) -> None:
        if self._dropped_from is not None:
            return
        paragraph = self.paragraphs.end_block()
        if self._in_heading and self._heading is None and paragraph:
            self._heading = " ".join(paragraph.split())
