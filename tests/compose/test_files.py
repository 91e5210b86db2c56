"""What is deployed is valid and agrees with the code; needs no engine but where it says so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from streamproc.broker.jars import KAFKA_VERSION
from streamproc.settings import Settings
from streamproc.stream.measures import Measures

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboards" / "streamproc.json").read_text())
ALERTS = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
PROMETHEUS = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
_PANEL_COLUMNS = 24


def queries():
    """Every expression that Prometheus is asked, with where it stands."""
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for group in ALERTS["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]


def samples():
    """Names and labels of every sample that a worker may expose."""
    measures = Measures()
    measures.dead.labels(code="x")
    measures.lag.labels(topic="x", partition="0")
    return {sample.name: set(sample.labels) for metric in measures.registry.collect() for sample in metric.samples}


def test_every_metric_that_is_asked_for_exists():
    asked = [(where, name) for where, expr in queries() for name in re.findall(r"\bstreamproc_\w+", expr)]
    assert asked
    assert [(where, name) for where, name in asked if name not in samples()] == []


def test_every_metric_is_shown_somewhere():
    shown = {name for _, expr in queries() for name in re.findall(r"\bstreamproc_\w+", expr)}
    meant = {name for name in samples() if not name.endswith(("_created", "_sum", "_count"))}
    assert meant <= shown


def test_labels_in_queries_are_labels_of_the_metric_or_of_the_scrape():
    of_the_scrape = {"instance", "job", "le"}
    for where, expr in queries():
        known = of_the_scrape.union(*(samples().get(name, ()) for name in re.findall(r"\bstreamproc_\w+", expr)))
        by = [label.strip() for group in re.findall(r"\bby \(([^)]*)\)", expr) for label in group.split(",")]
        matched = re.findall(r'(\w+)\s*(?:=~|!~|!=|=)\s*"', expr)
        assert set(by + matched) <= known, where


@pytest.mark.parametrize(("opening", "closing"), ["()", "[]", "{}"])
def test_brackets_in_queries_are_closed(opening, closing):
    for where, expr in queries():
        assert expr.count(opening) == expr.count(closing), where


def test_panels_have_a_place_of_their_own_and_a_source_that_is_provisioned():
    (source,) = yaml.safe_load((DEPLOY / "grafana/provisioning/datasources/prometheus.yml").read_text())["datasources"]
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        assert panel["datasource"]["uid"] == source["uid"]
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _ in cells) < _PANEL_COLUMNS
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_dashboards_are_provisioned_from_where_they_are_mounted():
    (provider,) = yaml.safe_load((DEPLOY / "grafana/provisioning/dashboards/streamproc.yml").read_text())["providers"]
    mounts = dict(volume.split(":")[:2] for volume in COMPOSE["services"]["grafana"]["volumes"])
    assert mounts["./deploy/grafana/dashboards"] == provider["options"]["path"]
    home = COMPOSE["services"]["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (DEPLOY / "grafana" / "dashboards" / Path(home).name).exists()


def test_prometheus_asks_the_port_that_workers_serve_and_loads_the_alerts():
    (job,) = PROMETHEUS["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert found["names"] == ["worker"]
    assert str(found["port"]) == COMPOSE["services"]["worker"]["environment"]["STREAMPROC_WEB_PORT"]
    assert all((DEPLOY / "prometheus" / name).exists() for name in PROMETHEUS["rule_files"])


def test_alerts_say_how_bad_and_what():
    for group in ALERTS["groups"]:
        for rule in group["rules"]:
            assert rule["labels"]["severity"] in ("warning", "critical")
            assert rule["annotations"]["summary"].endswith(".")


def test_every_setting_in_the_compose_file_is_one():
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    named = {name.lower() for name in re.findall(r"\bSTREAMPROC_([A-Z_]+)", text)} - {"image"}
    assert named
    assert named <= set(Settings.model_fields)


def test_kafka_is_the_version_of_the_embedded_broker():
    assert COMPOSE["services"]["kafka"]["image"] == f"apache/kafka:{KAFKA_VERSION}"


def test_everything_that_is_published_is_published_on_this_machine():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_can_end_up_in_the_image():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert rules[0] == "*", "all is left out that is not named"
    assert not [rule for rule in rules if rule.startswith("!.") or "env" in rule or "deploy" in rule]


def test_the_dockerfile_is_without_fault():
    beside = Path(sys.executable).with_name("hadolint")
    hadolint = str(beside) if beside.exists() else shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed")
    done = subprocess.run([hadolint, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.compose
@pytest.mark.parametrize("arguments", [(), ("--profile", "monitoring")])
def test_compose_takes_the_file(engine, arguments):
    command = ["docker", "compose", *arguments, "config", "--quiet"]
    for environment in ({}, {"WEB_TOKEN_FILE": "/tmp/token", "PUBLISH_WEB_PORTS": "7000-7005"}):
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
