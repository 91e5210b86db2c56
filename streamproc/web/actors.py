"""The actor table over HTTP: the committed state of the partitions that this worker holds."""

from __future__ import annotations

import asyncio
import heapq

import orjson
from aiohttp import web

from streamproc.stream.table import Table
from streamproc.web.keys import WORKER
from streamproc.web.responses import error_response, json_response

_DEFAULT_TOP = 20
_MOST = 1000


async def top_actors(request: web.Request) -> web.Response:
    """The actors with most mentions: `?top=`, 1 to 1000.

    `complete` tells whether this worker holds all partitions; with several workers each has a share.
    """
    given = request.query.get("top", str(_DEFAULT_TOP))
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:5]) <= _MOST):
        return error_response(400, f"top must be a number from 1 to {_MOST}")
    worker = request.app[WORKER]
    if worker.counts is None:
        return error_response(404, "this worker does not count (it runs with --only enrich)")
    # In a thread: a million actors take seconds to read, and the loop has heartbeats to send.
    actors = await asyncio.to_thread(_largest, worker.counts, int(given))
    held = worker.counts.store.partitions()
    complete = len(held) == worker.settings.topic_partitions
    return json_response({"actors": actors, "partitions": held, "complete": complete})


def _largest(counts: Table, top: int) -> list[object]:
    actors = (orjson.loads(value) for _, value in counts.committed())
    return heapq.nsmallest(top, actors, key=lambda actor: (-actor["mentions"], actor["actor_id"]))


async def one_actor(request: web.Request) -> web.Response:
    """The counts of one actor; 404 where this worker has none."""
    worker = request.app[WORKER]
    if worker.counts is None:
        return error_response(404, "this worker does not count (it runs with --only enrich)")
    value = worker.counts.get(request.match_info["actor_id"].encode("utf-8", "replace"))
    if value is None:
        return error_response(404, "no such actor in the partitions of this worker")
    return json_response(orjson.loads(value))
