"""The lexicon is checked when it is loaded, and says where it is wrong."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from streamproc.analysis.events import EventCoder
from streamproc.analysis.events.lexicon import EntryClass
from streamproc.contracts.event import EventType
from streamproc.errors import DataError


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "events"))


def replace_line(path: Path, number: int, line: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = line
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("verb\tzwijmelen\t-\t-\t-\t-\t-\t-", "verbs.tsv has no 'zwijmelen'"),
        ("verb\tsteunen\t-\tdemo\t-\t-\t-\t-", "no mode 'demo'"),
        ("verb\tsteunen\t-\t-\t999\t-\t-\t-", "CAMEO code 999"),
        ("verb\tsteunen\t-\t-\t-\tsubj\tovr\t-", "'ovr' is no place of a party"),
        ("verb\tsteunen\t-\t-\t-\t-\t-\tstrange", "'strange' is no flag"),
        ("verb\tsteunen\t-\t-\t-\t-\t-\tnegated:NOTHING", "'NOTHING' is no event type"),
        ("verb\tsteunen\t@nowhere\t-\t-\t-\t-\t-", "no list 'nowhere'"),
        ("gerund\tsteunen\t-\t-\t-\t-\t-\t-", "'gerund' is no class"),
        ("verb\tsteunen\t-", "3 cells instead of 8"),
    ],
)
def test_a_wrong_line_is_named_with_its_file_and_number(copied: Path, line: str, message: str):
    replace_line(copied / "lexicon" / "support.tsv", 3, line)
    with pytest.raises(DataError) as caught:
        EventCoder(copied)
    assert "support.tsv:3:" in str(caught.value)
    assert message in str(caught.value)


def test_an_entry_that_is_there_twice_is_refused(copied: Path):
    path = copied / "lexicon" / "support.tsv"
    path.write_text(path.read_text(encoding="utf-8") + path.read_text(encoding="utf-8").splitlines()[2] + "\n")
    with pytest.raises(DataError, match="is there twice"):
        EventCoder(copied)


def test_a_missing_table_is_refused(copied: Path):
    (copied / "frames.tsv").unlink()
    with pytest.raises(DataError, match=r"frames\.tsv"):
        EventCoder(copied)


def test_an_unknown_key_of_the_grammar_is_refused(copied: Path):
    path = copied / "grammar.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: [a]\n", encoding="utf-8")
    with pytest.raises(DataError, match="nonsense"):
        EventCoder(copied)


def test_a_verb_of_the_grammar_without_forms_is_refused(copied: Path):
    path = copied / "grammar.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("copulas: [", "copulas: [wezelen, "), encoding="utf-8")
    with pytest.raises(DataError, match=r"verbs\.tsv has no 'wezelen'"):
        EventCoder(copied)


def test_yaml_that_is_none_is_refused(copied: Path):
    (copied / "words.yaml").write_text("blame: [a", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.yaml"):
        EventCoder(copied)


def test_a_weight_that_is_no_number_is_refused(copied: Path):
    (copied / "confidence.tsv").write_text("feature\tweight\nbias\tmuch\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"confidence\.tsv:2"):
        EventCoder(copied)


@pytest.mark.parametrize("kind", list(EventType))
def test_each_type_has_many_entries(coder: EventCoder, kind: EventType):
    assert sum(entry.type is kind for entry in coder.lexicon.entries.values()) >= 40


def test_ids_tell_the_words_and_the_type(coder: EventCoder):
    assert coder.lexicon.entries["veroordelen.ACCUSE"].kind is EntryClass.VERB
    assert coder.lexicon.entries["in-hechtenis-nemen.COERCE"].mode == "arrest"


def test_loading_is_fast(folder: Path):
    start = time.perf_counter()
    EventCoder(folder)
    assert time.perf_counter() - start < 1.5
