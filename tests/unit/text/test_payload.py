import pytest

from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text import Limits
from streamproc.text.payload import read_payload

LIMITS = Limits()


def _code(payload, limits=LIMITS):
    outcome = read_payload(payload, limits)
    assert isinstance(outcome, Rejection)
    assert outcome.stage is Stage.DECODE
    return outcome.code


@pytest.mark.parametrize("payload", [None, b"", b" \n\t\r\n", "\u3000\u2003".encode(), b"\xef\xbb\xbf \n"])
def test_a_payload_without_anything_in_it_is_empty(payload):
    assert _code(payload) is RejectionCode.PAYLOAD_EMPTY


def test_a_payload_at_the_limit_passes_and_one_byte_more_does_not():
    limits = Limits(max_payload_bytes=10)
    assert read_payload(b"0123456789", limits) == "0123456789"
    assert _code(b"01234567890", limits) is RejectionCode.PAYLOAD_TOO_LARGE


def test_size_is_checked_before_anything_else():
    assert _code(b"\x00" * 11, Limits(max_payload_bytes=10)) is RejectionCode.PAYLOAD_TOO_LARGE


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(codec):
    assert read_payload("Coördinatie: € 5, 日本 😀".encode(codec), LIMITS) == "Coördinatie: € 5, 日本 😀"


@pytest.mark.parametrize(("mark", "codec"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_big_endian_marks_are_known(mark, codec):
    assert read_payload(mark + "Coördinatie".encode(codec), LIMITS) == "Coördinatie"


def test_windows_1252_is_told_from_damaged_utf_8():
    text = "“Coördinatie” – één café, € 5"
    assert read_payload(text.encode("cp1252"), LIMITS) == text


def test_utf_8_with_a_broken_byte_keeps_its_sound_characters():
    assert read_payload("één café".encode() + b"\xff.", LIMITS) == "één café\ufffd."


def test_utf_8_cut_within_a_character_is_not_taken_for_windows_1252():
    assert read_payload("Het kost € 5 of € 6, zei zij, maar nooit €".encode()[:-1], LIMITS)[-1] == "\ufffd"
    assert read_payload("Het kost €".encode()[:-1], LIMITS) == "Het kost \ufffd"


def test_text_in_another_eight_bit_encoding_is_not_read_as_windows_1252():
    assert _code("Министр иностранных дел".encode("koi8-r")) is RejectionCode.PAYLOAD_BINARY


def test_stray_control_characters_do_not_make_a_text_binary():
    assert read_payload(b"De minister\x00 overlegt in Brussel.\x07", LIMITS).startswith("De minister")


def test_more_than_a_tenth_of_control_characters_does():
    assert read_payload(b"a" * 90 + b"\x01" * 10, LIMITS)
    assert _code(b"a" * 89 + b"\x01" * 11) is RejectionCode.PAYLOAD_BINARY


def test_a_rejected_binary_is_named():
    assert "PNG" in read_payload(b"\x89PNG\r\n\x1a\n", LIMITS).message
    assert "schema registry" in read_payload(b'\x00\x00\x00\x00\x01{"text": "Hallo"}', LIMITS).message
