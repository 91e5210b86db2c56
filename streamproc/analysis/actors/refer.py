"""Nominals and pronouns to actors, in one pass from left to right.

Comes in: the linked names of an article. Goes out: the same cast with nominals and pronouns among its mentions; who
has no name joins it with an id that is local to the article. Nothing fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from streamproc.analysis.actors.cast import Cast, Member, Place
from streamproc.analysis.actors.index import NameIndex
from streamproc.analysis.actors.lexicon import ConnectiveUse, Lexicon, Numerus
from streamproc.analysis.actors.link import Linked
from streamproc.analysis.actors.name import Name
from streamproc.analysis.actors.nominals import Nominal, NominalReader
from streamproc.analysis.actors.pronouns import PronounMention, PronounReader, stands_for
from streamproc.analysis.actors.quotes import quote_at, read_quotes, speakers
from streamproc.analysis.actors.stage import Appearance, Stage
from streamproc.analysis.actors.takeup import TakeUp
from streamproc.analysis.actors.words import Words
from streamproc.contracts import ActorKind, MentionForm
from streamproc.knowledge import Gender, Knowledge

_MAX_BACK = 5
_MAX_ROW = 20


class Referrer:
    """Refers the mentions without a name in articles of one language."""

    def __init__(
        self,
        lexicon: Lexicon,
        index: NameIndex,
        openers: frozenset[str],
        knowledge: Knowledge,
    ) -> None:
        self._lexicon = lexicon
        self._knowledge = knowledge
        self._index = index
        self._openers = openers

    def refer(self, words: Words, linked: Linked, scope: str) -> None:
        """Add nominals and pronouns to the cast; `scope` makes the ids of the nameless local to the article."""
        names = [name for name, _ in linked.members]
        nominals = NominalReader(self._lexicon, self._index, words, names).nominals()
        pronouns = PronounReader(self._lexicon, self._openers, words).pronouns()
        play = _Play(self._lexicon, words, linked.cast, scope, self._knowledge)
        mentions: list[tuple[int, int, tuple[Name, Member] | Nominal | PronounMention]] = [
            *((name.first, name.last, (name, member)) for name, member in linked.members),
            *((nominal.first, nominal.last, nominal) for nominal in nominals),
            *((pronoun.position, pronoun.position + 1, pronoun) for pronoun in pronouns),
        ]
        for _, _, mention in sorted(mentions, key=lambda item: (item[1], item[0])):
            if isinstance(mention, Nominal):
                play.nominal(mention)
            elif isinstance(mention, PronounMention):
                play.pronoun(mention)
            else:
                play.name(*mention)
        play.first_persons()


class _Play:
    """The pass over one article."""

    def __init__(self, lexicon: Lexicon, words: Words, cast: Cast, scope: str, knowledge: Knowledge) -> None:
        self._lexicon = lexicon
        self._words = words
        self._cast = cast
        self._scope = scope
        self._stage = Stage()
        self._take_up = TakeUp(words, self._stage, cast, knowledge)
        self._first_persons: list[PronounMention] = []
        self._group_by_speaker: dict[str, Member] = {}

    def name(self, name: Name, member: Member) -> None:
        """A name enters."""
        self._enter(member, name.first, name.last)

    def nominal(self, nominal: Nominal) -> None:
        """A nominal takes somebody up, or somebody new enters."""
        members, rule = self._take_up.members(nominal) or ([self._newcomer(nominal)], "nominal")
        for member in members:
            member.places.append(Place(nominal.first, nominal.last, MentionForm.NOMINAL, rule))
            self._enter(member, nominal.first, nominal.last, nominal.head)
        if rule == "apposition":
            _describe(members[0], nominal)

    def _newcomer(self, nominal: Nominal) -> Member:
        text = " ".join(self._words.text[nominal.first : nominal.last])
        noun = nominal.noun
        member = self._cast.nameless(noun.kind, text, self._scope, plural=nominal.plural, gender=noun.gender)
        _describe(member, nominal)
        return member

    def pronoun(self, mention: PronounMention) -> None:
        """A pronoun takes up those who are on stage; the first person waits until all speakers are known."""
        if mention.pronoun.person == 1:
            self._first_persons.append(mention)
            return
        position = mention.position
        members = stands_for(mention, self._stage, self._words, self._lexicon)
        for member in members:
            member.places.append(Place(position, position + 1, MentionForm.PRONOUN, "pronoun"))
        for member in members:
            self._enter(member, position, position + 1)

    def first_persons(self) -> None:
        """The first person is the speaker of the quotation, its plural the body or country that he or she acts for."""
        quotes = read_quotes(self._words)
        speaker_by_quote = speakers(quotes, self._stage.in_order(), self._words)
        for mention in self._first_persons:
            position = mention.position
            quote = quote_at(position, quotes)
            speaker = speaker_by_quote.get(quote) if quote is not None else None
            if speaker is None:
                continue
            plural = mention.pronoun.number is Numerus.PLURAL
            member = self._acts_for(speaker, self._words.text[position]) if plural else speaker
            rule = "speaker-for" if plural else "speaker"
            member.places.append(Place(position, position + 1, MentionForm.PRONOUN, rule))

    def _acts_for(self, speaker: Member, word: str) -> Member:
        """The body, else the country, that the speaker acts for; a nameless group where the article names none."""
        for actor_id in (*speaker.affiliations, *filter(None, (speaker.country,))):
            member = self._cast.member_by_id.get(actor_id)
            if member is not None:
                return member
        group = self._group_by_speaker.get(speaker.actor_id)
        if group is None:
            kind = ActorKind.POPULATION
            group = self._cast.nameless(kind, word, self._scope, plural=True, gender=Gender.UNKNOWN)
            self._group_by_speaker[speaker.actor_id] = group
        return group

    def _enter(self, member: Member, first: int, last: int, head: str = "") -> None:
        sentence = self._words.sentence[first]
        row, group = self._joined(member, first, sentence)
        self._stage.enter(Appearance(member, first, last, sentence, self._is_subject(first), head, row, group))

    def _joined(self, member: Member, first: int, sentence: int) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        """The row that the phrase goes on with ("Cuba, Bolivia"), and the group that it closes with "and"."""
        before = self._stage.ending_at(first - 1)
        if before is None or before.sentence != sentence or member.kind is not before.member.kind:
            return (member,), ()
        if member in before.row or len(before.row) >= _MAX_ROW:
            return (member,), ()
        word = self._words.lower[first - 1]
        row = (*before.row, member)
        if word in self._lexicon.connectives[ConnectiveUse.AND]:
            return row, row
        return (row, ()) if word == "," else ((member,), ())

    def _is_subject(self, first: int) -> bool:
        """Whether no preposition stands before the phrase, with titles and determiners between."""
        prepositions = self._lexicon.connectives[ConnectiveUse.PREPOSITION]
        return not any(self._words.lower[position] in prepositions for position in self._before(first))

    def _before(self, first: int) -> Iterator[int]:
        """The word before the phrase, going back over titles, adjectives and determiners."""
        start = self._words.bounds[self._words.sentence[first]][0]
        for position in range(first - 1, max(start, first - _MAX_BACK) - 1, -1):
            yield position
            word = self._words.lower[position]
            if word not in self._lexicon.determiners and word not in self._lexicon.nouns:
                return


def _describe(member: Member, nominal: Nominal) -> None:
    """Note what the nominal tells of the actor."""
    member.titles.update(dict.fromkeys(filter(None, (nominal.title, nominal.head))))
    member.country = member.country or (nominal.country.actor_id if nominal.country else None)
    if nominal.body is not None:
        member.affiliations[nominal.body.actor_id] = None
