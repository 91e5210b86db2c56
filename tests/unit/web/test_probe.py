"""The health check of the image."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from streamproc.settings import Settings
from streamproc.web import probe


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
async def test_the_exit_code_follows_the_answer(monkeypatch, capsys, status, code):
    async def ready(_request):
        return web.Response(text="told", status=status)

    app = web.Application()
    app.router.add_get("/health/ready", ready)
    async with TestServer(app) as server:
        monkeypatch.setenv("STREAMPROC_WEB_PORT", str(server.port))
        assert await asyncio.to_thread(probe.main) == code
    assert capsys.readouterr().out == "told\n"


def test_a_worker_that_does_not_answer_is_not_ready(monkeypatch, capsys, unused_tcp_port):
    monkeypatch.setenv("STREAMPROC_WEB_PORT", str(unused_tcp_port))
    assert probe.main() == 1
    assert "no answer" in capsys.readouterr().out


def test_it_asks_where_a_worker_serves_by_default(monkeypatch):
    asked = []
    monkeypatch.delenv("STREAMPROC_WEB_PORT", raising=False)
    monkeypatch.setattr(probe, "probe", lambda port: (asked.append(port), (True, ""))[1])
    probe.main()
    assert asked == [Settings.model_fields["web_port"].default]
