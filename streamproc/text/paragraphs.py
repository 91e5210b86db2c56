"""White space as a browser shows it.

Comes in: pieces of text, line breaks and ends of blocks, in the order of a document. Goes out: its text, with one
blank line between blocks. Nothing fails; the work is linear.
"""

from __future__ import annotations

import re

# What collapses in HTML; a no-break space does not.
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_ENDS = " \t\n\r\f"


class Paragraphs:
    """Collects text; `text()` is what has been collected."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[str] = []
        self._last = "\n\n"
        """The two characters before what comes next."""

    def add(self, piece: str, *, preformatted: bool) -> None:
        """Take `piece` into the open paragraph; its white space collapses unless it is `preformatted`."""
        if not preformatted:
            piece = _WHITE_SPACE.sub(" ", piece)
            if piece[:1] == " " and self._last[-1] in " \n":
                piece = piece[1:]
        self._append(piece)

    def break_line(self) -> None:
        """End the line; two in a row make a blank line, more make no more."""
        if self._open and self._open[-1].endswith(" "):
            self._open[-1] = self._open[-1].rstrip(" ")
        if self._last != "\n\n":
            self._append("\n")

    def end_block(self) -> str:
        """End the paragraph and give it back, empty where there was none."""
        paragraph = "".join(self._open).strip(_ENDS)
        self._open.clear()
        self._last = "\n\n"
        if not paragraph.strip():  # no-break spaces alone are how editors write an empty paragraph
            return ""
        self._done.append(paragraph)
        return paragraph

    def text(self) -> str:
        """All paragraphs, the open one included."""
        self.end_block()
        return "\n\n".join(self._done)

    def _append(self, piece: str) -> None:
        if piece:
            self._open.append(piece)
            self._last = (self._last + piece)[-2:]
