"""The web application over a worker that stands still."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp.test_utils import TestClient, TestServer

from streamproc.settings import load_settings
from streamproc.stream.measures import Measures
from streamproc.stream.worker import Worker
from streamproc.web.server import application

Serve = Callable[..., AbstractAsyncContextManager[TestClient]]


@pytest.fixture
def serve() -> Serve:
    """`async with serve(web_token=...) as client`."""

    @asynccontextmanager
    async def start(**settings: object) -> AsyncIterator[TestClient]:
        app = application(Worker(load_settings(**settings), Measures()))
        async with TestClient(TestServer(app)) as client:
            yield client

    return start
