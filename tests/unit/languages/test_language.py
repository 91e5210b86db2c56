"""Languages: which are complete, and what makes their data malformed."""

from __future__ import annotations

import pytest

from streamproc.errors import DataError
from streamproc.languages import language, supported
from streamproc.languages.language import read_language


def test_dutch_is_supported():
    assert "nl" in supported()
    assert language("nl").code == "nl"
    assert list(supported()) == sorted(supported())


def test_a_language_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        language("xx")


@pytest.mark.parametrize("line", ["dr.", "dr\tnever", "Dr.\tnever", "dr.\talways"])
def test_a_malformed_abbreviation_names_file_and_line(tmp_path, line):
    (tmp_path / "openers.txt").write_text("de\n", encoding="utf-8")
    (tmp_path / "abbreviations.tsv").write_text(f"# note\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"abbreviations\.tsv:2"):
        read_language("nl", tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"abbreviations\.tsv"):
        read_language("nl", tmp_path)


def test_a_language_may_have_a_model_of_names(tmp_path):
    dutch = language("nl")
    assert dutch.names == dutch.folder / "names"
    for name in ("abbreviations.tsv", "openers.txt"):
        (tmp_path / name).write_bytes((dutch.folder / name).read_bytes())
    assert read_language("xx", tmp_path).names is None
