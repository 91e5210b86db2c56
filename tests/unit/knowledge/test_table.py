"""Tables: what does not validate, and that file and line are named."""

from __future__ import annotations

import pytest

from streamproc.contracts import ActorKind
from streamproc.errors import DataError
from streamproc.knowledge import read_table


@pytest.fixture
def table(tmp_path):
    def write(content):
        path = tmp_path / "table.tsv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_comments_and_blank_lines_are_skipped(table):
    rows = read_table(table("# note\nname\tkind\n\nA\tperson\n"), ("name", "kind"))
    assert [(row.line, row["name"], row.choice("kind", ActorKind)) for row in rows] == [(4, "A", ActorKind.PERSON)]


def test_missing_cells_at_the_end_are_empty(table):
    assert read_table(table("name\tkind\nA\n"), ("name", "kind"))[0]["kind"] == ""


def test_a_list_is_split(table):
    assert read_table(table("name\nA | B\n"), ("name",))[0].listed("name") == ("A", "B")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("other\nA\n", ":1: the columns"),
        ("name\nA\tB\n", ":2: 2 cells"),
        ("name\nA\nB\nA\n", ":4: name 'A' is in line 2"),
        (b"name\n\xff\n", "table.tsv: "),
    ],
)
def test_a_malformed_table_names_file_and_line(table, content, where):
    with pytest.raises(DataError, match=where):
        read_table(table(content), ("name",), key="name")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("x", lambda row: row.choice("name", ActorKind)),
        ("x", lambda row: row.one_of("name", ("yes", ""))),
        ("a||b", lambda row: row.listed("name")),
        (" ", lambda row: row.required("name")),
    ],
)
def test_a_wrong_cell_names_file_and_line(table, cell, read):
    (row,) = read_table(table(f"name\tother\n{cell}\ty\n"), ("name", "other"))
    with pytest.raises(DataError, match=r"table\.tsv:2"):
        read(row)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(DataError, match="nowhere"):
        read_table(tmp_path / "nowhere.tsv", ("name",))
