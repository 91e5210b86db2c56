"""The HTTP server of a worker, on its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from streamproc.errors import ConfigurationError
from streamproc.stream.worker import Worker
from streamproc.web.actors import one_actor, top_actors
from streamproc.web.guard import add_safe_headers, guards, require_safe_bind
from streamproc.web.health import live, ready
from streamproc.web.keys import WORKER
from streamproc.web.metrics import metrics

log = structlog.get_logger(__name__)


def application(worker: Worker) -> web.Application:
    """The routes, over the state of `worker`."""
    app = web.Application(client_max_size=1024, middlewares=guards(worker.settings))
    app[WORKER] = worker
    app.on_response_prepare.append(add_safe_headers)
    app.add_routes(
        [
            web.get("/health/live", live),
            web.get("/health/ready", ready),
            web.get("/metrics", metrics),
            web.get("/api/actors", top_actors),
            web.get("/api/actors/{actor_id}", one_actor),
        ]
    )
    return app


@asynccontextmanager
async def serving(worker: Worker) -> AsyncIterator[str]:
    """Serve until the block ends; yields the base URL.

    Raises `ConfigurationError` where the port is taken, or data would be open to other machines.
    """
    settings = worker.settings
    require_safe_bind(settings)
    runner = web.AppRunner(application(worker), access_log=None, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.web_host, settings.web_port)
        try:
            await site.start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigurationError(
                f"cannot serve HTTP on {settings.web_host}:{settings.web_port}: {reason}; "
                "set STREAMPROC_WEB_PORT (0 takes a free port)"
            ) from error
        host, port = runner.addresses[0][:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        log.info("serving http", url=url)
        yield url
    finally:
        await asyncio.shield(runner.cleanup())
