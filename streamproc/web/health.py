"""Health: live is progress, not an open port; ready is partitions held, recovered and delivered."""

from __future__ import annotations

import time

from aiohttp import web

from streamproc.stream.worker import Worker
from streamproc.web.keys import WORKER
from streamproc.web.responses import json_response

_LOOP_STUCK_S = 30.0
_SERVICE_UNAVAILABLE = 503


async def live(request: web.Request) -> web.Response:
    """200 while the event loop turns and every partition with lag commits; else 503, and a restart is due."""
    worker = request.app[WORKER]
    beat_age_s = time.monotonic() - worker.beat_at
    stalled = worker.stalled()
    alive = beat_age_s < _LOOP_STUCK_S and not stalled
    body = {"live": alive, "loop_age_s": round(beat_age_s, 3), "stalled": stalled}
    return json_response(body, status=200 if alive else _SERVICE_UNAVAILABLE)


async def ready(request: web.Request) -> web.Response:
    """200 when articles are processed as they come; else 503."""
    worker = request.app[WORKER]
    return json_response(_readiness(worker), status=200 if worker.is_ready() else _SERVICE_UNAVAILABLE)


def _readiness(worker: Worker) -> dict[str, object]:
    return {
        "ready": worker.is_ready(),
        "apps": {
            app.conf.id: {"ready": app.delivery.ready, "partitions": len(app.delivery.leases)} for app in worker.apps
        },
        "lag": {f"{topic}-{partition}": lag for (topic, partition), lag in sorted(worker.lags().items())},
        "stalled": worker.stalled(),
    }
