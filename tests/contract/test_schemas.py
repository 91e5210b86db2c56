"""The files in `schemas/` are what the models say."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from streamproc.contracts.headers import schema_uri
from streamproc.contracts.schema import INPUT, MODEL_BY_RECORD, differences, documents, main, record_schema, write

SCHEMAS = Path(__file__).parents[2] / "schemas"
OUTPUTS = sorted(MODEL_BY_RECORD.keys() - {INPUT})


def test_the_files_are_as_the_models_say() -> None:
    assert differences(SCHEMAS) == [], "python -m streamproc.contracts.schema --write schemas"


def test_generating_twice_gives_the_same_bytes() -> None:
    assert documents() == documents()


@pytest.mark.parametrize("record", MODEL_BY_RECORD)
def test_each_schema_is_valid_json_schema(record: str) -> None:
    Draft202012Validator.check_schema(record_schema(record))


@pytest.mark.parametrize("record", MODEL_BY_RECORD)
def test_each_schema_has_the_id_that_records_refer_to(record: str) -> None:
    assert record_schema(record)["$id"] == schema_uri(record)


@pytest.mark.parametrize("record", MODEL_BY_RECORD)
def test_descriptions_are_the_docstrings(record: str) -> None:
    assert record_schema(record)["description"] == inspect.getdoc(MODEL_BY_RECORD[record])


@pytest.mark.parametrize("record", OUTPUTS)
def test_what_is_written_has_every_field(record: str) -> None:
    schema = record_schema(record)
    for described in (schema, *schema.get("$defs", {}).values()):
        assert described.get("required", []) == list(described.get("properties", {}))


def test_nothing_is_required_of_an_article_but_text_or_html() -> None:
    schema = record_schema(INPUT)
    assert "required" not in schema
    assert [choice["required"] for choice in schema["anyOf"]] == [["text"], ["html"]]


def test_checking_lists_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "event.schema.json").unlink()
    (tmp_path / "old.schema.json").write_text("{}")
    mention = tmp_path / "mention.schema.json"
    mention.write_text(mention.read_text().replace('"Mention"', '"Remark"'))
    article = tmp_path / "article.schema.json"
    article.write_text(article.read_text() + "\n")
    assert main(["--check", str(tmp_path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == [
        "article.schema.json",
        "event.schema.json",
        "mention.schema.json",
        "old.schema.json",
    ]
    assert '\'"title": "Remark",\'' in told[2]


def test_writing_mends_what_differs(tmp_path: Path) -> None:
    assert main(["--write", str(tmp_path / "new")]) == 0
    assert differences(tmp_path / "new") == []
