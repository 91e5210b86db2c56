"""What the request handlers find in the web application."""

from __future__ import annotations

from aiohttp import web

from streamproc.stream.worker import Worker

WORKER = web.AppKey("worker", Worker)
