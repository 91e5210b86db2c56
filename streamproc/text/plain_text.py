"""Plain text to the contract `Article`.

Comes in: text that is no JSON object. Goes out: an `Article` with `text`, and with `published` where a header says
so. Nothing fails.

The header, in ABNF, stands at the very start, blanks aside; the body starts at the first character after it that is
not blank, and is not altered:

    payload = *blank "date" ( 1*space / *space ":" *space ) date 1*blank body
    date    = year [ "-" month [ "-" day [ ( "T" / " " ) hour ":" minute [ ":" second [ "." 1*digit ] ] [ zone ] ] ] ]
    zone    = "Z" / ( "+" / "-" ) hour [ ":" ] minute

`date` is lower case where no colon follows ("date 2019-03 Rusland is bereid"), in any case where one does
("Date: 2019-03-03"). Of a text without such a header ("In date 2019", "date 2019-2020 was") the whole is the body. A
header whose date does not exist ("date 2019-13") is still a header: the article is rejected, not stamped.
"""

from __future__ import annotations

import re

from streamproc.contracts import Article

_HEADER = re.compile(
    r"""
    [\s\ufeff]*+ (?: date [ \t]++ (?!:) | (?i:date) [ \t]*+ : [ \t]*+ )
    (?P<date>
        \d{4} (?: -\d{2} (?: -\d{2}
            (?: [T ] \d{2}:\d{2} (?: :\d{2} (?: \.\d{1,9} )? )? (?: Z | [+-]\d{2}:?\d{2} )? )?
        )? )?
    )
    (?: \s++ | \Z )
    """,
    re.VERBOSE | re.ASCII,
)


def read_plain(text: str) -> Article:
    """The article that `text` is; `published` is as written, not yet checked."""
    header = _HEADER.match(text)
    if header is None:
        return Article(text=text)
    return Article(text=text[header.end() :], published=header["date"])
