"""The splitter against the JSON parser, whatever the pieces in which a file is read."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc.cli import json_values as module
from streamproc.cli.json_values import json_values

LIMIT = 10_000
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(['"', "\\", '\\"', "[", "{}", ",", "]}"]),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4)


class InPieces(io.BytesIO):
    """A file that gives its bytes in pieces, as a pipe does."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        super().__init__(data)
        self._sizes = sizes

    def read1(self, size: int = -1) -> bytes:
        return super().read1(self._sizes.pop() if self._sizes else size)


def split(data: bytes, limit: int = LIMIT) -> list[bytes | None]:
    return list(json_values(io.BytesIO(data), limit))


@given(
    values=st.lists(VALUES, max_size=5),
    indent=st.sampled_from([None, 2]),
    sizes=st.lists(st.integers(min_value=1, max_value=5), max_size=60),
)
def test_an_array_gives_its_elements_in_whatever_pieces_it_is_read(values, indent, sizes):
    data = json.dumps(values, indent=indent).encode()
    assert [json.loads(value) for value in json_values(InPieces(data, sizes), LIMIT)] == values


@given(objects=st.lists(OBJECTS, max_size=4), between=st.sampled_from(["", "\n", " ", "\r\n\r\n", ",\n"]))
def test_objects_that_follow_each_other_are_values_of_their_own(objects, between):
    data = between.join(json.dumps(value, ensure_ascii=False) for value in objects).encode("utf-8", "surrogatepass")
    assert split(data) == [json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") for value in objects]


@given(data=st.binary(max_size=300) | st.text('{}[]",\\ a1').map(str.encode))
def test_nothing_but_white_space_commas_and_brackets_of_arrays_is_lost(data):
    kept = b"".join(value for value in split(data) if value is not None)

    def essence(what: bytes) -> bytes:
        return what.removeprefix(b"\xef\xbb\xbf").translate(None, b" \t\r\n,[]")

    assert essence(kept) == essence(data)


def test_the_bytes_of_a_value_are_those_of_the_file():
    assert split(b' [ {"a" : 1.50, "b": "\\u00e9"} ,{"c":"\xc3\xa9"} ] ') == [
        b'{"a" : 1.50, "b": "\\u00e9"}',
        b'{"c":"\xc3\xa9"}',
    ]


def test_a_value_that_is_cut_off_comes_out_as_it_stands():
    assert split(b'[{"a": 1}, {"b": "cut') == [b'{"a": 1}', b'{"b": "cut']


def test_a_value_that_is_malformed_does_not_hide_the_next_one():
    assert split(b'[{"a" 1}, kapot, {"b": 2}]') == [b'{"a" 1}', b"kapot", b'{"b": 2}']


@pytest.mark.parametrize("data", [b"", b"[]", b" [ ] ", b"\xef\xbb\xbf[]", b"[\n]\n"])
def test_an_empty_file_or_array_has_no_values(data):
    assert split(data) == []


def test_a_value_beyond_the_limit_is_skipped_and_told(monkeypatch):
    monkeypatch.setattr(module, "_CHUNK_BYTES", 16)
    long = json.dumps({"text": "x" * 500}).encode()
    assert split(b"[" + long + b', {"a": 1}, ' + long + b"]", limit=100) == [None, b'{"a": 1}', None]
