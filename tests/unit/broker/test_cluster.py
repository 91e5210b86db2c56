"""What a cluster says without being started; `tests/faults` kills its nodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from streamproc.broker import EmbeddedCluster, EmbeddedKafka
from streamproc.errors import BrokerError


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[EmbeddedCluster]:
    made = EmbeddedCluster(cache=tmp_path)
    yield made
    made.close()


def test_every_node_has_ports_and_a_folder_of_its_own(cluster: EmbeddedCluster) -> None:
    assert len(set(cluster.bootstrap_servers.split(","))) == 3
    assert len({node.data for node in cluster.nodes}) == 3


def test_every_node_knows_the_same_voters_and_its_own_id(cluster: EmbeddedCluster) -> None:
    said = []
    for node in cluster.nodes:
        node.data.mkdir(parents=True)
        node._write_properties("topics")
        lines = node._properties.read_text().splitlines()
        said.append(dict(line.split("=", 1) for line in lines))
    assert [properties["node.id"] for properties in said] == ["1", "2", "3"]
    voters = {properties["controller.quorum.voters"] for properties in said}
    assert len(voters) == 1
    assert voters.pop().count("@") == 3


def test_the_records_end_with_the_block(cluster: EmbeddedCluster) -> None:
    cluster.nodes[0].data.mkdir(parents=True)
    cluster.close()
    assert not cluster.nodes[0].data.exists()


def test_a_cluster_whose_node_cannot_start_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def launch(_node: EmbeddedKafka) -> None:
        raise BrokerError("no")

    monkeypatch.setattr(EmbeddedKafka, "launch", launch)
    cluster = EmbeddedCluster(cache=tmp_path)
    with pytest.raises(BrokerError, match="no"), cluster:
        pass
    assert not cluster.nodes[0].data.parent.exists()
