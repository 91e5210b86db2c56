"""The lexicon: which words tell of which event, and on which side of them its actors stand.

Comes in: `lexicon/*.tsv`, a file for each event type, and `frames.tsv` with the roles of entries that have none of
their own. Goes out: entries, found by the words that may start one. Fails with `DataError`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from streamproc.analysis.events.grammar import Grammar, load_word_lists
from streamproc.analysis.events.tables import CodeTable, Row, event_type, read_rows
from streamproc.analysis.events.verbs import Verbs
from streamproc.contracts.event import EventType
from streamproc.errors import DataError

COLUMNS = ("class", "pattern", "with", "mode", "cameo", "source", "target", "flags")
FLAGS = frozenset({"weak", "source", "target", "mutual", "ergative", "intransitive", "crowd"})
SLOTS = frozenset({"subj", "obj", "dem"})
Phrase = tuple[str, ...]


class EntryClass(StrEnum):
    """What the head of an entry is."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adj"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    id: str
    type: EventType
    kind: EntryClass
    heads: tuple[str, ...]
    """The verb, or the forms of a noun or adjective; `*` before a form stands for the first part of a compound."""
    companions: tuple[tuple[Phrase, ...], ...]
    """Phrases that must be in the clause too: of each member one alternative."""
    context: tuple[Phrase, ...]
    """Phrases of which one must be near; they are not part of the trigger."""
    mode: str
    cameo: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    """Where the parties stand, best place first: `subj`, `obj`, `dem` (demonym before a noun) or a preposition."""
    weak: bool
    """Has other meanings too."""
    needs_source: bool
    needs_target: bool
    mutual: bool
    ergative: bool
    """Forms its perfect with "zijn" though it is active ("is opgestapt")."""
    intransitive: bool
    """Means this only without an object ("staken", not "de steun staken")."""
    crowd: bool
    """A PROTEST where the doers are a crowd rather than a force."""
    negated: EventType | None
    """The type that its negation is ("niet accepteren" is REJECT)."""

    @property
    def lemma(self) -> str:
        """Its verb without particle; empty for nouns and adjectives."""
        return self.heads[0].rpartition("|")[2] if self.kind is EntryClass.VERB else ""

    @property
    def size(self) -> int:
        """Number of words that it asks for: of two that overlap, the larger one is right."""
        return 2 * len(self.companions) + bool(self.context) + ("|" in self.heads[0])


class Lexicon:
    """All entries, by the words that may start one."""

    def __init__(self, folder: Path, verbs: Verbs, grammar: Grammar, codes: CodeTable) -> None:
        """Reads `folder`. Raises `DataError`."""
        self.entries: dict[str, Entry] = {}
        self.by_verb: dict[str, list[Entry]] = defaultdict(list)
        self._by_word: dict[str, list[Entry]] = defaultdict(list)
        self._by_suffix: dict[str, list[Entry]] = defaultdict(list)
        self._verbs, self._grammar, self._codes = verbs, grammar, codes
        self._common = grammar.prepositions | grammar.determiners | grammar.reflexives | grammar.negators
        self._common |= grammar.complementisers | {grammar.infinitive_marker, *grammar.particles}
        self._frames = dict(self._read_frames(folder / "frames.tsv"))
        self._word_lists = load_word_lists(folder / "words.yaml")
        paths = sorted((folder / "lexicon").glob("*.tsv"))
        if not paths:
            raise DataError(f"{folder / 'lexicon'}: no files")
        for path in paths:
            for row in read_rows(path, COLUMNS):
                self._add(row, self._entry(row))
        self._suffix_lengths = tuple(sorted({len(suffix) for suffix in self._by_suffix}, reverse=True))

    def starting_with(self, word: str, min_compound: int) -> list[Entry]:
        """Entries that `word`, no verb, may start; words of `min_compound` characters or more as compounds too."""
        found = list(self._by_word.get(word, ()))
        if len(word) >= min_compound:
            for length in self._suffix_lengths:
                if length <= len(word):
                    found += self._by_suffix.get(word[-length:], ())
        return found

    def _read_frames(self, path: Path) -> list[tuple[tuple[EventType, str], tuple[tuple[str, ...], tuple[str, ...]]]]:
        frames = []
        for row in read_rows(path, ("type", "class", "source", "target")):
            sides = self._slots(row, "source"), self._slots(row, "target")
            frames.append(((event_type(row, row["type"]), row["class"]), sides))
        return frames

    def _slots(self, row: Row, column: str) -> tuple[str, ...]:
        for slot in row.many(column):
            if slot not in SLOTS and slot not in self._grammar.prepositions:
                raise row.error(f"{slot!r} is no place of a party")
        return row.many(column)

    def _entry(self, row: Row) -> Entry:
        kind = event_type(row, row.path.stem.upper())
        try:
            entry_class = EntryClass(row["class"])
        except ValueError as error:
            raise row.error(f"{row['class']!r} is no class") from error
        *companions, head = row["pattern"].split(" ")
        flags, flips = self._flags(row)
        if not self._codes.knows(kind, row["mode"]):
            raise row.error(f"{kind} has no mode {row['mode']!r}")
        if row["cameo"] and row["cameo"] not in self._codes.goldstein_by_cameo:
            raise row.error(f"CAMEO code {row['cameo']} has no Goldstein score")
        if entry_class is EntryClass.VERB and head not in self._verbs:
            raise row.error(f"verbs.tsv has no {head!r}")
        sources, targets = self._frames[kind, entry_class.value]
        return Entry(
            id=f"{_slug(row)}.{kind}",
            type=kind,
            kind=entry_class,
            heads=tuple(head.split("/")),
            companions=tuple(self._phrases(row, part) for part in companions),
            context=self._phrases(row, row["with"]) if row["with"] else (),
            mode=row["mode"],
            cameo=row["cameo"],
            sources=self._slots(row, "source") or sources,
            targets=self._slots(row, "target") or targets,
            weak="weak" in flags,
            needs_source="source" in flags,
            needs_target="target" in flags,
            mutual="mutual" in flags,
            ergative="ergative" in flags,
            intransitive="intransitive" in flags,
            crowd="crowd" in flags,
            negated=flips,
        )

    def _phrases(self, row: Row, cell: str) -> tuple[Phrase, ...]:
        """Alternatives as phrases; `@blame` stands for the words of that list in `words.yaml`."""
        phrases: list[Phrase] = []
        for phrase in cell.split("/"):
            if phrase.startswith("@"):
                if phrase[1:] not in self._word_lists:
                    raise row.error(f"words.yaml has no list {phrase[1:]!r}")
                phrases += [tuple(word.split("_")) for word in self._word_lists[phrase[1:]]]
            else:
                phrases.append(tuple(phrase.split("_")))
        return tuple(phrases)

    def _flags(self, row: Row) -> tuple[set[str], EventType | None]:
        flags, flips = set(), None
        for flag in row.many("flags"):
            name, _, value = flag.partition(":")
            if name == "negated":
                flips = event_type(row, value)
            elif flag in FLAGS:
                flags.add(flag)
            else:
                raise row.error(f"{flag!r} is no flag")
        return flags, flips

    def _add(self, row: Row, entry: Entry) -> None:
        if entry.id in self.entries:
            raise row.error(f"{entry.id} is there twice")
        self.entries[entry.id] = entry
        anchors = self._anchors(entry)
        if not anchors:
            self.by_verb[entry.heads[0]].append(entry)
        for word in anchors:
            index = self._by_suffix if word.startswith("*") else self._by_word
            index[word.removeprefix("*")].append(entry)

    def _anchors(self, entry: Entry) -> list[str]:
        """Words one of which every use of the entry has: the rarest companion, else the head; none for a bare verb."""
        if entry.kind is not EntryClass.VERB:
            return [head.rpartition("_")[2] for head in entry.heads]
        for alternatives in entry.companions:
            words = [
                next((word for word in reversed(phrase) if word not in self._common), "") for phrase in alternatives
            ]
            if all(words):
                return sorted(set(words))
        return []


def _slug(row: Row) -> str:
    """The id of an entry is its pattern with the first of each alternative; its context is told where it has one."""
    words = [part.split("/")[0].lstrip("*@") for part in row["pattern"].split(" ")]
    if row["with"]:
        words.append(row["with"].split("/")[0].lstrip("*@"))
    return "-".join(words).replace("_", "-").replace("|", "")
