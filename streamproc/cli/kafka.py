"""Running what talks to Kafka: errors of the client become errors for people."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiokafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError, RequestTimedOutError

from streamproc.errors import KafkaUnavailableError
from streamproc.settings import Settings
from streamproc.stream.connection import unavailable

Result = TypeVar("Result")


def run(settings: Settings, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`. Raises `StreamprocError` where Kafka does not answer or refuses."""
    try:
        return asyncio.run(work)
    except (KafkaConnectionError, KafkaTimeoutError, RequestTimedOutError) as error:
        raise unavailable(settings, error) from error
    except KafkaError as error:
        servers = ",".join(settings.bootstrap_servers)
        raise KafkaUnavailableError(f"Kafka at {servers} refuses: {error}") from error
