"""Bytes to characters.

Comes in: the value of a Kafka record. Goes out: its text, or the `Rejection` of what is empty, too large or not text.

The encoding is, in this order,

1. what a byte order mark says: UTF-8, UTF-16 or UTF-32;
2. UTF-8, where the bytes are;
3. damaged UTF-8, where they end within a character, or have at least as many sound multi-byte characters as broken
   ones: what is broken becomes U+FFFD;
4. Windows-1252 (of which Latin-1 text is a part), where all bytes are characters in it, none a control character,
   and at most 30 % lie beyond ASCII: in the languages written in it fewer than 15 % do, in text of another
   eight-bit encoding (Cyrillic, Greek, Thai) most;
5. else damaged UTF-8.

A payload is binary when it starts with the signature of a binary format, or when more than 10 % of its characters
are control characters or U+FFFD. In compressed data about half are, in text with stray damage fewer than 1 %.
"""

from __future__ import annotations

import codecs

from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text.limits import Limits

BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\ufeff"
"""White space around a document, a second byte order mark included."""

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_CODEC_BY_MARK = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_FORMAT_BY_SIGNATURE = {
    b"\x00\x00": "NUL bytes in front, as of a record framed for a schema registry",
    b"Obj\x01": "an Avro file",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "a zip file",
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\xd0\xcf\x11\xe0": "an OLE document",
}
_CONTROLS = bytes(byte for byte in range(0x20) if chr(byte) not in "\t\n\x0b\x0c\r") + b"\x7f"
_NOT_WINDOWS_1252 = _CONTROLS + b"\x81\x8d\x8f\x90\x9d"
_ASCII = bytes(range(0x80))
_MAX_BEYOND_ASCII = 0.3
_MAX_UNREADABLE = 0.1
_TRUNCATED = "unexpected end of data"


def read_payload(payload: bytes | None, limits: Limits) -> str | Rejection:
    """The text of `payload`, or why it has none: `PAYLOAD_TOO_LARGE`, `PAYLOAD_EMPTY` or `PAYLOAD_BINARY`."""
    if payload is None:
        return _rejection(RejectionCode.PAYLOAD_EMPTY, "no value (a tombstone)")
    if len(payload) > limits.max_payload_bytes:
        message = f"{len(payload):,} bytes; at most {limits.max_payload_bytes:,} are taken"
        return _rejection(RejectionCode.PAYLOAD_TOO_LARGE, message)
    text = _decode(payload)
    if not text.strip(BLANK).strip():
        return _rejection(RejectionCode.PAYLOAD_EMPTY, "nothing but white space" if payload else "no bytes")
    binary = _binary(payload, text)
    return _rejection(RejectionCode.PAYLOAD_BINARY, binary) if binary else text


def _rejection(code: RejectionCode, message: str) -> Rejection:
    return Rejection(Stage.DECODE, code, message)


def _decode(payload: bytes) -> str:
    for mark, codec in _CODEC_BY_MARK.items():
        if payload.startswith(mark):
            return payload[len(mark) :].decode(codec, errors="replace")
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        truncated = error.reason == _TRUNCATED
    text = payload.decode(errors="replace")
    if truncated or _is_mostly_sound(text) or not _is_windows_1252(payload):
        return text
    return payload.decode("cp1252")


def _is_mostly_sound(text: str) -> bool:
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return beyond_ascii - broken >= broken


def _is_windows_1252(payload: bytes) -> bool:
    if len(payload.translate(None, _NOT_WINDOWS_1252)) < len(payload):
        return False
    return len(payload.translate(None, _ASCII)) <= _MAX_BEYOND_ASCII * len(payload)


def _binary(payload: bytes, text: str) -> str | None:
    """What tells that `payload` is no text."""
    for signature, name in _FORMAT_BY_SIGNATURE.items():
        if payload.startswith(signature) and not payload.startswith(codecs.BOM_UTF32_BE):
            return f"not text: {name}"
    data = text.encode()
    unreadable = len(data) - len(data.translate(None, _CONTROLS)) + text.count("\ufffd")
    if unreadable > _MAX_UNREADABLE * len(text):
        return f"not text: {unreadable:,} of {len(text):,} characters are control characters or undecodable"
    return None
