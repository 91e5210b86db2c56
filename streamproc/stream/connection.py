"""How every Kafka client of ours connects.

All raise `ConfigurationError` where the settings do not say how, or say it unsafely (`security`).
"""

from __future__ import annotations

from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError, KafkaError

from streamproc.errors import KafkaUnavailableError
from streamproc.settings import Settings
from streamproc.stream.security import security_options


def client_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments that consumers, producers and admin clients of aiokafka share."""
    servers = list(settings.bootstrap_servers)
    return {"bootstrap_servers": servers, "client_id": settings.app_id, **security_options(settings)}


def unavailable(settings: Settings, error: BaseException) -> KafkaUnavailableError:
    """The error to show when no broker answers."""
    servers, protocol = ",".join(settings.bootstrap_servers), settings.kafka_security_protocol
    # aiokafka does not hand on why a broker hung up: refused logins and certificates look like one that is down.
    logs_in, encrypts = protocol.logs_in, protocol.encrypts
    doubts = ["is it running"] + ["does it take this login"] * logs_in + ["is its certificate vouched for"] * encrypts
    told = f"no Kafka broker answers at {servers} by {protocol} ({type(error).__name__})"
    return KafkaUnavailableError(f"{told}; {', '.join(doubts)}?")


async def start_admin(settings: Settings) -> AIOKafkaAdminClient:
    """A started admin client. Raises `KafkaUnavailableError`."""
    admin = AIOKafkaAdminClient(**client_options(settings), request_timeout_ms=20_000)
    try:
        await admin.start()
    except (KafkaError, OSError) as error:
        await admin.close()
        raise unavailable(settings, error) from error
    return admin


async def start_reader(settings: Settings, **options: Any) -> AIOKafkaConsumer:
    """A started consumer that reads committed records only, belongs to no group unless told, and commits nothing.

    Raises `KafkaUnavailableError`.
    """
    defaults = {"isolation_level": "read_committed", "enable_auto_commit": False, "auto_offset_reset": "earliest"}
    reader = AIOKafkaConsumer(**client_options(settings), **{**defaults, **options})
    try:
        await reader.start()
    except KafkaConnectionError as error:
        await reader.stop()
        raise unavailable(settings, error) from error
    return reader
