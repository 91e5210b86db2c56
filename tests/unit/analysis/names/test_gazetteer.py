import gzip

import pytest

from streamproc.analysis.names.gazetteer import load_gazetteer
from streamproc.errors import DataError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "place.txt").write_text("Den Haag\nHaag\nLonden\n", encoding="utf-8")
    (tmp_path / "city.txt.gz").write_bytes(gzip.compress(b"Londen\n"))
    (tmp_path / "first.txt").write_text("Angela\n", encoding="utf-8")
    return tmp_path


def test_the_longest_name_wins(folder):
    assert load_gazetteer(folder).marks(["in", "Den", "Haag"]) == ["", "B2place", "I2place"]


def test_a_name_in_two_lists_has_both_classes(folder):
    assert load_gazetteer(folder).marks(["Londen"]) == ["B1city+place"]


def test_a_word_in_capitals_is_looked_up_with_one_capital(folder):
    assert load_gazetteer(folder).marks(["LONDEN", "HAAG", "haag"]) == ["B1city+place", "B1place", ""]


def test_first_names_are_looked_up_word_by_word(folder):
    gazetteer = load_gazetteer(folder)
    assert gazetteer.classes_by_word == {"Angela": "first"}
    assert gazetteer.marks(["Angela"]) == [""]


def test_an_unsorted_list_is_refused(folder):
    (folder / "place.txt").write_text("Rome\nParijs\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"place\.txt"):
        load_gazetteer(folder)


def test_a_damaged_list_is_refused(folder):
    (folder / "city.txt.gz").write_bytes(b"no gzip")
    with pytest.raises(DataError, match=r"city\.txt\.gz"):
        load_gazetteer(folder)


def test_a_folder_without_lists_is_refused(tmp_path):
    with pytest.raises(DataError, match="no list"):
        load_gazetteer(tmp_path)
