"""The values that `tail --json` prints."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc.cli.tail import one_line


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_every_value_is_one_line_of_json(value):
    line = one_line(value)
    assert b"\n" not in line
    assert b"\r" not in line
    orjson.loads(line)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (b'{"a": 1.50}', b'{"a": 1.50}'),
        (b'{\n "a": 1\n}', b'{"a":1}'),
        (b"plain text", b'"plain text"'),
        (b"two\nlines", b'"two\\nlines"'),
        (b"\xff", '"\ufffd"'.encode()),
        (b"", b'""'),
        (None, b"null"),
    ],
)
def test_json_stands_as_it_is_and_all_else_is_a_string(value, line):
    assert one_line(value) == line
