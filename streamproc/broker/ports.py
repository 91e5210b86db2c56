"""Free ports on loopback.

Comes in: nothing, or a port that somebody wants. Goes out: a port that nobody listens on at this moment.
Fails with `BrokerError` where there is none.
"""

from __future__ import annotations

import secrets
import socket

from streamproc.broker.properties import LOOPBACK
from streamproc.errors import BrokerError

# Below the ephemeral ranges of Linux (32768 and up) and macOS (49152 and up): no outgoing connection takes the port
# away between the check and the start of the broker, or while the broker restarts.
_FIRST, _LAST = 20_000, 32_000
_ATTEMPTS = 100


def is_free(port: int) -> bool:
    """Whether `port` can be listened on."""
    with socket.socket() as probe:
        # As Kafka does: connections that were closed a moment ago do not occupy a port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on, drawn at random."""
    for _ in range(_ATTEMPTS):
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        if is_free(port):
            return port
    raise BrokerError(f"found no free port between {_FIRST} and {_LAST}")
