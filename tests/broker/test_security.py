"""TLS, logins, certificates and ACLs, on a broker that asks for them."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer
from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from streamproc.broker import EmbeddedKafka
from streamproc.broker.ports import free_port
from streamproc.broker.properties import Node
from streamproc.errors import KafkaUnavailableError
from streamproc.settings import SaslMechanism, load_settings
from streamproc.stream.connection import client_options, start_admin, start_reader

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="makes certificates with the command openssl"),
]

_HERE = Path(__file__).parent
Authority = runpy.run_path(str(_HERE / "certificates.py"))["Authority"]
OPERATING = (_HERE.parents[1] / "docs" / "operating.md").read_text()
SEED = _HERE.parents[1] / "streamproc" / "cli" / "samples" / "seed_nl_2019-03.txt"
PASSWORD = "pa ss;word='\"ë"
KEY_PASSWORD = "of the key"
USERS = ("operator", "worker", "producer", "subscriber")
_CLOSE_S = 0.2
"""What is closed by TLS needs some turns of the loop to be so."""
_MODULES = "org.apache.kafka.common.security"


@dataclass(frozen=True)
class Secured:
    """A broker with a listener for logins and one for certificates."""

    plain: str
    login: str
    mtls: str
    authority: object
    folder: Path

    def settings(self, user: str = "worker", **overrides):
        """Settings of a client that logs in with SCRAM."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD + "\n")
        return load_settings(
            **{
                "kafka_bootstrap_servers": self.login,
                "kafka_security_protocol": "SASL_SSL",
                "kafka_username": user,
                "kafka_password_file": secret,
                "kafka_ca_file": self.authority.certificate,
                **overrides,
            }
        )

    def environment(self, user: str) -> dict[str, str]:
        """The same for a process."""
        settings = self.settings(user)
        names = ("kafka_security_protocol", "kafka_username", "kafka_password_file", "kafka_ca_file")
        ours = {f"STREAMPROC_{name.upper()}": str(getattr(settings, name)) for name in names}
        return (
            os.environ
            | ours
            | {
                "STREAMPROC_KAFKA_BOOTSTRAP_SERVERS": self.login,
                "STREAMPROC_DATA_PATH": str(self.folder / "data"),
                "STREAMPROC_POOL_WORKERS": "1",
                "STREAMPROC_WEB_PORT": "0",
            }
        )

    def confluent(self, user: str) -> dict[str, str]:
        """The same for a client that shares no code with ours."""
        return {
            "bootstrap.servers": self.login,
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": user,
            "sasl.password": PASSWORD,
            "ssl.ca.location": str(self.authority.certificate),
        }


@pytest.fixture(scope="module")
def secured(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("secured")
    authority = Authority(folder)
    certificate, key = authority.issue("broker", address="127.0.0.1")
    store = folder / "broker-store.pem"
    store.write_bytes(key.read_bytes() + certificate.read_bytes())
    node = Node(id=1, port=free_port(), controller_port=free_port())
    plain, login, mtls = (f"127.0.0.1:{port}" for port in (node.port, free_port(), free_port()))
    listeners = f"PLAINTEXT://{plain},LOGIN://{login},MTLS://{mtls}"
    overrides = {
        "listeners": f"{listeners},CONTROLLER://127.0.0.1:{node.controller_port}",
        "advertised.listeners": listeners,
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,LOGIN:SASL_SSL,MTLS:SSL,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(store),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority.certificate),
        "listener.name.mtls.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": ",".join(SaslMechanism),
        "listener.name.login.plain.sasl.jaas.config": f"{_MODULES}.plain.PlainLoginModule required user_worker=secret;",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        # Who comes through the plaintext listener is this test, which gives logins and rights to the others.
        "super.users": "User:ANONYMOUS",
    }
    for mechanism in (SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512):
        setting = f"listener.name.login.{mechanism.lower()}.sasl.jaas.config"
        overrides[setting] = f"{_MODULES}.scram.ScramLoginModule required;"
    with EmbeddedKafka(cache=cache, overrides=overrides, node=node, voters=[node]):
        admin = AdminClient({"bootstrap.servers": plain})
        _give_logins(admin)
        _give_rights(admin)
        yield Secured(plain, login, mtls, authority, folder)


def _give_logins(admin: AdminClient) -> None:
    for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512):  # one of a user in a request
        scram = ScramCredentialInfo(mechanism, 4096)
        logins = [UserScramCredentialUpsertion(user, scram, PASSWORD.encode()) for user in USERS]
        for future in admin.alter_user_scram_credentials(logins).values():
            future.result(30)


def _give_rights(admin: AdminClient) -> None:
    """Exactly those of the table in docs/operating.md."""
    rows = re.findall(r"^\| (\w+) \| ([a-z ]+) \| `([^`]+)` \| (\w+) \| ([\w, ]+) \|$", OPERATING, re.MULTILINE)
    assert {user for user, *_ in rows} == set(USERS)
    operations = {operation.name.replace("_", "").lower(): operation for operation in AclOperation}
    bindings = [
        AclBinding(
            ResourceType[resource.replace(" ", "_").upper()],
            name,
            ResourcePatternType[pattern.upper()],
            f"User:{user}",
            "*",
            operations[operation.strip().lower()],
            AclPermissionType.ALLOW,
        )
        for user, resource, name, pattern, allowed in rows
        for operation in allowed.split(",")
    ]
    for future in admin.create_acls(bindings).values():
        future.result(30)


async def connects(settings) -> None:
    """Start a client of each kind: raises where the broker does not take it."""
    admin = await start_admin(settings)
    await admin.close()
    reader = await start_reader(settings)
    await reader.topics()
    await reader.stop()
    producer = AIOKafkaProducer(**client_options(settings))
    await producer.start()
    await producer.stop()
    await asyncio.sleep(_CLOSE_S)


@pytest.mark.parametrize("mechanism", [SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512])
async def test_a_login_by_scram_is_taken(secured, mechanism):
    await connects(secured.settings(kafka_sasl_mechanism=mechanism))


async def test_a_plain_login_is_taken(secured):
    login = {"kafka_sasl_mechanism": "PLAIN", "kafka_password": "secret", "kafka_password_file": None}
    await connects(secured.settings(**login))


async def refused(settings, told: str = "no Kafka broker answers") -> None:
    with pytest.raises(KafkaUnavailableError, match=told):
        await connects(settings)
    with warnings.catch_warnings():
        # asyncio leaves the socket of a handshake that failed to the garbage collector, which is to be heard here only.
        warnings.simplefilter("ignore", ResourceWarning)
        await asyncio.sleep(_CLOSE_S)
        gc.collect()


async def test_a_wrong_password_is_refused(secured):
    await refused(secured.settings(kafka_password="wrong", kafka_password_file=None), "does it take this login")


async def test_a_broker_that_another_authority_vouches_for_is_refused(secured, tmp_path):
    other = Authority(tmp_path, "other").certificate
    await refused(secured.settings(kafka_ca_file=other), "is its certificate vouched for")


async def test_a_broker_under_a_name_that_is_not_in_its_certificate_is_refused(secured):
    await refused(secured.settings(kafka_bootstrap_servers=secured.login.replace("127.0.0.1", "localhost")))


@pytest.mark.parametrize("password", [None, KEY_PASSWORD])
async def test_a_certificate_of_ours_is_taken(secured, password):
    certificate, key = secured.authority.issue(f"client-{password is None}", password=password)
    await connects(
        load_settings(
            kafka_bootstrap_servers=secured.mtls,
            kafka_security_protocol="SSL",
            kafka_ca_file=secured.authority.certificate,
            kafka_certificate_file=certificate,
            kafka_key_file=key,
            kafka_key_password=password,
        )
    )


async def test_without_a_certificate_a_broker_that_asks_for_one_refuses(secured):
    await refused(
        load_settings(
            kafka_bootstrap_servers=secured.mtls,
            kafka_security_protocol="SSL",
            kafka_ca_file=secured.authority.certificate,
        )
    )


def run(secured: Secured, user: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "streamproc.cli", *command],
        env=secured.environment(user),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everybody_can_do_their_work_with_the_rights_in_the_docs_and_a_subscriber_no_more(secured):
    run(secured, "operator", "topics", "create")
    log = secured.folder / "worker.log"
    command = [sys.executable, "-m", "streamproc.cli", "run", "--no-supervise"]
    with log.open("wb") as out:
        worker = subprocess.Popen(command, env=secured.environment("worker"), stdout=out, stderr=out)
    try:
        run(secured, "producer", "push", str(SEED))
        event = _first_event(secured, lambda: worker.poll() is None, log)
        assert event["sentence"]["text"] in SEED.read_text()
        worker.terminate()
        assert worker.wait(30) == 0, log.read_text()
    finally:
        worker.kill()
        worker.wait()
    assert PASSWORD not in log.read_text()

    producer = Producer(secured.confluent("subscriber"))
    refused: list[KafkaError] = []
    producer.produce("news.mentions", b"{}", on_delivery=lambda error, _: refused.append(error))
    producer.flush(30)
    assert [error.code() for error in refused] == [KafkaError.TOPIC_AUTHORIZATION_FAILED]


def _first_event(secured: Secured, alive: Callable[[], bool], log: Path) -> dict:
    options = {"group.id": "newsroom", "auto.offset.reset": "earliest", "isolation.level": "read_committed"}
    consumer = Consumer(secured.confluent("subscriber") | options)
    consumer.subscribe(["news.events"])
    end = time.monotonic() + 90
    while (record := consumer.poll(1.0)) is None:
        assert alive(), log.read_text()
        assert time.monotonic() < end, f"no event within 90 s:\n{log.read_text()}"
    consumer.close()
    if record.error() is not None:
        raise KafkaException(record.error())
    return json.loads(record.value())
