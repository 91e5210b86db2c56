"""What users push: a raw article."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from streamproc.contracts.base import Record


class Article(Record):
    """A news article as its sender has it (topic `articles.raw`, any key).

    `text` may be missing only where `html` holds the article as markup.
    """

    id: str | None = Field(default=None, max_length=256)
    """Id of the sender, a whole number taken as its digits; without it the id is a hash of the normalised text."""
    url: str | None = Field(default=None, max_length=4096)
    source: str | None = Field(default=None, max_length=512)
    """Name of the paper or agency."""
    title: str | None = Field(default=None, max_length=2048)
    """Headline; context for the analysis, not analysed itself."""
    text: str | None = None
    """Body of the article. White space and line breaks are kept; blank lines part paragraphs."""
    published: str | None = Field(default=None, max_length=64)
    """Partial date: `2019`, `2019-03`, `2019-03-03` or an RFC 3339 time."""
    language: str | None = Field(
        default=None, max_length=35, validation_alias=AliasChoices("language", "lang"), serialization_alias="language"
    )
    """BCP 47 tag (`nl`, `nl-BE`); detected where it is missing."""
    html: bool | str | None = None
    """true: `text` is HTML. A string: the article as HTML, in place of `text`. Missing: told by its looks."""
