"""Recognise names, link them to actors, refer other mentions to them.

Comes in: a document and its article. Goes out: the actors as `Entity` records, in the order of their first mention.
`DataError` is raised when the data of the language do not validate; tagging does not fail.
"""

from __future__ import annotations

import hashlib

from spacy.tokens import Doc

from streamproc.analysis.actors.cast import Member
from streamproc.analysis.actors.confidence import confidence_of
from streamproc.analysis.actors.index import NameIndex
from streamproc.analysis.actors.link import Linker
from streamproc.analysis.actors.read_lexicon import read_lexicon
from streamproc.analysis.actors.recognise import Recogniser
from streamproc.analysis.actors.refer import Referrer
from streamproc.analysis.actors.words import Words, read_words
from streamproc.analysis.names import NameTagger
from streamproc.analysis.syntax import sentence_spans
from streamproc.contracts import Entity, EntityMention, Role
from streamproc.knowledge import Knowledge, Office
from streamproc.languages import Language
from streamproc.text import CleanArticle


class ActorTagger:
    """Finds the actors of articles in one language."""

    def __init__(self, language: Language, knowledge: Knowledge) -> None:
        lexicon = read_lexicon(language.folder / "actors")
        self._language = language.code
        index = NameIndex(knowledge, lexicon, language.code)
        self._recogniser = Recogniser(lexicon, index, language.openers)
        self._names = NameTagger(language.names) if language.names else None
        self._linker = Linker(lexicon, index, knowledge.broader_titles)
        self._referrer = Referrer(lexicon, index, language.openers, knowledge)

    def tag(self, doc: Doc, article: CleanArticle) -> list[Entity]:
        """The actors of `article`, whose text is `doc`, with all their mentions."""
        sentences = [(sentence.start_char, sentence.end_char) for sentence in sentence_spans(doc)]
        words = read_words(article.text, sentences)
        spans = self._names.tag(doc) if self._names else None
        linked = self._linker.link(self._recogniser.names(words, spans), words, article.published)
        scope = hashlib.sha256(article.article_id.encode()).hexdigest()[:8]
        self._referrer.refer(words, linked, scope)
        members = [member for member in linked.cast.members() if member.places]
        members.sort(key=lambda member: min((place.first, -place.last) for place in member.places))
        return [self._entity(member, words, article.text) for member in members]

    def _entity(self, member: Member, words: Words, text: str) -> Entity:
        known = member.known
        places = sorted(member.places, key=lambda place: (place.first, place.last))
        spans = [(words.start[place.first], words.end[place.last - 1], place) for place in places]
        return Entity(
            actor_id=member.actor_id,
            kind=member.kind,
            name=known.name(self._language) if known else member.name,
            named=member.named,
            wikidata=known.wikidata if known else None,
            iso3=known.iso3 if known else None,
            country=member.country,
            roles=[_role(office) for office in known.offices] if known else [],
            candidates=[] if known else list(member.candidates),
            confidence=confidence_of(member),
            mentions=[
                EntityMention(start=start, end=end, text=text[start:end], form=place.form, rule=place.rule)
                for start, end, place in spans
            ],
        )


def _role(office: Office) -> Role:
    return Role(title=office.title, of=office.of, since=office.since, until=office.until, contested=office.contested)
