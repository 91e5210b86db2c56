"""What the demo shows: the events of each article, what was rejected, and the table of actors."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from streamproc.cli import kafka
from streamproc.cli.actors import actor_table, read_counts
from streamproc.cli.lines import dead_letter_line, event_heading, found_in
from streamproc.cli.readers import everything
from streamproc.cli.record import Record
from streamproc.cli.terminal import console, printable, shortened, styled
from streamproc.contracts import EnrichedArticle, Event
from streamproc.settings import Settings
from streamproc.stream.topics import Topics

if TYPE_CHECKING:
    from streamproc.cli.demo_stage import Stage

_TOP_ACTORS = 15
_SENTENCE = 400
_WIDTH = 110
"""Longer lines are hard to read."""


def report(settings: Settings, ids: Sequence[str], *, since: dt.datetime) -> None:
    """Print what came of the articles `ids`, in their order, and what was rejected since then."""
    topics, out = Topics(settings), console(_WIDTH)
    articles, events, letters = kafka.run(settings, _read(settings))
    for article_id in dict.fromkeys(ids):
        if article_id in articles:
            _print_article(out, articles[article_id], events[article_id])
    for letter in letters:
        if letter.timestamp < since.timestamp() * 1000 and (letter.key or b"").decode("utf-8", "replace") not in ids:
            continue
        out.print(Text.assemble(styled("rejected  ", "bold red"), dead_letter_line(letter)), soft_wrap=True)
    counts = kafka.run(settings, read_counts(settings))
    out.print()
    shown = min(_TOP_ACTORS, len(counts))
    out.print(
        Text(f"The {shown} of {len(counts)} actors with most mentions, as in the topic {topics.actor_counts}", "bold")
    )
    out.print(actor_table(counts[:_TOP_ACTORS], out.width))


async def _read(settings: Settings) -> tuple[dict[str, EnrichedArticle], dict[str, list[Event]], list[Record]]:
    topics = Topics(settings)
    articles: dict[str, EnrichedArticle] = {}
    events: dict[str, list[Event]] = defaultdict(list)
    async for record in everything(settings, topics.enriched):
        article = EnrichedArticle.from_json(record.value or b"")
        articles[article.article_id] = article
    async for record in everything(settings, topics.events):
        event = Event.from_json(record.value or b"")
        events[event.article.article_id].append(event)
    letters = [record async for record in everything(settings, topics.dead_letters)]
    return articles, events, letters


def _print_article(out: Console, article: EnrichedArticle, events: list[Event]) -> None:
    published = article.published.value if article.published else "undated"
    told = " · ".join(
        [*([printable(article.source)] if article.source else []), published, article.language, found_in(article)]
    )
    out.print()
    out.print(Text("━" * 8, "dim"))
    out.print(Text(shortened(article.title or article.text[:200], 100), "bold"))
    out.print(Text(told, style="dim"))
    by_sentence: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_sentence[event.sentence.index].append(event)
    for _, told_of in sorted(by_sentence.items()):
        out.print()
        out.print(Text(shortened(told_of[0].sentence.text, _SENTENCE), "italic"))
        for event in sorted(told_of, key=lambda event: event.trigger[0].start):
            out.print(Padding(event_heading(event), (0, 0, 0, 4), expand=False))


def what_to_try(stage: Stage, kept_in: Path | None) -> None:
    """Tell where things listen, and what to do with them."""
    exports = [f"export {name}={value}" for name, value in stage.changed_environment().items()]
    lines = [
        "",
        f"Kafka  {','.join(stage.settings.bootstrap_servers)}",
        f"HTTP   {stage.web_url}/api/actors  /health/ready  /metrics",
        "",
        "Try in another terminal:",
        *(f"  {export}" for export in exports),
        "  streamproc tail events                    follow what comes out",
        "  streamproc push article.txt               push an article of your own",
        "  streamproc actors                         who is mentioned how often",
        "  streamproc dead-letters list              what was rejected, and why",
        "",
        f"Ctrl-C stops everything; the records {f'stay in {kept_in}' if kept_in else 'end with it'}.",
    ]
    out = console()
    for line in lines:
        out.print(Text(line), soft_wrap=True)
