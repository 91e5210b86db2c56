"""Containers can do as little as may be."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

run, IMAGE = (runpy.run_path(str(Path(__file__).parent / "stack.py"))[name] for name in ("run", "IMAGE"))
_NO_CAPABILITIES = "0000000000000000"


@pytest.mark.parametrize("service", ["kafka", "topics", "worker"])
def test_a_container_has_a_read_only_root_no_capabilities_and_limits(stack, service):
    (container,) = stack.containers(service)
    host = container["HostConfig"]
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert host["CapAdd"] is None
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert not host["Privileged"]
    assert host["Memory"] > 0
    assert host["PidsLimit"] > 0
    assert host["LogConfig"]["Config"]["max-size"]


@pytest.mark.parametrize("service", ["kafka", "worker"])
def test_processes_are_not_root_and_cannot_write_what_they_run(stack, service):
    status = stack.compose("exec", "-T", service, "cat", "/proc/1/status")
    told = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert "0" not in told["Uid"].split()
    assert "0" not in told["Gid"].split()
    assert told["CapEff"] == told["CapBnd"] == _NO_CAPABILITIES
    assert told["NoNewPrivs"] == "1"
    folders = "/ /etc /usr/bin /opt/streamproc /opt/kafka/libs"
    tried = f"for folder in {folders}; do touch $folder/x 2>/dev/null && echo $folder; done; :"
    assert stack.compose("exec", "-T", service, "sh", "-c", tried) == ""


def test_everything_that_is_published_is_published_on_this_machine_alone(stack):
    for service in ("kafka", "worker"):
        for container in stack.containers(service):
            published = [port for ports in container["NetworkSettings"]["Ports"].values() for port in ports or []]
            assert published
            assert {port["HostIp"] for port in published} == {"127.0.0.1"}


def test_the_image_is_small_and_has_nothing_to_build_with(stack):
    (image,) = json.loads(run("docker", "image", "inspect", IMAGE))
    assert image["Size"] < 600_000_000
    assert image["Config"]["User"] == "10001:10001"
    assert image["Config"]["Entrypoint"] == ["streamproc"]
    assert image["Config"]["Cmd"] == ["run"]
    tools = "for tool in gcc cc make strip git /opt/streamproc/bin/pip; do command -v $tool; done; :"
    assert run("docker", "run", "--rm", "--read-only", "--entrypoint=sh", IMAGE, "-c", tools) == ""


def test_the_image_analyses_without_network_and_with_a_read_only_root(stack, tmp_path):
    article = '{"id": "1", "text": "Rusland veroordeelde zondag de aanval op Oekraïne.", "published": "2019-03-03"}'
    script = f"echo '{article}' | streamproc enrich -"
    limits = ["--read-only", "--network=none", "--cap-drop=ALL", "--tmpfs=/tmp"]
    line = run("docker", "run", "--rm", *limits, "--entrypoint=sh", IMAGE, "-c", script)
    assert {"country:rus", "country:ukr"} <= {entity["actor_id"] for entity in json.loads(line)["entities"]}
