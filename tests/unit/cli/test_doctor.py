"""What the doctor finds; Kafka and the analysis are in the broker tests."""

import os

import pytest

from streamproc.cli import doctor
from streamproc.cli.doctor import Finding, Status
from streamproc.errors import DataError
from streamproc.settings import load_settings


def findings(check, **settings):
    return {finding.name: finding for finding in check(load_settings(**settings))}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in [name for name in os.environ if name.startswith("STREAMPROC_")]:
        monkeypatch.delenv(name)


def test_versions_are_told():
    assert {finding.status for finding in findings(doctor._versions).values()} == {Status.OK}


def test_a_library_of_another_version_fails(monkeypatch):
    monkeypatch.setattr("streamproc.stream.versions.REQUIRED", {"aiokafka": "0.0"})
    finding = findings(doctor._versions)["libraries"]
    assert finding.status is Status.FAIL
    assert "needs 0.0" in finding.told


def test_a_variable_that_is_no_setting_is_pointed_out(monkeypatch):
    monkeypatch.setenv("STREAMPROC_WEB_PROT", "1")
    monkeypatch.setenv("STREAMPROC_WEB_PORT", "6067")
    found = list(doctor._settings(load_settings()))
    assert [(finding.status, finding.told) for finding in found] == [
        (Status.OK, "STREAMPROC_WEB_PORT=6067"),
        (Status.WARN, "STREAMPROC_WEB_PROT is no setting"),
    ]


def test_a_password_is_not_shown(monkeypatch):
    monkeypatch.setenv("STREAMPROC_X_PASSWORD", "hunter2")
    assert doctor._shown("STREAMPROC_X_PASSWORD") == "…"


def test_a_folder_that_cannot_be_made_fails(tmp_path):
    (tmp_path / "file").write_text("")
    found = findings(doctor._folders, data_path=tmp_path / "file" / "below", cache_path=tmp_path / "cache")
    assert (found["data"].status, found["cache"].status) == (Status.FAIL, Status.OK)
    assert "STREAMPROC_DATA_PATH" in found["data"].remedy


def test_a_full_disk_is_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_LOW_DISK_BYTES", 1 << 80)
    found = findings(doctor._folders, data_path=tmp_path, cache_path=tmp_path)
    assert found["data"].status is Status.WARN


def test_jars_that_are_not_fetched_yet_are_a_warning(tmp_path):
    assert findings(doctor._jars, cache_path=tmp_path)["jars"].status is Status.WARN


def test_no_broker_is_a_failure_only_where_one_is_set(monkeypatch):
    monkeypatch.setattr("streamproc.settings.DEFAULT_BOOTSTRAP_SERVERS", ("127.0.0.1:1",))
    assert findings(doctor._kafka)["kafka"].status is Status.WARN
    assert findings(doctor._kafka, kafka_bootstrap_servers="127.0.0.1:1")["kafka"].status is Status.FAIL


@pytest.mark.parametrize("error", [DataError("lexicon.tsv:3: no tab"), ZeroDivisionError("oops")])
def test_a_check_that_fails_is_a_finding(error):
    def check(_settings):
        raise error
        yield Finding(Status.OK, "never", "")

    [finding] = doctor._findings("analysis", check, load_settings())
    assert (finding.status, finding.name) == (Status.FAIL, "analysis")
    assert str(error) in finding.told
