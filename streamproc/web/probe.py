"""`python -m streamproc.web.probe`: is the worker in this container ready? Exit code 0 or 1, and why on stdout.

Health checks run it every few seconds: standard library only, a twentieth of a second.
"""

from __future__ import annotations

import http.client
import os
import sys

_PATH = "/health/ready"
_TIMEOUT_S = 4.0
_MOST_BYTES = 2000


def probe(port: int) -> tuple[bool, str]:
    """Whether the worker on `port` of this machine is ready, and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", _PATH)
        response = connection.getresponse()
        return response.status == http.client.OK, response.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return False, f"no answer on port {port}: {error}"
    finally:
        connection.close()


def main() -> int:
    """The exit code for the engine."""
    ready, told = probe(int(os.environ.get("STREAMPROC_WEB_PORT") or 6066))
    sys.stdout.write(told + "\n")
    return 0 if ready else 1


if __name__ == "__main__":
    sys.exit(main())
