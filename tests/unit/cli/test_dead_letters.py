"""How a dead letter is shown and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc.cli.dead_letters import as_text, hex_dump
from streamproc.cli.letters import Letter, Redriven, parse_place, redrive_group
from streamproc.contracts import DeadLetterHeaders
from streamproc.errors import ConfigurationError, RejectionCode, Stage
from streamproc.settings import load_settings


class Place:
    def __init__(self, partition, offset):
        self.partition, self.offset = partition, offset


def letter(partition, offset, code=RejectionCode.JSON_INVALID):
    why = DeadLetterHeaders(
        stage=Stage.DECODE,
        code=code,
        message="m",
        topic="t",
        partition=0,
        offset=0,
        attempts=1,
        first_seen="2019-03-03T00:00:00Z",
    )
    return Letter(Place(partition, offset), why)


@given(st.binary(max_size=300))
def test_whatever_it_holds_it_is_shown_safely(value):
    assert all(line.replace("\t", "").isprintable() for line in as_text(value).split("\n"))


def test_text_is_shown_as_text_with_its_lines():
    assert as_text("Curaçao\n\x1b[2Jtwee".encode()) == "Curaçao\n\\x1b[2Jtwee"


def test_what_is_not_text_is_shown_in_hexadecimal():
    assert as_text(b"\x00\x01\x02\xff\xfe abc").startswith("00000000  00 01 02 ff fe 20 61 62 63 ")


def test_a_hex_dump_has_sixteen_bytes_a_line():
    lines = hex_dump(bytes(range(0x30, 0x30 + 20))).split("\n")
    assert [line[:8] for line in lines] == ["00000000", "00000010"]
    assert lines[0].endswith(" 0123456789:;<=>?")


def test_a_place_is_partition_and_offset():
    assert parse_place("2/17") == (2, 17)


@pytest.mark.parametrize("text", ["", "2", "2/", "/17", "-1/2", "2/x", "2/1/3", "٢/٣", "1/" + "9" * 30])
def test_anything_else_is_no_place(text):
    with pytest.raises(ConfigurationError, match="is not the place of a dead letter"):
        parse_place(text)


def test_letters_before_the_offset_of_a_redrive_are_redriven():
    redriven = Redriven({0: 5}, {})
    assert [letter(0, offset) in redriven for offset in (4, 5)] == [True, False]
    assert letter(1, 0) not in redriven


def test_a_redrive_of_one_code_says_nothing_of_the_others():
    redriven = Redriven({0: 2}, {RejectionCode.TEXT_EMPTY: {0: 9}})
    assert letter(0, 5, RejectionCode.TEXT_EMPTY) in redriven
    assert letter(0, 5, RejectionCode.JSON_INVALID) not in redriven
    assert letter(0, 1, RejectionCode.JSON_INVALID) in redriven


def test_redrives_of_all_and_of_one_code_are_remembered_apart():
    settings = load_settings(app_id="app")
    assert redrive_group(settings) == "app-redrive"
    assert redrive_group(settings, RejectionCode.TEXT_EMPTY) == "app-redrive.text-empty"
