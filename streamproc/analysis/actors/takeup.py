"""Whom a nominal takes up: "de premier", "het Latijns-Amerikaanse land", "zijn Amerikaanse collega".

Comes in: a nominal, and who is on stage. Goes out: the member of the cast that it stands for with the rule that says
so, or nothing where it stands for somebody new. Nothing fails. The rules, precise ones first: apposition, the same
noun again, an office that the person holds, the last actor of the kind.
"""

from __future__ import annotations

from streamproc.analysis.actors.cast import Member
from streamproc.analysis.actors.lexicon import DeterminerClass
from streamproc.analysis.actors.nominals import Nominal
from streamproc.analysis.actors.stage import Appearance, Stage
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind

_BODIES = frozenset({ActorKind.PARTY, ActorKind.COMPANY, ActorKind.MEDIA, ActorKind.IPO, ActorKind.ARMED_GROUP})
_COLLECTIVE = frozenset({ActorKind.ORGANISATION, ActorKind.GOVERNMENT, *_BODIES})


def take_up(nominal: Nominal, stage: Stage, words: Words) -> tuple[Member, str] | None:
    """The member that `nominal` stands for, and the rule."""
    found = _apposition(nominal, stage, words)
    if found is not None:
        return found.member, "apposition"
    if nominal.class_ is DeterminerClass.INDEFINITE or nominal.class_ is DeterminerClass.NUMERAL:
        return None
    found = stage.last(lambda item: item.head == nominal.head and _agrees(nominal, item.member))
    if found is not None and (nominal.definite or nominal.class_ is None or nominal.plural):
        return found.member, "same-noun"
    if nominal.plural or nominal.class_ is None:
        return None
    return _person(nominal, stage) if nominal.noun.kind is ActorKind.PERSON else _body(nominal, stage)


def _apposition(nominal: Nominal, stage: Stage, words: Words) -> Appearance | None:
    """"Lavrov, de minister": the nominal follows a name and a comma."""
    if nominal.first < 2 or words.text[nominal.first - 1] != "," or nominal.class_ is None:  # noqa: PLR2004  # name, comma
        return None
    before = stage.ending_at(nominal.first - 1)
    if before is None or not before.member.named or nominal.plural:
        return None
    return before if _same_sort(nominal, before.member) and _closes(nominal, words) else None


def _closes(nominal: Nominal, words: Words) -> bool:
    """Whether the apposition ends with a comma, a bracket or the sentence, so that it is no next item of a list."""
    end = words.bounds[words.sentence[nominal.first]][1]
    rest = words.text[nominal.last : min(end, nominal.last + 12)]
    return nominal.last == end or "," in rest or rest[-1:] in ((".",), (")",))


def _person(nominal: Nominal, stage: Stage) -> tuple[Member, str] | None:
    def holds(item: Appearance) -> bool:
        titles = item.member.titles
        named = nominal.noun.title in titles if nominal.noun.title else nominal.head in titles
        return item.member.is_person and (named or nominal.noun.text in titles) and _agrees(nominal, item.member)

    found = stage.last(holds)
    if found is not None:
        return found.member, "office"
    if not nominal.definite or nominal.country is not None:
        return None
    return None


def _body(nominal: Nominal, stage: Stage) -> tuple[Member, str] | None:
    if not nominal.definite:
        return None
    kind = nominal.noun.kind
    if kind is ActorKind.COUNTRY:
        found = stage.last(lambda item: item.member.kind is ActorKind.COUNTRY and _agrees(nominal, item.member))
    elif kind in _BODIES:
        found = stage.last(lambda item: item.member.kind is kind and item.member.named)
    else:
        return None
    return (found.member, "last-of-kind") if found is not None else None


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
    return country is None or member.country in {None, country.actor_id}
