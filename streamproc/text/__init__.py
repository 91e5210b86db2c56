"""Hostile bytes to clean, bounded text.

Comes in: the value of a Kafka record. Goes out: a `CleanArticle`, or the `Rejection` that says why not.
Nothing here raises for anything that an article may hold.

    payload.py        bytes -> str                 byte order marks, encodings, binaries
    json_article.py   str -> Article               the JSON object of the contract
    plain_text.py     str -> Article               everything else, with or without a `date` header
    html.py           markup -> text, title        paragraphs.py has the white space of it
    unicode.py        text -> text                 NFC without control characters
    partial_date.py   str -> Published             `2019`, `2019-03`, `2019-03-03`, times
    language.py       text -> code, confidence     what the sender says, else told from the text
    decode.py         all of it, in order
"""

from streamproc.text.article import CleanArticle
from streamproc.text.decode import decode
from streamproc.text.limits import Limits

__all__ = ["CleanArticle", "Limits", "decode"]
