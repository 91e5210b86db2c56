"""Who may ask: a token for data, names that nobody else can point at us, and answers that a browser cannot misuse.

With a token set, everything but health wants it. Without one, HTTP is for this machine only, unless that is expressly
allowed; and a request must name us by an address or as `localhost`: a page of another site can make a browser ask a
name that its owner points here (DNS rebinding), but the request then bears that name. Every answer carries
`SAFE_HEADERS`, errors included.
"""

from __future__ import annotations

import hmac
import ipaddress

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from streamproc.errors import ConfigurationError
from streamproc.settings import Settings
from streamproc.stream.security import is_loopback
from streamproc.web.responses import SAFE_HEADERS, error_response

log = structlog.get_logger(__name__)

_OPEN = frozenset({"/health/live", "/health/ready"})
_SCHEME = "bearer"
_UNAUTHORISED, _MISDIRECTED, _BROKEN = 401, 421, 500


def require_safe_bind(settings: Settings) -> None:
    """Raise `ConfigurationError` where other machines could read data without a token and nobody has allowed it."""
    if is_loopback(settings.web_host) or settings.web_token is not None or settings.web_allow_open:
        return
    raise ConfigurationError(
        f"STREAMPROC_WEB_HOST={settings.web_host} serves other machines: set STREAMPROC_WEB_TOKEN or _TOKEN_FILE, "
        "or STREAMPROC_WEB_ALLOW_OPEN=true in a network where everybody may read"
    )


def guards(settings: Settings) -> list[Middleware]:
    """The middlewares, outermost first."""
    if settings.web_token is None:
        return [_told_errors, _known_host]
    return [_told_errors, _token_guard(settings.web_token.get_secret_value())]


async def add_safe_headers(_request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Signal `on_response_prepare`: headers of every response; those that a handler has set stand."""
    for name, value in SAFE_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "streamproc"  # not which versions of what


@web.middleware
async def _told_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors as JSON that repeats nothing of the request; what broke is in the log."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        response = error_response(error.status, error.reason.lower())
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except Exception:
        log.exception("request failed", method=request.method, path=request.path)
        return error_response(_BROKEN, "internal error; the log of the worker says more")


@web.middleware
async def _known_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not is_ours(request.host):
        return error_response(_MISDIRECTED, "ask by address or as localhost, or set a token")
    return await handler(request)


def is_ours(host: str) -> bool:
    """Whether a `Host` header is an address or localhost, with or without a port."""
    try:
        name = URL.build(scheme="http", authority=host).host or ""
        if name == "localhost":
            return True
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _token_guard(token: str) -> Middleware:
    expected = token.encode()

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        # The route, not the path: what the router makes of the path is what counts.
        resource = request.match_info.route.resource
        if resource is not None and resource.canonical in _OPEN:
            return await handler(request)
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        shown = given.strip().encode("utf-8", "surrogateescape")
        # In constant time, so that a token cannot be guessed letter by letter.
        if scheme.lower() == _SCHEME and hmac.compare_digest(shown, expected):
            return await handler(request)
        response = error_response(_UNAUTHORISED, "a token is needed: Authorization: Bearer …")
        response.headers["WWW-Authenticate"] = 'Bearer realm="streamproc"'
        return response

    return guard
