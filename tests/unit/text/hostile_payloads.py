"""Payloads that a topic may hold by mistake or malice, each with the outcome that it must have.

Test modules are not importable by name (`importmode=importlib`), so others load this file by its path:

    spec = importlib.util.spec_from_file_location("hostile_payloads", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.hostile_payloads()

None stands for an article that is accepted. All are within the default `Limits`, but for those named `too-...`;
`languages` is `{"nl"}`.
"""

from __future__ import annotations

import gzip
import random
import struct
import zlib

import orjson

from streamproc.errors import RejectionCode as Code

DUTCH = (
    "De minister van Buitenlandse Zaken heeft maandag in Brussel overlegd met zijn Belgische collega. "
    "Volgens een woordvoerder spraken zij over de toestand in Oekraïne en over nieuwe sancties tegen Rusland."
)
GERMAN = "Der Außenminister hat am Montag in Brüssel mit seinem belgischen Amtskollegen über Sanktionen gesprochen."


def hostile_payloads() -> dict[str, tuple[bytes, Code | None]]:
    """Payload and outcome by name."""
    return _not_text() | _encodings() | _broken_json() | _odd_fields() | _markup() | _unicode() | _plain()


def _json(**fields: object) -> bytes:
    return orjson.dumps({"text": DUTCH, "language": "nl"} | fields)


def _raw(fields: str) -> bytes:
    return f'{{"text":"{DUTCH}","language":"nl",{fields}}}'.encode()


def _not_text() -> dict[str, tuple[bytes, Code | None]]:
    noise = random.Random(7).randbytes(4096)  # the same noise in every run
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + noise
    return {
        "no-bytes": (b"", Code.PAYLOAD_EMPTY),
        "blanks": (b" \t\r\n \n", Code.PAYLOAD_EMPTY),
        "byte-order-mark-only": (b"\xef\xbb\xbf", Code.PAYLOAD_EMPTY),
        "utf-16-mark-only": (b"\xff\xfe", Code.PAYLOAD_EMPTY),
        "too-many-bytes": (b"a" * (2 * 1024 * 1024 + 1), Code.PAYLOAD_TOO_LARGE),
        "too-many-characters": (_json(text="De minister overlegt. " * 10_000), Code.TEXT_TOO_LONG),
        "noise": (noise, Code.PAYLOAD_BINARY),
        "png": (png, Code.PAYLOAD_BINARY),
        "png-signature": (png[:8], Code.PAYLOAD_BINARY),
        "gzip-of-an-article": (gzip.compress(_json(), mtime=0), Code.PAYLOAD_BINARY),
        "zlib-of-an-article": (zlib.compress(_json()), Code.PAYLOAD_BINARY),
        "avro-of-a-schema-registry": (b"\x00\x00\x00\x00\x07\x90\x03" + DUTCH.encode(), Code.PAYLOAD_BINARY),
        "json-of-a-schema-registry": (b"\x00\x00\x00\x00\x07" + _json(), Code.PAYLOAD_BINARY),
        "avro-file": (b"Obj\x01\x04\x16avro.schema" + DUTCH.encode(), Code.PAYLOAD_BINARY),
        "pdf": (b"%PDF-1.7\n1 0 obj\n" + DUTCH.encode(), Code.PAYLOAD_BINARY),
        "nul-bytes": (b"\x00" * 1000, Code.PAYLOAD_BINARY),
        "control-bytes": (bytes(range(1, 32)) * 10, Code.PAYLOAD_BINARY),
        "utf-16-without-mark": (DUTCH.encode("utf-16-le"), Code.PAYLOAD_BINARY),
        "koi8": ("Министр иностранных дел провёл переговоры в Брюсселе".encode("koi8-r"), Code.PAYLOAD_BINARY),
    }


def _encodings() -> dict[str, tuple[bytes, Code | None]]:
    return {
        "utf-8-with-mark": (b"\xef\xbb\xbf" + _json(), None),
        "two-byte-order-marks": (b"\xef\xbb\xbf\xef\xbb\xbf" + _json(), None),
        "utf-16-with-mark": (_json().decode().encode("utf-16"), None),
        "utf-16-big-endian": (b"\xfe\xff" + DUTCH.encode("utf-16-be"), None),
        "utf-16-of-odd-length": (b"\xff\xfe" + DUTCH.encode("utf-16-le") + b"a", None),
        "utf-32-with-mark": (DUTCH.encode("utf-32"), None),
        "windows-1252": (_json(title="“Coördinatie” – € 5").decode().encode("cp1252"), None),
        "latin-1": (DUTCH.encode("latin-1"), None),
        "cut-within-a-character": ((DUTCH + " Het kost € 5").encode()[:-4], None),
        "one-broken-byte": (DUTCH.encode() + "één café \xff".encode("latin-1"), None),
        "overlong-and-surrogate-bytes": (DUTCH.encode() + b"\xc0\xaf\xed\xa0\x80\x01", None),
        "a-few-nul-bytes": (DUTCH.replace(" ", "\x00 ", 3).encode(), None),
        "nul-after-json": (_json() + b"\x00", None),
    }


def _broken_json() -> dict[str, tuple[bytes, Code | None]]:
    return {
        "open-brace": (b"{", Code.JSON_INVALID),
        "cut-json": (_json()[:-20], Code.JSON_INVALID),
        "objects-to-great-depth": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, Code.JSON_INVALID),
        "arrays-to-great-depth-in-a-field": (_raw('"a":' + "[" * 100_000 + "]" * 100_000), Code.JSON_INVALID),
        "two-objects": (_json() + b"\n" + _json(), Code.JSON_INVALID),
        "single-quotes": (b"{'text': 'Hallo'}", Code.JSON_INVALID),
        "not-a-number": (_raw('"score":NaN'), Code.JSON_INVALID),
        "number-of-400-digits": (_raw(f'"score":{"9" * 400}'), Code.JSON_INVALID),
        "line-break-in-a-string": (_raw('"title":"a\nb"'), Code.JSON_INVALID),
        "curly-prose": (b"{ANP} De minister", Code.JSON_INVALID),
        "array": (b"[" + _json() + b"]", Code.JSON_NOT_AN_OBJECT),
        "empty-array": (b"[]", Code.JSON_NOT_AN_OBJECT),
        "encoded-twice": (orjson.dumps(_json().decode()), Code.JSON_NOT_AN_OBJECT),
        "arrays-to-great-depth": (b"[" * 100_000, Code.LANGUAGE_UNSUPPORTED),
        "empty-object": (b"{}", Code.TEXT_MISSING),
        "text-in-a-json-string": (orjson.dumps(DUTCH), None),
    }


def _odd_fields() -> dict[str, tuple[bytes, Code | None]]:
    return {
        "text-null": (_json(text=None), Code.TEXT_MISSING),
        "text-missing-but-html-true": (b'{"html":true}', Code.TEXT_MISSING),
        "text-blank": (_json(text=" \n"), Code.TEXT_EMPTY),
        "text-a-number": (_json(text=5), Code.FIELD_INVALID),
        "text-an-array": (_json(text=[DUTCH]), Code.FIELD_INVALID),
        "title-an-object": (_json(title={"nl": "Overleg"}), Code.FIELD_INVALID),
        "title-too-long": (_json(title="a" * 5000), Code.FIELD_INVALID),
        "url-an-array": (_json(url=["https://example.org"]), Code.FIELD_INVALID),
        "id-true": (_json(id=True), Code.FIELD_INVALID),
        "id-a-fraction": (_json(id=1.5), Code.FIELD_INVALID),
        "id-beyond-64-bits": (_raw('"id":123456789012345678901234567890'), Code.FIELD_INVALID),
        "id-whole": (_json(id=42), None),
        "id-of-control-characters": (_json(id="\x00\x1b\n"), None),
        "html-a-number": (_json(html=2), Code.FIELD_INVALID),
        "published-a-number": (_json(published=2019), Code.FIELD_INVALID),
        "published-month-13": (_json(published="2019-13"), Code.PUBLISHED_INVALID),
        "published-30-february": (_json(published="2019-02-30"), Code.PUBLISHED_INVALID),
        "published-year-0": (_json(published="0000"), Code.PUBLISHED_INVALID),
        "published-hour-24": (_json(published="2019-03-03T24:00:00Z"), Code.PUBLISHED_INVALID),
        "published-prose": (_json(published="gisteren"), Code.PUBLISHED_INVALID),
        "published-other-digits": (_json(published="٢٠١٩"), Code.PUBLISHED_INVALID),
        "published-leap-second": (_json(published="2016-12-31T23:59:60Z"), None),
        "published-blank": (_json(published="  "), None),
        "language-unsupported": (_json(language="de"), Code.LANGUAGE_UNSUPPORTED),
        "language-made-up": (_json(language="x-klingon"), Code.LANGUAGE_UNSUPPORTED),
        "language-blank": (_json(language=" "), None),
        "key-twice": (b'{"text":1,"language":"nl","text":"' + DUTCH.encode() + b'"}', None),
        "many-unknown-fields": (_json(**{f"field-{number}": number for number in range(50_000)}), None),
    }


def _markup() -> dict[str, tuple[bytes, Code | None]]:
    bomb = "<p>" + "".join(f"<i a={number}>" for number in range(10_000)) + "</p>" + "<p>x" * 10_000
    return {
        "markup-only": (_json(text="<p><br></p><script>alert(1)</script>"), Code.TEXT_EMPTY),
        "script-never-closed": (_json(text="<script>" + DUTCH, html=True), Code.TEXT_EMPTY),
        "tag-never-closed": (_json(text="<p " + DUTCH, html=True), Code.TEXT_EMPTY),
        "comment-never-closed": (_json(text="<!-- " + DUTCH, html=True), Code.TEXT_EMPTY),
        "html-to-great-depth": (_json(text="<div>" * 100_000 + DUTCH, html=True), None),
        "html-with-many-attributes": (_json(text=f"<p {'a=1 ' * 100_000}>{DUTCH}"), None),
        "html-that-makes-trees-explode": (_json(text=bomb + DUTCH), None),
        "reference-of-10000-digits": (_json(text=f"<p>&#{'9' * 10_000}; {DUTCH}"), None),
        "references-to-control-characters": (_json(text=f"<p>&#0;&#8;&#xD800;&#x202E;{DUTCH}"), None),
        "unclosed-angle-bracket": (_json(text=f"Wie < 18 is, mag niet stemmen. {DUTCH}"), None),
        "html-in-place-of-text": (orjson.dumps({"html": f"<h1>Overleg</h1><p>{DUTCH}"}), None),
        "html-page-as-payload": (f"<!DOCTYPE html><title>t</title><p>{DUTCH}".encode(), None),
    }


def _unicode() -> dict[str, tuple[bytes, Code | None]]:
    return {
        "lone-high-surrogate": (_raw('"title":"Overleg \\ud83d"'), None),
        "lone-low-surrogate": (_raw('"title":"\\ude00 Overleg"'), None),
        "nul-escape": (_raw('"title":"Over\\u0000leg"'), None),
        "invisible-only": (_json(text="\u200b\u200d\u00ad\ufeff\u202e"), Code.TEXT_EMPTY),
        "bidi-overrides": (_json(text=f"\u202e{DUTCH}\u202c"), None),
        "marks-out-of-order": (_json(text="a" + "\u0301\u0316" * 50_000 + DUTCH), None),
        "not-composed": (_json(text=DUTCH.replace("ï", "i\u0308")), None),
        "line-separators": (_json(text=DUTCH.replace(". ", ".\u2028")), None),
        "private-use-and-noncharacters": (_json(text=f"\ue000\uffff\U0010ffff {DUTCH}"), None),
    }


def _plain() -> dict[str, tuple[bytes, Code | None]]:
    return {
        "plain-dutch": (DUTCH.encode(), None),
        "plain-with-a-date": (f" date 2019-03 {DUTCH}".encode(), None),
        "plain-with-a-date-that-is-none": (f" date 2019-13 {DUTCH}".encode(), Code.PUBLISHED_INVALID),
        "plain-date-without-a-body": (b" date 2019-03 \n", Code.TEXT_EMPTY),
        "plain-in-brackets": (f"[ANP] {DUTCH}".encode(), None),
        "plain-in-quotation-marks": (f'"Wij gaan door", zei hij. {DUTCH}'.encode(), None),
        "plain-german": (GERMAN.encode(), Code.LANGUAGE_UNSUPPORTED),
        "json-null": (b"null", Code.LANGUAGE_UNSUPPORTED),
        "json-number": (b"12345", Code.LANGUAGE_UNSUPPORTED),
        "xml": (b"<?xml version='1.0'?><rss><channel/></rss>", Code.LANGUAGE_UNSUPPORTED),
        "csv": (b"1;2;3\n4;5;6\n", Code.LANGUAGE_UNSUPPORTED),
    }
