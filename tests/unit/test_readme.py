"""The README tells all settings, codes and commands, and no others."""

import re
from pathlib import Path

import typer.main

from streamproc.cli.main import app
from streamproc.errors import RejectionCode
from streamproc.settings import Settings
from streamproc.stream.topics import Topics

README = Path(__file__).parents[2].joinpath("README.md").read_text()


def test_every_setting_is_in_the_readme_and_nothing_else_is():
    told = {name.lower() for name in re.findall(r"`STREAMPROC_([A-Z_]+)`", README)}
    assert told == set(Settings.model_fields)


def test_defaults_are_told_as_they_are():
    for line in re.findall(r"^\| `STREAMPROC_([A-Z_]+)` \| `([^`]+)` \|", README, re.MULTILINE):
        name, told = line
        if name != "KAFKA_BOOTSTRAP_SERVERS":
            default = getattr(Settings(), name.lower())
            assert str(default).removesuffix(".0") == told, name


def test_every_code_of_a_dead_letter_is_in_the_readme_and_nothing_else_is():
    section = README.partition("### Dead letters")[2].partition("## Settings")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == {code.value for code in RejectionCode}


def test_every_command_that_the_readme_shows_exists():
    commands = set(typer.main.get_command(app).commands)
    shown = set(re.findall(r"^    streamproc ([a-z-]+)", README, re.MULTILINE))
    assert shown
    assert shown <= commands


def test_every_topic_of_the_flow_is_in_the_contract_table():
    topics = Topics(Settings())
    for topic in topics.declared:
        if not topic.name.endswith("-changelog"):
            assert f"| `{topic.name}` |" in README


def test_every_link_to_a_file_leads_somewhere():
    root = Path(__file__).parents[2]
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (root / link).exists()] == []
