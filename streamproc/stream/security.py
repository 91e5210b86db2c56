"""How connections to Kafka are secured: TLS, certificates, passwords.

Comes in: settings. Goes out: the same choice in the words of aiokafka and in those of Faust. Raises
`ConfigurationError` where settings contradict one another, a file cannot be used, or articles would leave this machine
unencrypted.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from streamproc.errors import ConfigurationError
from streamproc.settings import Settings

if TYPE_CHECKING:
    from faust import SASLCredentials, SSLCredentials


def security_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments that consumers, producers and admin clients of aiokafka share.

    Raises `ConfigurationError`.
    """
    require_consistent(settings)
    protocol = settings.kafka_security_protocol
    options: dict[str, Any] = {"security_protocol": protocol.value}
    if protocol.encrypts:
        options["ssl_context"] = ssl_context(settings)
    if protocol.logs_in:
        options["sasl_mechanism"] = settings.kafka_sasl_mechanism.value
        options["sasl_plain_username"] = settings.kafka_username
        options["sasl_plain_password"] = _shown(settings.kafka_password)
    return options


def faust_credentials(settings: Settings) -> SASLCredentials | SSLCredentials | None:
    """The same for the option `broker_credentials` of a Faust app; None is plaintext. Raises `ConfigurationError`."""
    from faust import SASLCredentials, SSLCredentials  # noqa: PLC0415  # half a second; most commands need no Faust

    require_consistent(settings)
    protocol = settings.kafka_security_protocol
    if protocol.logs_in:
        return SASLCredentials(
            username=settings.kafka_username,
            password=_shown(settings.kafka_password),
            mechanism=settings.kafka_sasl_mechanism.value,
            ssl_context=ssl_context(settings) if protocol.encrypts else None,
        )
    return SSLCredentials(ssl_context(settings)) if protocol.encrypts else None


def require_consistent(settings: Settings) -> None:
    """Raise `ConfigurationError` with one line a mistake unless the settings say one thing, and a safe one."""
    mistakes = list(_mistakes(settings))
    if mistakes:
        raise ConfigurationError("; ".join(mistakes))


def _mistakes(settings: Settings) -> Iterator[str]:
    protocol = settings.kafka_security_protocol
    far = [server for server in settings.bootstrap_servers if not is_loopback(_host(server))]
    if far and not protocol.encrypts and not settings.kafka_allow_plaintext:
        yield (
            f"{far[0]} is another machine and STREAMPROC_KAFKA_SECURITY_PROTOCOL={protocol} does not encrypt; use SSL "
            "or SASL_SSL, or set STREAMPROC_KAFKA_ALLOW_PLAINTEXT=true in a network that only you can read"
        )
    # What is set and has no effect was meant to have one.
    login = settings.kafka_username is not None or settings.kafka_password is not None
    if login and not protocol.logs_in:
        yield f"STREAMPROC_KAFKA_USERNAME and _PASSWORD need SASL_SSL; STREAMPROC_KAFKA_SECURITY_PROTOCOL is {protocol}"
    if protocol.logs_in and (settings.kafka_username is None or settings.kafka_password is None):
        yield f"STREAMPROC_KAFKA_SECURITY_PROTOCOL={protocol} needs STREAMPROC_KAFKA_USERNAME and _PASSWORD(_FILE)"
    files = (settings.kafka_ca_file, settings.kafka_certificate_file, settings.kafka_key_file)
    if any(files) and not protocol.encrypts:
        yield f"certificates need SSL or SASL_SSL; STREAMPROC_KAFKA_SECURITY_PROTOCOL is {protocol}"
    if (settings.kafka_certificate_file is None) != (settings.kafka_key_file is None):
        yield "STREAMPROC_KAFKA_CERTIFICATE_FILE and STREAMPROC_KAFKA_KEY_FILE go together"


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this machine and nothing else."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False  # a name, which may be resolved to anything


def _host(server: str) -> str:
    return server.rpartition(":")[0] or server


def ssl_context(settings: Settings) -> ssl.SSLContext:
    """A context that checks certificate and host name of the brokers; read once from its files in a process.

    Raises `ConfigurationError`.
    """
    return _context(
        settings.kafka_ca_file, settings.kafka_certificate_file, settings.kafka_key_file, settings.kafka_key_password
    )


@lru_cache(maxsize=4)
def _context(ca: Path | None, certificate: Path | None, key: Path | None, password: SecretStr | None) -> ssl.SSLContext:
    try:
        # TLS 1.2 or later, host names checked; with `ca` no other authority has a say.
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=ca)
    except OSError as error:
        raise _unusable("STREAMPROC_KAFKA_CA_FILE", ca, error) from error
    if certificate is not None and key is not None:
        try:
            # Without a password OpenSSL would ask for one on the terminal.
            context.load_cert_chain(certificate, key, _shown(password) or "")
        except OSError as error:
            names = "STREAMPROC_KAFKA_CERTIFICATE_FILE or _KEY_FILE"
            raise _unusable(names, f"{certificate} with {key}", error) from error
    return context


def _unusable(setting: str, what: object, error: OSError) -> ConfigurationError:
    reason = error.strerror or str(error)
    if isinstance(error, ssl.SSLError):
        reason = f"not what it should be in PEM form, or another key or password: {error.reason or error}"
    return ConfigurationError(f"{setting}: cannot use {what} ({reason})")


def _shown(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
