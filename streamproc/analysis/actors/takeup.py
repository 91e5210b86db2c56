"""Whom a nominal takes up: "de premier", "het Latijns-Amerikaanse land", "de PVV-leider", "beide landen".

Comes in: a nominal, and who is on stage. Goes out: the members of the cast that it stands for with the rule that says
so, none where it stands for somebody new. Nothing fails. The rules, precise ones first:

1. apposition ("Lavrov, de minister");
2. an office, a party or a nationality that the person is known for ("de president", "de D66'er", "de Peruaan"), an
   office held at the date of the article before one held once; one who holds the same office as another ("zijn
   Amerikaanse collega"); who is not in the article, but holds the office in the world ("de Franse president");
3. the same noun again ("de junta … de junta");
4. a body that is called by the noun ("de vakbond" after "vakbond FNV");
5. the last actor of the kind ("de partij", "het land");
6. the person who was the subject last ("de liberaal").
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from streamproc.analysis.actors.cast import Cast, Member
from streamproc.analysis.actors.lexicon import DeterminerClass
from streamproc.analysis.actors.nominals import Nominal
from streamproc.analysis.actors.stage import Appearance, Stage, Weights
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind
from streamproc.knowledge import Knowledge

_BODIES = frozenset({ActorKind.PARTY, ActorKind.COMPANY, ActorKind.MEDIA, ActorKind.IPO, ActorKind.ARMED_GROUP})
_COLLECTIVE = frozenset({ActorKind.ORGANISATION, ActorKind.GOVERNMENT, *_BODIES})
_APPOSITION_REACH = 12
PERSON_WEIGHTS = Weights(sentences_back=20, distance=0.1, subject=0.2, count=1.0, words=0.0, margin=1.0)
COUNTRY_WEIGHTS = Weights(sentences_back=20, distance=0.1, subject=0.2, count=1.0, words=0.0, margin=1.0)
BODY_WEIGHTS = Weights(sentences_back=20, distance=0.1, subject=0.2, count=1.0, words=0.0, margin=1.0)

COUNTERPART = "counterpart"
"""Key of the nouns for one who holds the same office."""

TakenUp = tuple[list[Member], str]


class TakeUp:
    """The rules, over the actors of one article."""

    def __init__(self, words: Words, stage: Stage, cast: Cast, knowledge: Knowledge) -> None:
        self._words = words
        self._stage = stage
        self._cast = cast
        self._knowledge = knowledge

    def members(self, nominal: Nominal) -> TakenUp | None:
        """The members that `nominal` stands for, and the rule."""
        before = self._apposition(nominal)
        if before is not None:
            return [before], "apposition"
        if nominal.class_ in {DeterminerClass.INDEFINITE, DeterminerClass.NUMERAL}:
            return None
        if nominal.plural:
            return self._pair(nominal) or self._same_noun(nominal)
        if nominal.class_ is None:
            return None
        if nominal.noun.kind is ActorKind.PERSON:
            known = self._counterpart(nominal) or self._known_for(nominal) or self._same_noun(nominal)
            return known or self._holder(nominal) or self._last_subject(nominal)
        return self._same_noun(nominal) or self._called_by(nominal) or self._last_of_kind(nominal)

    def _apposition(self, nominal: Nominal) -> Member | None:
        words = self._words
        comma = nominal.first - 1
        if comma < 1 or words.text[comma] != "," or nominal.class_ is None or nominal.plural:
            return None
        before = self._stage.ending_at(comma)
        if before is None or not before.member.named or not _same_sort(nominal, before.member):
            return None
        end = words.bounds[words.sentence[nominal.first]][1]
        rest = words.text[nominal.last : min(end, nominal.last + _APPOSITION_REACH)]
        return before.member if nominal.last == end or "," in rest or rest[-1:] == (".",) else None

    def _pair(self, nominal: Nominal) -> TakenUp | None:
        """The last actors that are joined, as many as the phrase says: "beide landen"."""
        if nominal.size == 0:
            return None
        kind = nominal.noun.kind
        for item in self._stage.recent():
            fitting = [member for member in item.group if _may_be_one_of(member, kind)]
            if len(fitting) == nominal.size == len(item.group):
                return fitting, "joined"
        return None

    def _same_noun(self, nominal: Nominal) -> TakenUp | None:
        if nominal.class_ is DeterminerClass.POSSESSIVE:
            return None
        return _one(
            self._stage.last(lambda item: item.head == nominal.head and _agrees(nominal, item.member)), "same-noun"
        )

    def _known_for(self, nominal: Nominal) -> TakenUp | None:
        """A person by office, party or nationality, the narrow office before the broad one."""
        if nominal.body is not None:
            body = nominal.body.actor_id
            return _one(self._last_person(nominal, lambda member: body in member.affiliations), "affiliation")
        for holds in (self._holds, self._holds_broadly, _held):
            found = self._last_person(nominal, partial(holds, nominal))
            if found is not None:
                return [found.member], "office"
        if nominal.country is not None:
            country = nominal.country.actor_id
            return _one(self._last_person(nominal, lambda member: member.country == country), "nationality")
        return None

    def _last_person(self, nominal: Nominal, fits: Callable[[Member], bool]) -> Appearance | None:
        return self._stage.last(
            lambda item: item.member.is_person and _agrees(nominal, item.member) and fits(item.member)
        )

    def _holds(self, nominal: Nominal, member: Member) -> bool:
        return nominal.head in member.titles or (bool(nominal.title) and nominal.title in member.titles)

    def _holds_broadly(self, nominal: Nominal, member: Member) -> bool:
        title = nominal.title
        return bool(title) and any(title in self._knowledge.broader_titles.get(held, ()) for held in member.titles)

    def _counterpart(self, nominal: Nominal) -> TakenUp | None:
        """Who holds in another country the office of the last person: "zijn Amerikaanse collega"."""
        if nominal.title != COUNTERPART or nominal.country is None or self._cast.published is None:
            return None
        country = nominal.country.actor_id
        other = self._stage.last(lambda item: item.member.is_person and item.member.country != country)
        for title in other.member.titles if other is not None else ():
            on_stage = self._last_person(nominal, partial(_holds_in, title, country))
            if on_stage is not None:
                return [on_stage.member], "counterpart"
            published = self._cast.published
            holder = self._knowledge.holder(title, country, published.earliest, published.latest)
            if holder is not None:
                return [self._cast.known(holder)], "counterpart"
        return None

    def _holder(self, nominal: Nominal) -> TakenUp | None:
        """Who holds the office at the date, though the article does not say who: "de Franse president"."""
        published = self._cast.published
        if not nominal.definite or not nominal.title or published is None or nominal.head != nominal.noun.text:
            return None
        body = nominal.country or nominal.body
        of = body.actor_id if body is not None else None
        if of is None and nominal.title not in self._knowledge.sole_titles:
            return None
        holder = self._knowledge.holder(nominal.title, of, published.earliest, published.latest)
        return ([self._cast.known(holder)], "holder") if holder is not None else None

    def _called_by(self, nominal: Nominal) -> TakenUp | None:
        noun = nominal.noun.text

        def fits(item: Appearance) -> bool:
            member = item.member
            called = noun in member.titles or member.name.lower().endswith(noun)
            return member.named and member.kind in _COLLECTIVE and called

        return _one(self._stage.last(fits), "called-by") if nominal.definite else None

    def _last_of_kind(self, nominal: Nominal) -> TakenUp | None:
        kind = nominal.noun.kind
        if not nominal.definite:
            return None
        if kind is not ActorKind.COUNTRY and kind not in _BODIES:
            return None

        def fits(item: Appearance) -> bool:
            return item.member.kind is kind and item.member.named and _agrees(nominal, item.member)

        weights = COUNTRY_WEIGHTS if kind is ActorKind.COUNTRY else BODY_WEIGHTS
        found = self._stage.salient(nominal.first, self._words.sentence[nominal.first], fits, weights)
        return ([found], "last-of-kind") if found is not None else None

    def _last_subject(self, nominal: Nominal) -> TakenUp | None:
        if not nominal.definite or nominal.country is not None or nominal.body is not None:
            return None
        sentence = self._words.sentence[nominal.first]

        def fits(item: Appearance) -> bool:
            return item.member.is_person and item.member.named and _agrees(nominal, item.member)

        found = self._stage.salient(nominal.first, sentence, fits, PERSON_WEIGHTS)
        return ([found], "salient") if found is not None else None


def _one(found: Appearance | None, rule: str) -> TakenUp | None:
    return ([found.member], rule) if found is not None else None


def _holds_in(title: str, country: str, member: Member) -> bool:
    return member.country == country and title in member.titles


def _held(nominal: Nominal, member: Member) -> bool:
    """Whether the person held the office, at another time."""
    return bool(nominal.title) and nominal.title in member.past_titles


def _may_be_one_of(member: Member, kind: ActorKind) -> bool:
    """Whether the member may be one of several of `kind`; sides and parties to a conflict may be of any kind."""
    if kind in {ActorKind.PERSON, ActorKind.OFFICE}:
        return member.is_person
    return kind is ActorKind.PARTY or member.kind is kind


def _same_sort(nominal: Nominal, member: Member) -> bool:
    kind = nominal.noun.kind
    if kind in {ActorKind.PERSON, ActorKind.COUNTRY}:
        return member.kind is kind and _agrees(nominal, member)
    return kind in _COLLECTIVE and member.kind in _COLLECTIVE


def _agrees(nominal: Nominal, member: Member) -> bool:
    """Whether country and gender do not contradict each other."""
    gender = nominal.noun.gender
    if gender and member.gender and gender is not member.gender:
        return False
    country = nominal.country
    if nominal.countries and member.country not in nominal.countries:
        return False
    return country is None or member.country in {None, country.actor_id}
