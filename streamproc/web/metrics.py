"""Metrics in the text format of Prometheus."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streamproc.web.keys import WORKER


async def metrics(request: web.Request) -> web.Response:
    """All metrics of this worker."""
    worker = request.app[WORKER]
    worker.update_gauges()
    body = generate_latest(worker.measures.registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
