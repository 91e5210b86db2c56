"""Records as lines for people: one function a kind of record.

Comes in: a record of one of our topics. Goes out: one line of text, safe for any terminal. A record that is not what
its topic says is shown by its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pydantic import ValidationError
from rich.text import Text

from streamproc.cli.record import Record
from streamproc.cli.terminal import counted, shortened, styled
from streamproc.contracts import ActorCount, ActorRef, DeadLetterHeaders, EnrichedArticle, Event, Mention
from streamproc.settings import Settings
from streamproc.stream.topics import Topics

_EXCERPT = 160

STYLE_BY_QUAD_CLASS = {
    "verbal-cooperation": "green",
    "material-cooperation": "bold green",
    "verbal-conflict": "yellow",
    "material-conflict": "bold red",
}


Line = Callable[[Record], Text]


def line_maker(settings: Settings, topic: str) -> Line:
    """The function that makes lines of the records of `topic`."""
    topics = Topics(settings)
    known: dict[str, Line] = {
        topics.enriched: lambda record: enriched_line(EnrichedArticle.from_json(record.value or b"")),
        topics.events: lambda record: event_line(Event.from_json(record.value or b"")),
        topics.mentions: lambda record: mention_line(Mention.from_json(record.value or b"")),
        topics.actor_counts: lambda record: actor_count_line(ActorCount.from_json(record.value or b"")),
        topics.dead_letters: dead_letter_line,
    }
    make = known.get(topic, any_line)

    def line(record: Record) -> Text:
        try:
            return make(record)
        except (ValidationError, ValueError):
            return any_line(record)

    return line


def any_line(record: Record) -> Text:
    """Where a record stands, its key and the start of its value."""
    return Text.assemble(
        (f"{record.partition}/{record.offset}", "dim"),
        "  ",
        styled(excerpt(record.key, 40), "cyan"),
        "  ",
        excerpt(record.value, _EXCERPT),
    )


def excerpt(data: bytes | None, most: int) -> str:
    """The start of `data` as text, printable."""
    return "-" if data is None else shortened(data[: 4 * most].decode("utf-8", "replace"), most)


def enriched_line(article: EnrichedArticle) -> Text:
    """An article, and how much was found in it."""
    found = found_in(article)
    return Text.assemble(
        styled(article.article_id, "cyan"),
        f"  {article.language}  {article.published.value if article.published else 'undated'}  ",
        styled(shortened(article.title or article.text[:_EXCERPT], 80), "bold"),
        (f"  {found}", "dim"),
    )


def found_in(article: EnrichedArticle) -> str:
    """How much was found in an article."""
    counts = {"actor": len(article.entities), "date": len(article.dates), "event": len(article.events)}
    return ", ".join(counted(count, noun) for noun, count in counts.items())


def who(actors: Iterable[ActorRef], between: str = ", ") -> str:
    """Names of actors, printable."""
    return between.join(dict.fromkeys(shortened(actor.name, 40) for actor in actors)) or "?"


def when(event: Event) -> str:
    """The date of an event, with the days that it may span where it is no day."""
    date = event.date
    if date is None:
        return "no date"
    earliest, latest = (day.isoformat() if day else "" for day in (date.earliest, date.latest))
    if earliest == latest:
        return date.value if earliest in ("", date.value) else f"{date.value} ({earliest})"
    return f"{date.value} ({earliest}…{latest})"


def event_heading(event: Event) -> Text:
    """Who did what to whom, when, and how sure that is."""
    if event.reciprocal:  # a mutual act: all parties are sources
        parties = who([*event.sources, *event.targets], " ↔ ")
    else:
        parties = who(event.sources) + (f" → {who(event.targets)}" if event.targets else "")
    told = [when(event), event.modality.value, f"{event.confidence:.2f}"]
    if event.polarity.value == "negative":
        told.insert(1, "denied")
    if event.attribution:
        told.append(f"says {who(event.attribution)}")
    return Text.assemble(
        (f"{event.type.value:<9}", STYLE_BY_QUAD_CLASS[event.quad_class]),
        " ",
        styled(parties, "bold"),
        ("  " + " · ".join(told), "dim"),
    )


def event_line(event: Event) -> Text:
    """The heading of an event, and the sentence that tells of it."""
    return Text.assemble(event_heading(event), "  ", shortened(event.sentence.text, _EXCERPT))


def mention_line(mention: Mention) -> Text:
    """How often an article mentions an actor."""
    forms = ", ".join(f"{count} {form.value}" for form, count in mention.by_form.items())
    return Text.assemble(
        styled(mention.actor_id, "cyan"),
        "  ",
        styled(shortened(mention.name, 40), "bold"),
        f"  {mention.count}× ({forms}) in {shortened(mention.article_id, 40)}",
        (f"  {mention.published or 'undated'}", "dim"),
    )


def actor_count_line(count: ActorCount) -> Text:
    """The counts of an actor."""
    return Text.assemble(
        styled(count.actor_id, "cyan"),
        "  ",
        styled(shortened(count.name, 40), "bold"),
        f"  {counted(count.mentions, 'mention')} in {counted(count.articles, 'article')}",
        (f"  {counted(count.events_as_source, 'event')} as source, {count.events_as_target:,} as target", "dim"),
    )


def dead_letter_line(record: Record) -> Text:
    """Why an article was rejected."""
    why = DeadLetterHeaders.from_headers(record.headers)
    return Text.assemble(
        (f"{record.partition}/{record.offset}", "dim"),
        "  ",
        styled(why.code.value, "red"),
        f"  {shortened(why.message, _EXCERPT)}",
        (f"  key {excerpt(record.key, 40)}, attempt {why.attempts}", "dim"),
    )
