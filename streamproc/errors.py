"""What can go wrong, in two kinds.

Outages and mistakes of the operator are exceptions; the command line prints them as one line and exits with 2:

    StreamprocError
    ├── ConfigurationError      a setting, a file of the user or an argument is not usable
    ├── DataError               a lexicon, gazetteer or grammar file does not validate
    ├── BrokerError             the embedded broker cannot start, or its jars cannot be had
    ├── KafkaUnavailableError   no broker answers
    ├── TopicError              a topic is missing, or is not as declared
    └── DeliveryError           a record was not acknowledged

A bad article is no exception: it is expected, and is the value `Rejection`, which the stream turns into a dead letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StreamprocError(Exception):
    """Base of all errors that a user can do something about; its message is one line that says what."""


class ConfigurationError(StreamprocError):
    """A setting, a file of the user or an argument is not usable."""


class DataError(StreamprocError):
    """A data file of a language or of the knowledge base does not validate."""


class BrokerError(StreamprocError):
    """The embedded broker cannot start, or its jars cannot be had."""


class KafkaUnavailableError(StreamprocError):
    """No broker answers at the bootstrap servers."""


class TopicError(StreamprocError):
    """A topic is missing or is not as declared."""


class DeliveryError(StreamprocError):
    """Kafka did not acknowledge a record."""


class Stage(StrEnum):
    """Where on its way an article was rejected."""

    DECODE = "decode"
    CLEAN = "clean"
    LANGUAGE = "language"
    ANALYSE = "analyse"
    PUBLISH = "publish"
    COUNT = "count"


class RejectionCode(StrEnum):
    """Why an article was rejected; the value of the header `streamproc.error.code` (all are in the README)."""

    PAYLOAD_EMPTY = "payload-empty"
    PAYLOAD_TOO_LARGE = "payload-too-large"
    PAYLOAD_BINARY = "payload-binary"
    JSON_INVALID = "json-invalid"
    JSON_NOT_AN_OBJECT = "json-not-an-object"
    FIELD_INVALID = "field-invalid"
    PUBLISHED_INVALID = "published-invalid"
    TEXT_MISSING = "text-missing"
    TEXT_EMPTY = "text-empty"
    TEXT_TOO_LONG = "text-too-long"
    TOO_MANY_SENTENCES = "too-many-sentences"
    LANGUAGE_UNSUPPORTED = "language-unsupported"
    ANALYSIS_TIMEOUT = "analysis-timeout"
    ANALYSIS_CRASHED = "analysis-crashed"
    ANALYSIS_FAILED = "analysis-failed"
    RESULT_TOO_LARGE = "result-too-large"
    MENTION_INVALID = "mention-invalid"


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that cannot be processed, and why.

    `message` is one line for people, without text of the article beyond a short quoted excerpt.
    """

    stage: Stage
    code: RejectionCode
    message: str
