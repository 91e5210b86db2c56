"""Text in one form: NFC, without control and format characters.

Comes in: any string, lone surrogates included. Goes out: the same text; nothing fails.

Text that is in this form already passes unchanged, white space, line breaks and no-break spaces included. Else

- CR LF, CR, VT, FF and NEL become LF;
- other control characters but the tab go, and so do lone surrogates and the invisible format characters: soft
  hyphens, zero-width spaces and joiners, marks of direction, byte order marks, tags. The few format characters that
  are visible (the Arabic signs that enclose numbers) stay;
- what remains is composed (NFC). In text that is not in NFC a base character keeps its first 30 marks, the bound of
  the stream-safe text format (UAX #15, section 13): putting marks in order takes time quadratic in their number.
"""

from __future__ import annotations

import re
from unicodedata import combining, is_normalized, normalize

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    "]"
)
_WITHIN_LINE = re.compile("[\t\n\u2028\u2029]+")
_MAX_MARKS = 30
# No combining mark lies below U+0300.
_LONG_RUN = re.compile(f"[^\\x00-\u02ff]{{{_MAX_MARKS + 1},}}")


def clean_text(text: str) -> str:
    """`text` in NFC, with LF as the only line end and without control and format characters but the tab."""
    # A quick test that most articles pass; what it calls unprintable are mostly no-break spaces.
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    if is_normalized("NFC", text):
        return text
    return normalize("NFC", _LONG_RUN.sub(_with_few_marks, text))


def clean_line(text: str | None) -> str | None:
    """`text` as `clean_text` has it, in one line and without white space around; None where nothing is left."""
    if text is None:
        return None
    parts = (part.strip() for part in _WITHIN_LINE.split(clean_text(text)))
    return " ".join(part for part in parts if part) or None


def _with_few_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
