"""One article without Kafka: its bytes to an enriched article, or the rejection; the same as the stream would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.text import Limits
from streamproc.text.decode import decode

if TYPE_CHECKING:
    from streamproc.analysis.analyser import Analyser

Result = bytes | Rejection
"""JSON of an `EnrichedArticle`, or why there is none."""
Enrich = Callable[[bytes | None], Result]
"""As `Enricher`; None stands for more bytes than the limit."""


@dataclass(frozen=True, slots=True)
class Enricher:
    """From the bytes of an article to its result."""

    analyser: Analyser
    limits: Limits

    def __call__(self, payload: bytes | None) -> Result:
        """Decode, analyse and serialise; never raises for anything that an article may hold."""
        if payload is None:
            message = f"more than {self.limits.max_payload_bytes:,} bytes"
            return Rejection(Stage.DECODE, RejectionCode.PAYLOAD_TOO_LARGE, message)
        article = decode(payload, self.limits, languages=self.analyser.languages)
        if isinstance(article, Rejection):
            return article
        try:
            result = self.analyser.analyse(article, processed_at=dt.datetime.now(dt.UTC))
        except Exception as error:  # noqa: BLE001  # a bug in the analysis must cost one article, not the run
            first_line = str(error).partition("\n")[0][:200]
            return Rejection(Stage.ANALYSE, RejectionCode.ANALYSIS_FAILED, f"{type(error).__name__}: {first_line}")
        return result if isinstance(result, Rejection) else result.to_json()


def load_enricher(limits: Limits, knowledge_path: Path | None) -> Enricher:
    """Load the analysis, with the actors of the user if there are any, which takes a second or two."""
    from streamproc.analysis.analyser import load_analyser  # not needed where a pool loads it

    return Enricher(load_analyser(limits, knowledge_path=knowledge_path), limits)
