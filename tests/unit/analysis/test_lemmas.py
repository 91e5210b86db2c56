import pytest

from streamproc.analysis.lemmas import Ending, Lemmas, Tables, lemma_of, without_participle
from streamproc.errors import DataError

TABLES = Tables(
    exceptions={("VERB.Fin", "is"): "zijn", ("VERB.Part.ge", "daan"): "doen"},
    endings={
        ("VERB.Fin", "t"): Ending(1, "en"),
        ("VERB.Fin", "riep"): Ending(3, "oepen"),
        ("VERB.Part.ge", "t"): Ending(1, "en"),
        ("VERB.Part.ge", "lost"): Ending(1, "sen"),
    },
    particles=("terug", "op"),
)


@pytest.mark.parametrize(
    ("kind", "form", "lemma"),
    [
        ("VERB.Fin", "is", "zijn"),
        ("VERB.Fin", "werkt", "werken"),
        ("VERB.Fin", "uitriep", "uitroepen"),
        ("VERB.Part", "gewerkt", "werken"),
        ("VERB.Part", "opgelost", "oplossen"),
        ("VERB.Part", "gedaan", "doen"),
        ("NOUN.Sing", "minister", "minister"),
        ("NOUN.Sing", "", ""),
    ],
)
def test_a_lemma_is_an_exception_or_comes_of_the_longest_ending(kind, form, lemma):
    assert lemma_of(TABLES, kind, form) == lemma


def test_the_ge_of_a_participle_goes_at_the_start_and_behind_a_particle():
    assert without_participle("gewerkt", ("op",)) == "werkt"
    assert without_participle("opgelost", ("op",)) == "oplost"
    assert without_participle("besloten", ("op",)) == ""


def test_tables_are_read_as_they_were_written(tmp_path):
    Lemmas(tables=TABLES).to_disk(tmp_path)
    assert Lemmas().from_disk(tmp_path).tables == TABLES


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("exceptions.tsv", "VERB\tis"),
        ("endings.tsv", "VERB\tt\tone\ten"),
        ("endings.tsv", "VERB\tt\t2\ten"),
        ("particles.txt", "op\tterug"),
    ],
)
def test_a_malformed_table_is_a_data_error(tmp_path, file, line):
    Lemmas(tables=TABLES).to_disk(tmp_path)
    (tmp_path / file).write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(DataError):
        Lemmas().from_disk(tmp_path)


def test_a_missing_table_is_a_data_error(tmp_path):
    with pytest.raises(DataError):
        Lemmas().from_disk(tmp_path)
