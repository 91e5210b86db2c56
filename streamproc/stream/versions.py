"""The library versions that the overrides in `transport` are written against."""

from __future__ import annotations

from importlib.metadata import version

from streamproc.errors import ConfigurationError

REQUIRED = {"faust-streaming": "0.15.3", "aiokafka": "0.14.0"}


def require_versions() -> None:
    """Raise `ConfigurationError` unless the versions are exactly those: others have other private parts."""
    wrong = [f"{name} {version(name)} (needs {needed})" for name, needed in REQUIRED.items() if version(name) != needed]
    if wrong:
        raise ConfigurationError(f"exactly-once delivery is proven for other library versions: {', '.join(wrong)}")
