"""The actors of an article while they are being found: who they are, and where they are mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field

from streamproc.analysis.actors.bearers import in_office
from streamproc.contracts import ActorKind, MentionForm, Published
from streamproc.contracts.ids import slug
from streamproc.knowledge import Gender, KnownActor


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: words `first` to `last` (exclusive)."""

    first: int
    last: int
    form: MentionForm
    rule: str


@dataclass(slots=True, eq=False)
class Member:
    """One actor of the article."""

    actor_id: str
    kind: ActorKind
    name: str
    named: bool = True
    known: KnownActor | None = None
    gender: Gender = Gender.UNKNOWN
    plural: bool = False
    titles: dict[str, None] = field(default_factory=dict)
    """Keys of offices and nouns that the article gives the actor, in order."""
    affiliations: dict[str, None] = field(default_factory=dict)
    """Ids of the bodies that a person belongs to."""
    country: str | None = None
    candidates: dict[str, None] = field(default_factory=dict)
    """Ids of known actors that it may be, where the article does not tell which."""
    past_titles: frozenset[str] = frozenset()
    """Keys of offices that the actor holds no more, or not yet, at the date of the article."""
    places: list[Place] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        """Whether "he" or "she" may stand for it."""
        return self.kind is ActorKind.PERSON


@dataclass(slots=True)
class Cast:
    """All actors of an article in the order of their first mention."""

    published: Published | None = None
    member_by_id: dict[str, Member] = field(default_factory=dict)
    _nameless: int = 0

    def known(self, actor: KnownActor) -> Member:
        """The member that is `actor`; it joins where it is new."""
        member = self.member_by_id.get(actor.actor_id)
        if member is None:
            member = Member(actor.actor_id, actor.kind, actor.actor_id, known=actor, gender=actor.gender)
            member.country = actor.country
            offices = in_office(actor, self.published)
            member.titles.update(dict.fromkeys(office.title for office in offices))
            member.past_titles = frozenset(office.title for office in actor.offices if office not in offices)
            member.affiliations.update(dict.fromkeys(office.of for office in offices if office.of))
            self.member_by_id[actor.actor_id] = member
        return member

    def unknown(self, kind: ActorKind, name: str) -> Member:
        """The member that the world does not know by the name `name`; it joins where it is new."""
        actor_id = f"{kind}:{slug(name)}"
        return self.member_by_id.setdefault(actor_id, Member(actor_id, kind, name))

    def nameless(self, kind: ActorKind, name: str, scope: str, *, plural: bool, gender: Gender) -> Member:
        """A new member without a name; `scope` makes its id local to the article."""
        self._nameless += 1
        # "~" is in no slug: the id is never that of a named actor.
        member = Member(f"{kind}:~{scope}-{self._nameless}", kind, name, named=False, plural=plural, gender=gender)
        self.member_by_id[member.actor_id] = member
        return member

    def members(self) -> list[Member]:
        """All members."""
        return list(self.member_by_id.values())
