"""`streamproc schemas`."""

import json

import yaml
from typer.testing import CliRunner

from streamproc.cli.main import app
from streamproc.contracts.schema import documents


def run(*arguments):
    return CliRunner().invoke(app, ["schemas", *arguments])


def test_a_schema_is_printed_as_it_is_generated():
    assert run("event").stdout == documents()["event.schema.json"]
    assert json.loads(run("event").stdout)["title"] == "Event"


def test_the_asyncapi_document_is_printed():
    assert yaml.safe_load(run("asyncapi").stdout)["asyncapi"].startswith("3.")


def test_the_names_that_are_listed_are_those_that_can_be_printed():
    names = run("--list").stdout.split()
    assert run().stdout.split() == names
    assert len(names) == len(documents())
    assert all(run(name).exit_code == 0 for name in names)


def test_all_documents_are_written(tmp_path):
    assert run("--write", str(tmp_path / "new")).exit_code == 0
    assert {path.name: path.read_text() for path in (tmp_path / "new").iterdir()} == documents()


def test_an_unknown_name_is_told_with_those_that_are_there():
    result = run("evnt")
    assert result.exit_code == 2
    assert "no schema 'evnt'" in result.stderr
    assert "enriched-article" in result.stderr
