"""Articles as users push them: seeded, with copies and poison, and with the truth about each.

Every article carries a serial number in its text, so that a check can tell it again without the ids of the product.
Records have different styles of keys: those whose key is not the article id are sent on to their home partition.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import orjson

COPIES = 0.10
POISON = 0.02
ACTORS = 300
_REAL_SENTENCES = (
    "De Russische minister van Buitenlandse Zaken Sergej Lavrov sprak zaterdag met zijn Amerikaanse collega.",
    "De Verenigde Naties riepen Venezuela op de gevangenen vrij te laten.",
    "Rusland dreigt met sancties tegen de Verenigde Staten.",
    "De Europese Unie steunde maandag het voorstel van Duitsland.",
    "President Nicolás Maduro wees de eis van de oppositie af.",
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article, and what has to become of it."""

    serial: int
    bodies: tuple[bytes, ...]
    """Payloads that are the same article: copies take any of them."""
    article_id: str | None
    code: str | None = None
    """Of its dead letter; None where it has to be enriched."""
    actors: dict[str, int] | None = None
    """Mentions by actor_id; None where only the analysis knows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to push."""

    article: Article
    key: bytes | None
    value: bytes


@dataclass
class Source:
    """The articles of one run."""

    seed: int
    real: bool = False
    crashing: bool = False
    """Whether articles may take their analysis process down or hang in it: that needs a pool."""
    articles: list[Article] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def next_record(self) -> Record:
        """A new article, or a copy of any before it."""
        if self.articles and self._random.random() < COPIES:
            article = self._random.choice(self.articles)
        else:
            serial = len(self.articles)
            article = self._poison(serial) if self._random.random() < POISON else self._good(serial)
            self.articles.append(article)
        return Record(article, self._key(article), self._random.choice(article.bodies))

    def _key(self, article: Article) -> bytes | None:
        style = self._random.random()
        if style < 0.4 and article.article_id:
            return article.article_id.encode()
        return None if style < 0.7 else self._random.randbytes(8)

    def _text(self, serial: int, actors: Counter[str]) -> str:
        words = self._random.sample(_REAL_SENTENCES, 2) if self.real else list(actors.elements())
        return " ".join([f"Bericht nummer {serial} .", *words])

    def _good(self, serial: int) -> Article:
        drawn = [f"actor-{self._random.randrange(ACTORS)}" for _ in range(self._random.randrange(5))]
        counted = Counter(drawn)
        fields = {
            "text": self._text(serial, counted),
            "published": f"2019-{1 + serial % 12:02}",
            "language": "nl",
            "title": "Bericht",
        }
        identifier = f"article-{serial}" if self._random.random() < 0.8 else None
        if identifier:
            fields["id"] = identifier
        bodies = (orjson.dumps(fields), orjson.dumps({**dict(reversed(fields.items())), "extra": serial}))
        actors = None if self.real else {f"organisation:{name}": count for name, count in counted.items()}
        return Article(serial, bodies, identifier, actors=actors)

    def _poison(self, serial: int) -> Article:
        mark = f"Bericht nummer {serial} ."
        kinds: dict[str, tuple[bytes, str]] = {
            "broken": (b'{"text": "' + mark.encode(), "json-invalid"),
            "no text": (orjson.dumps({"id": f"poison-{serial}", "title": mark}), "text-missing"),
            "field": (orjson.dumps({"text": {"a": mark}}), "field-invalid"),
            "binary": (b"\x1f\x8b" + mark.encode() + self._random.randbytes(200), "payload-binary"),
            "language": (orjson.dumps({"text": mark, "language": "fi"}), "language-unsupported"),
        }
        if not self.real:
            kinds["fail"] = self._order("fail", mark), "analysis-failed"
        if self.crashing and not self.real:
            kinds["crash"] = self._order("crash", mark), "analysis-crashed"
        body, code = kinds[self._random.choice(sorted(kinds))]
        return Article(serial, (body,), None, code=code)

    @staticmethod
    def _order(word: str, mark: str) -> bytes:
        return orjson.dumps({"text": f"{mark} {word}", "language": "nl"})
