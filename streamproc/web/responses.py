"""Responses: JSON by orjson, and the headers that keep a browser from guessing (`guard` adds them to all)."""

from __future__ import annotations

import orjson
from aiohttp import web

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def json_response(body: object, *, status: int = 200) -> web.Response:
    """A JSON response."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", charset="utf-8")


def error_response(status: int, message: str) -> web.Response:
    """A JSON response that says what is wrong."""
    return json_response({"error": message}, status=status)
