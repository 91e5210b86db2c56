"""All clients connect in one way, and say what may be wrong when they cannot."""

import pytest
from aiokafka.errors import KafkaConnectionError

from streamproc.errors import ConfigurationError, KafkaUnavailableError
from streamproc.settings import load_settings
from streamproc.stream.connection import client_options, start_admin, start_reader, unavailable


def test_all_clients_are_told_servers_name_and_security():
    settings = load_settings(kafka_bootstrap_servers="localhost:1, localhost:2", app_id="me")
    assert client_options(settings) == {
        "bootstrap_servers": ["localhost:1", "localhost:2"],
        "client_id": "me",
        "security_protocol": "PLAINTEXT",
    }


@pytest.mark.parametrize("start", [start_admin, start_reader])
async def test_a_broker_that_is_down_is_told_by_its_address(unused_tcp_port, start):
    with pytest.raises(KafkaUnavailableError, match=f"127.0.0.1:{unused_tcp_port}"):
        await start(load_settings(kafka_bootstrap_servers=f"127.0.0.1:{unused_tcp_port}"))


@pytest.mark.parametrize("start", [start_admin, start_reader])
async def test_nobody_connects_in_an_unsafe_way(start):
    with pytest.raises(ConfigurationError, match=r"kafka\.example:9092 is another machine"):
        await start(load_settings(kafka_bootstrap_servers="kafka.example:9092"))


def test_what_may_be_wrong_depends_on_the_security():
    plain = str(unavailable(load_settings(), KafkaConnectionError()))
    assert plain.endswith("is it running?")
    secured = load_settings(kafka_security_protocol="SASL_SSL", kafka_username="a", kafka_password="b")
    told = str(unavailable(secured, KafkaConnectionError()))
    assert "login" in told
    assert "certificate" in told
