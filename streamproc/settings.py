"""Every setting: environment variables `STREAMPROC_*`, read once into one frozen model.

Units are in the names. Wrong values raise `ConfigurationError` with one line a mistake.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from streamproc.errors import ConfigurationError

DEFAULT_BOOTSTRAP_SERVERS = ("127.0.0.1:9092",)
"""Where `streamproc broker` and the compose file listen."""


class Store(StrEnum):
    """Where the tables are kept between two starts."""

    MEMORY = "memory"
    ROCKSDB = "rocksdb"


class SecurityProtocol(StrEnum):
    """How to talk to Kafka, under the names that Kafka has for it."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"

    @property
    def encrypts(self) -> bool:
        """Whether it is TLS."""
        return self in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL)

    @property
    def logs_in(self) -> bool:
        """Whether a user name and a password are sent."""
        return self in (SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL)


class SaslMechanism(StrEnum):
    """How a password is shown to Kafka."""

    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"


_SECRETS = ("kafka_password", "kafka_key_password", "web_token")
"""May be given as the path of a file, in a setting whose name ends in `_file`."""
_MOST_SECRET_BYTES = 64 * 1024


def _read_secret(setting: str, path: Path) -> str:
    """The text of a file, without the line break at its end."""
    name = f"STREAMPROC_{setting.upper()}"
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_SECRET_BYTES).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ValueError(f"{name}: cannot read {path} ({reason})") from error
    if not text:
        raise ValueError(f"{name}: {path} is empty")
    return text


def _user_folder(variable: str, fallback: str) -> Path:
    base = os.environ.get(variable)
    return (Path(base) if base else Path.home() / fallback) / "streamproc"


class Settings(BaseSettings):
    """All settings with their defaults; the README has the same table."""

    model_config = SettingsConfigDict(
        env_prefix="STREAMPROC_", env_nested_delimiter="__", frozen=True, extra="ignore", use_attribute_docstrings=True
    )

    # Kafka
    kafka_bootstrap_servers: Annotated[tuple[str, ...] | None, NoDecode] = None
    """`host:port`, separated by commas. Unset: demo and tests start the embedded broker, all else 127.0.0.1:9092."""
    app_id: str = Field(default="streamproc", pattern=r"^[a-zA-Z0-9._-]{1,80}$")
    """Names consumer groups, transactional ids and changelog topics. Workers with the same id share the work."""
    topic_prefix: str = Field(default="news.", pattern=r"^[a-zA-Z0-9._-]{0,80}$")
    """Put before every topic name."""
    topic_partitions: int = Field(default=4, ge=1, le=1024)
    """Partitions of the topics that are created; can't be changed later."""
    topic_replication_factor: int = Field(default=1, ge=1, le=32)
    topic_min_insync_replicas: int = Field(default=1, ge=1, le=32)
    raw_retention_days: float = Field(default=30.0, gt=0)
    """How long raw articles are kept."""
    output_retention_days: float = Field(default=90.0, gt=0)
    """How long enriched articles, events and mentions are kept."""
    dead_letter_retention_days: float = Field(default=365.0, gt=0)
    session_timeout_s: float = Field(default=10.0, ge=6.0, le=300.0)
    """A worker that is silent for so long loses its partitions to the others."""

    # Security of the connection to Kafka
    kafka_security_protocol: SecurityProtocol = SecurityProtocol.PLAINTEXT
    kafka_allow_plaintext: bool = False
    """Whether a broker on another machine may be talked to without TLS."""
    kafka_sasl_mechanism: SaslMechanism = SaslMechanism.SCRAM_SHA_512
    kafka_username: str | None = Field(default=None, min_length=1)
    kafka_password: SecretStr | None = Field(default=None, min_length=1)
    kafka_password_file: Path | None = None
    kafka_ca_file: Path | None = None
    """Certificates (PEM) that vouch for the brokers; unset, those of the system do."""
    kafka_certificate_file: Path | None = None
    """Our certificate (PEM, with its chain), where brokers ask for one (mTLS)."""
    kafka_key_file: Path | None = None
    """The key of our certificate (PEM)."""
    kafka_key_password: SecretStr | None = Field(default=None, min_length=1)
    kafka_key_password_file: Path | None = None

    # Worker
    data_path: Path = Field(default_factory=lambda: _user_folder("XDG_DATA_HOME", ".local/share"))
    """Tables of the worker and data of the embedded broker."""
    cache_path: Path = Field(default_factory=lambda: _user_folder("XDG_CACHE_HOME", ".cache"))
    """Jars of the embedded broker; safe to delete."""
    store: Store = Store.MEMORY
    """`memory` is rebuilt from Kafka at start; `rocksdb` is kept in `data_path`."""
    knowledge_path: Path | None = None
    """Folder with actors of the user, in the form of our own files, read beside them."""
    pool_workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=0, le=256)
    """Processes that analyse articles; 0 analyses in the worker's own process, without a time limit."""
    analysis_timeout_s: float = Field(default=20.0, gt=0, le=600)
    """An article that takes longer is a dead letter."""
    batch_max_articles: int = Field(default=256, ge=1, le=10_000)
    """Articles of a partition in one transaction; also what is in flight, so it bounds the memory."""
    batch_wait_s: float = Field(default=0.05, ge=0, le=10)
    """How long an incomplete batch waits for more."""
    stall_timeout_s: float = Field(default=120.0, ge=10)
    """With articles waiting and no commit for so long the worker is not live any more."""

    # Limits of one article
    max_payload_bytes: int = Field(default=2 * 1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    """A larger record is a dead letter."""
    max_record_bytes: int = Field(default=8 * 1024 * 1024, ge=1024 * 1024, le=128 * 1024 * 1024)
    """`max.message.bytes` of the topics: what Kafka itself accepts."""
    max_characters: int = Field(default=200_000, ge=100)
    """A longer text is a dead letter."""
    max_sentences: int = Field(default=4_000, ge=1)
    """A text with more sentences is a dead letter."""

    # HTTP
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=6066, ge=0, le=65_535)
    """0 takes a free port."""
    web_token: SecretStr | None = Field(default=None, min_length=16)
    """What a client has to show (`Authorization: Bearer …`), except for health."""
    web_token_file: Path | None = None
    web_allow_open: bool = False
    """Whether to serve other machines without a token."""

    # Logs
    log_level: str = Field(default="info", pattern=r"^(debug|info|warning|error)$")

    @field_validator("kafka_bootstrap_servers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(server.strip() for server in value.split(",") if server.strip()) or None
        return value

    @field_validator("web_token")
    @classmethod
    def _fits_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        text = token.get_secret_value() if token else ""
        if not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("a token is ASCII without blanks; make one with `openssl rand -hex 32`")
        return token

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, values: dict[str, object]) -> dict[str, object]:
        # Compose files pass on what nobody has set as an empty text; where the default is none, that is meant.
        unset = {name for name, field in cls.model_fields.items() if field.default is None and values.get(name) == ""}
        given = {name: value for name, value in values.items() if name not in unset}
        for name in _SECRETS:
            path = given.get(f"{name}_file")
            if path is not None:
                if given.get(name) is not None:
                    raise ValueError(f"set either STREAMPROC_{name.upper()} or STREAMPROC_{name.upper()}_FILE")
                given[name] = _read_secret(f"{name}_file", Path(str(path)))
        return given

    @property
    def bootstrap_servers(self) -> tuple[str, ...]:
        """The servers to use where none are set."""
        return self.kafka_bootstrap_servers or DEFAULT_BOOTSTRAP_SERVERS


def load_settings(**overrides: object) -> Settings:
    """The settings of the environment; `overrides` win. Raises `ConfigurationError`."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        raise ConfigurationError("; ".join(_mistake(item["loc"], item["msg"]) for item in error.errors())) from error


def _mistake(location: tuple[int | str, ...], message: str) -> str:
    told = message.removeprefix("Value error, ")
    return f"STREAMPROC_{'__'.join(map(str, location)).upper()}: {told}" if location else told
