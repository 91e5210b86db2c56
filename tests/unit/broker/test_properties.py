from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamproc.broker.properties import Node, render, server_properties

NODES = [Node(id=number, port=9000 + number, controller_port=9100 + number) for number in (1, 2, 3)]


def unescaped(text: str) -> str:
    """`text` as Java's `Properties.load` reads it, as far as our escapes go."""
    units = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return units.encode("utf-16", "surrogatepass").decode("utf-16")


def test_a_single_node_is_its_own_quorum_with_one_copy_of_everything() -> None:
    properties = server_properties(NODES[0], NODES[:1])
    assert properties["controller.quorum.voters"] == "1@127.0.0.1:9101"
    assert properties["advertised.listeners"] == "PLAINTEXT://127.0.0.1:9001"
    assert {value for name, value in properties.items() if "replication.factor" in name or "min.isr" in name} == {"1"}


def test_three_nodes_keep_three_copies_and_survive_the_loss_of_one() -> None:
    properties = server_properties(NODES[1], NODES)
    assert properties["node.id"] == "2"
    assert properties["controller.quorum.voters"] == "1@127.0.0.1:9101,2@127.0.0.1:9102,3@127.0.0.1:9103"
    assert properties["transaction.state.log.replication.factor"] == "3"
    assert properties["transaction.state.log.min.isr"] == "2"


def test_all_listeners_are_on_loopback() -> None:
    addresses = re.findall(r"//([^:]*):", server_properties(NODES[0], NODES[:1])["listeners"])
    assert addresses == ["127.0.0.1", "127.0.0.1"]


def test_overrides_win() -> None:
    assert server_properties(NODES[0], NODES[:1], overrides={"num.io.threads": "1"})["num.io.threads"] == "1"


@pytest.mark.parametrize("setting", ["message.max.bytes", "replica.fetch.max.bytes", "socket.request.max.bytes"])
def test_records_of_8_mib_fit(setting: str) -> None:
    assert int(server_properties(NODES[0], NODES[:1])[setting]) > 8 * 1024 * 1024


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_is_one_ascii_line_that_java_reads_back(value: str) -> None:
    line = render({"name": value})
    assert line.isascii()
    assert line.count("\n") == 1
    assert unescaped(line.removesuffix("\n")) == f"name={value}"
