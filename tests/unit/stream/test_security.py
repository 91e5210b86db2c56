"""What the settings say of security is what clients do, and what is unsafe is refused."""

import ssl

import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from streamproc.errors import ConfigurationError
from streamproc.settings import SaslMechanism, load_settings
from streamproc.stream.security import faust_credentials, is_loopback, security_options

FAR = "kafka.example:9093"
LOGIN = {"kafka_username": "worker", "kafka_password": "s3cret"}


def refused(**settings):
    with pytest.raises(ConfigurationError) as caught:
        security_options(load_settings(**settings))
    with pytest.raises(ConfigurationError):
        faust_credentials(load_settings(**settings))
    return str(caught.value)


def test_a_broker_on_this_machine_may_be_talked_to_in_plaintext():
    for server in ("127.0.0.1:9092", "localhost:9092", "[::1]:9092"):
        settings = load_settings(kafka_bootstrap_servers=server)
        assert security_options(settings) == {"security_protocol": "PLAINTEXT"}
        assert faust_credentials(settings) is None


@pytest.mark.parametrize("protocol", ["PLAINTEXT", "SASL_PLAINTEXT"])
@pytest.mark.parametrize("servers", [FAR, f"127.0.0.1:9092,{FAR}", "10.0.0.4:9092", "localhost.example:9092"])
def test_plaintext_to_another_machine_is_refused_unless_allowed(protocol, servers):
    login = LOGIN if protocol.startswith("SASL") else {}
    settings = {"kafka_bootstrap_servers": servers, "kafka_security_protocol": protocol, **login}
    assert "STREAMPROC_KAFKA_ALLOW_PLAINTEXT" in refused(**settings)
    allowed = security_options(load_settings(**settings, kafka_allow_plaintext=True))
    assert allowed["security_protocol"] == protocol


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL"])
def test_tls_checks_certificates_and_host_names(protocol):
    login = LOGIN if protocol.startswith("SASL") else {}
    settings = load_settings(kafka_bootstrap_servers=FAR, kafka_security_protocol=protocol, **login)
    context = security_options(settings)["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("mechanism", list(SaslMechanism))
@pytest.mark.parametrize("protocol", ["SASL_SSL", "SASL_PLAINTEXT"])
def test_faust_is_told_the_same_as_aiokafka(protocol, mechanism):
    settings = load_settings(kafka_security_protocol=protocol, kafka_sasl_mechanism=mechanism, **LOGIN)
    ours, fausts = security_options(settings), credentials_to_aiokafka_auth(faust_credentials(settings))
    assert {name: value for name, value in fausts.items() if value is not None} == ours
    assert ours["sasl_mechanism"] == mechanism.value
    assert ours["sasl_plain_password"] == "s3cret"


def test_faust_is_told_of_tls_without_a_login():
    settings = load_settings(kafka_security_protocol="SSL")
    assert credentials_to_aiokafka_auth(faust_credentials(settings)) == security_options(settings)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"kafka_security_protocol": "SASL_SSL"}, "needs STREAMPROC_KAFKA_USERNAME"),
        ({"kafka_security_protocol": "SASL_SSL", "kafka_username": "me"}, "_PASSWORD"),
        (LOGIN, "need SASL_SSL"),
        ({"kafka_security_protocol": "SSL", **LOGIN}, "need SASL_SSL"),
        ({"kafka_ca_file": "ca.pem"}, "certificates need SSL"),
        ({"kafka_security_protocol": "SSL", "kafka_key_file": "key.pem"}, "go together"),
        ({"kafka_security_protocol": "SSL", "kafka_ca_file": "/no/such.pem"}, "STREAMPROC_KAFKA_CA_FILE"),
    ],
)
def test_settings_that_contradict_one_another_are_refused(settings, told):
    assert told in refused(**settings)


def test_a_file_that_is_no_certificate_is_told(tmp_path):
    wrong = tmp_path / "ca.pem"
    wrong.write_text("not a certificate")
    assert str(wrong) in refused(kafka_security_protocol="SSL", kafka_ca_file=wrong)
    told = refused(kafka_security_protocol="SSL", kafka_certificate_file=wrong, kafka_key_file=wrong)
    assert "STREAMPROC_KAFKA_CERTIFICATE_FILE" in told


@pytest.mark.parametrize("name", ["KAFKA_PASSWORD", "KAFKA_KEY_PASSWORD", "WEB_TOKEN"])
def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path, name):
    file = tmp_path / "secret"
    file.write_text("0123456789abcdef\n")
    monkeypatch.setenv(f"STREAMPROC_{name}_FILE", str(file))
    assert getattr(load_settings(), name.lower()).get_secret_value() == "0123456789abcdef"
    monkeypatch.setenv(f"STREAMPROC_{name}", "0123456789abcdef")
    with pytest.raises(ConfigurationError, match=f"either STREAMPROC_{name} or STREAMPROC_{name}_FILE"):
        load_settings()


@pytest.mark.parametrize(
    ("content", "told"), [(None, "No such file"), (b"", "empty"), (b"\n", "empty"), (b"\xff", "UTF-8")]
)
def test_a_secret_file_that_cannot_be_used_is_told_by_its_setting(tmp_path, content, told):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"^STREAMPROC_KAFKA_PASSWORD_FILE: .*{told}"):
        load_settings(kafka_password_file=file)


@pytest.mark.parametrize(
    "token", ["short", "with blanks in between", "niet-ascii-é-0123456789", "line\nbreak-0123456789"]
)
def test_a_token_that_is_weak_or_fits_no_header_is_refused(token):
    with pytest.raises(ConfigurationError, match="STREAMPROC_WEB_TOKEN") as caught:
        load_settings(web_token=token)
    assert token not in str(caught.value)


def test_a_secret_that_compose_passes_on_empty_is_none(monkeypatch):
    for name in ("KAFKA_USERNAME", "KAFKA_PASSWORD", "KAFKA_PASSWORD_FILE", "KAFKA_CA_FILE", "WEB_TOKEN"):
        monkeypatch.setenv(f"STREAMPROC_{name}", "")
    monkeypatch.setenv("STREAMPROC_TOPIC_PREFIX", "")
    settings = load_settings()
    assert security_options(settings) == {"security_protocol": "PLAINTEXT"}
    assert settings.web_token is None
    assert settings.topic_prefix == ""  # which has a meaning there


def test_secrets_are_not_printed():
    settings = load_settings(kafka_security_protocol="SASL_SSL", web_token="0123456789abcdef", **LOGIN)
    for told in (repr(settings), str(settings), repr(faust_credentials(settings))):
        assert "s3cret" not in told
        assert "0123456789abcdef" not in told


@pytest.mark.parametrize(("host", "loopback"), [("127.1.2.3", True), ("0.0.0.0", False), ("::", False), ("", False)])
def test_only_addresses_of_this_machine_are_loopback(host, loopback):
    assert is_loopback(host) is loopback
