"""A name as it was recognised in an article, before it is tied to an actor."""

from __future__ import annotations

from dataclasses import dataclass

from streamproc.analysis.actors.index import Entry
from streamproc.contracts import ActorKind, MentionForm
from streamproc.knowledge import Gender


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` to `last` (exclusive) name an actor."""

    first: int
    last: int
    text: str
    rule: str
    form: MentionForm = MentionForm.NAME
    entries: tuple[Entry, ...] = ()
    """Known actors that it may be; empty for a name that the world does not know."""
    kind: ActorKind | None = None
    """Of an unknown name, as far as cues tell."""
    gender: Gender = Gender.UNKNOWN
    titles: tuple[str, ...] = ()
    """Keys of the offices that the words before it give the person."""
    country: str | None = None
    """Id of the country of a demonym before the title."""
    noun: str = ""
    """The noun before it ("premier", "persbureau"), lower case."""

    @property
    def is_person(self) -> bool:
        """Whether it names a person, as far as is known."""
        if self.entries:
            return any(entry.actor is not None and entry.actor.kind is ActorKind.PERSON for entry in self.entries)
        return self.kind is ActorKind.PERSON
