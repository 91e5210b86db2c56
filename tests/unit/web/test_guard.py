"""Who gets what over HTTP."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from streamproc.errors import ConfigurationError
from streamproc.settings import load_settings
from streamproc.stream.measures import Measures
from streamproc.stream.worker import Worker
from streamproc.web import health
from streamproc.web.guard import add_safe_headers, is_ours, require_safe_bind
from streamproc.web.responses import SAFE_HEADERS
from streamproc.web.server import serving

TOKEN = "0123456789abcdef0123"
DATA = ["/metrics", "/api/actors", "/api/actors/country:rus", "/nothing-here", "/health/", "/health/../api/actors"]


def bearer(token, scheme="Bearer"):
    return {"Authorization": f"{scheme} {token}"}


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize(
    "headers",
    [{}, bearer(TOKEN[:-1]), bearer(TOKEN + "x"), bearer(""), bearer(TOKEN, "Basic"), {"Authorization": TOKEN}],
)
async def test_data_is_kept_from_who_shows_no_token(serve, path, headers):
    async with serve(web_token=TOKEN) as client:
        response = await client.get(path, headers=headers)
        assert response.status == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert set(await response.json()) == {"error"}


async def test_a_token_in_the_query_is_none(serve):
    async with serve(web_token=TOKEN) as client:
        assert (await client.get("/metrics", params={"token": TOKEN})).status == 401


async def test_a_header_that_is_no_text_is_no_token(serve):
    async with serve(web_token=TOKEN) as client:
        assert (await client.get("/metrics", headers=bearer("é\udcff"))).status == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
async def test_who_shows_the_token_gets_data(serve, scheme):
    async with serve(web_token=TOKEN) as client:
        assert (await client.get("/metrics", headers=bearer(TOKEN, scheme))).status == 200


async def test_health_is_told_without_a_token(serve):
    async with serve(web_token=TOKEN) as client:
        assert (await client.get("/health/live")).status == 200
        assert (await client.get("/health/ready")).status == 503  # it has no partitions


async def test_without_a_token_set_none_is_needed_on_this_machine(serve):
    async with serve() as client:
        assert (await client.get("/metrics")).status == 200


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:6066", "127.0.0.1", "127.0.0.1:6066", "[::1]:6066", "10.0.0.7:1"]
)
async def test_a_request_may_name_us_by_address(serve, host):
    assert is_ours(host)
    async with serve() as client:
        assert (await client.get("/metrics", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:6066",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "worker",
        "",
        "a b",
        "[",
        "1:x",
    ],
)
async def test_a_name_that_somebody_else_may_point_at_us_is_refused(serve, host):
    assert not is_ours(host)
    async with serve() as client:
        for path in ("/metrics", "/api/actors", "/health/ready"):
            assert (await client.get(path, headers={"Host": host})).status in (400, 421)


async def test_with_a_token_any_name_will_do(serve):
    async with serve(web_token=TOKEN) as client:
        headers = {**bearer(TOKEN), "Host": "news.example"}
        assert (await client.get("/metrics", headers=headers)).status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health/live", 200),
        ("GET", "/metrics", 200),
        ("GET", "/api/actors?top=none", 400),
        ("GET", "/no/such/page", 404),
        ("POST", "/metrics", 405),
        ("HEAD", "/metrics", 200),
    ],
)
async def test_every_answer_carries_the_safe_headers(serve, method, path, status):
    async with serve() as client:
        response = await client.request(method, path)
        assert response.status == status
        assert SAFE_HEADERS.items() <= response.headers.items()
        assert response.headers["Server"] == "streamproc"


async def test_errors_are_json_and_repeat_nothing_of_the_request(serve):
    async with serve() as client:
        response = await client.get("/<script>alert(1)</script>")
        assert response.content_type == "application/json"
        assert await response.json() == {"error": "not found"}
        refused = await client.post("/metrics")
        assert set(refused.headers["Allow"].split(",")) == {"GET", "HEAD"}


async def test_what_breaks_is_logged_and_not_shown(serve, monkeypatch):
    def broken(_worker: object) -> dict[str, object]:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(health, "_readiness", broken)
    async with serve() as client:
        response = await client.get("/health/ready")
        assert response.status == 500
        assert "secret" not in await response.text()
        assert SAFE_HEADERS.items() <= response.headers.items()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_token(host):
    require_safe_bind(load_settings(web_host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "worker.example", "localhost.example"])
def test_other_machines_are_served_with_a_token_only(host):
    with pytest.raises(ConfigurationError, match="STREAMPROC_WEB_TOKEN"):
        require_safe_bind(load_settings(web_host=host))
    require_safe_bind(load_settings(web_host=host, web_token=TOKEN))
    require_safe_bind(load_settings(web_host=host, web_allow_open=True))


async def test_a_handler_may_have_a_policy_of_its_own():
    page = web.Response(headers={"Content-Security-Policy": "default-src 'self'"})
    await add_safe_headers(make_mocked_request("GET", "/"), page)
    assert page.headers["Content-Security-Policy"] == "default-src 'self'"
    assert page.headers["X-Content-Type-Options"] == "nosniff"


async def test_nothing_is_served_to_other_machines_without_a_token():
    worker = Worker(load_settings(web_host="0.0.0.0", web_port=0), Measures())
    with pytest.raises(ConfigurationError):
        async with serving(worker):
            pass


async def test_the_address_served_is_told():
    async with serving(Worker(load_settings(web_port=0), Measures())) as url:
        assert url.startswith("http://127.0.0.1:")
