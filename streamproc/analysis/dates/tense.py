"""Whether a clause tells of the past or of what is to come, for times that recur ("zei zondag", "wil maandag").

In: tokens, a sentence and the expression in it. Out: a `Direction`: past, future, or near where no verb is found.
Evidence is the verb forms in `tense.yaml` of the language, or the morphology of the document where it has one.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc, Token

from streamproc.analysis.dates.recurrence import Direction
from streamproc.analysis.dates.source import Source, load_model
from streamproc.analysis.dates.tokens import Tokens


class TenseFile(BaseModel):
    """`tense.yaml`: folded words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: dict[str, Direction]
    """Words right before an expression that tell where it lies, whatever the verb ("sinds": past)."""
    boundaries: list[str]
    """Words and marks between clauses."""
    determiners: list[str]
    """What follows one of these is no verb, whatever its ending."""
    articles: list[str]
    """What follows one of these is no verb even if it could be one ("de wil")."""
    transparent: list[str]
    """Words that may stand between a verb and an expression ("beraadt zich dinsdag")."""
    past: list[str]
    """Finite forms of the past."""
    past_suffixes: list[str]
    """Endings of regular forms of the past, in words that are not in `not_past`."""
    past_min_length: int
    not_past: list[str]
    separable: list[str]
    """Prefixes that past forms and participles may have ("aannam", "volgezet")."""
    have: list[str]
    """Present forms of "to have" as an auxiliary: past, wherever its participle is."""
    be: list[str]
    """Present forms of "to be": past where there is a participle."""
    participles: list[str]
    """Irregular participles."""
    participle_mark: str
    """What regular participles have near their start ("ge")."""
    participle_prefixes: list[str]
    """What they may start with instead ("ver", "ont")."""
    participle_suffixes: list[str]
    finite_suffixes: list[str]
    """Endings that no participle has ("beraadt")."""
    passives: list[str]
    """Present forms that with a participle still tell of the present or the future ("wordt gekozen")."""
    future: list[str]
    """Forms that tell of what is to come."""
    reporting: list[str]
    """Present forms of saying, which tell of what was said."""
    present: list[str]
    """Other present forms."""
    present_suffixes: list[str]
    not_present: list[str]


(_PAST, _PAST_ENDING, _PAST_OR_PARTICIPLE, _HAVE, _BE, _PARTICIPLE, _PASSIVE, _FUTURE, _REPORTING, _PRESENT) = (
    1 << bit for bit in range(10)
)
"""What a word may be, as bits: a clause is read by adding up its words."""

_ANY_PARTICIPLE = _PARTICIPLE | _PAST_OR_PARTICIPLE
_MARK_WITHIN = 9
"""How far from the start of a participle its mark may be: after the longest separable prefix."""
_MIN_PARTICIPLE = 6
_SKIPPED = 3
"""Words that may stand between a verb and an expression."""
_REACH = 40
"""Tokens to either side of an expression that are looked at, so that work stays bounded in endless sentences."""


class TenseTeller:
    """Tells directions by the lexicon of one language."""

    def __init__(self, file: TenseFile) -> None:
        self._file = file
        self._boundaries = frozenset(file.boundaries)
        self._determiners = frozenset(file.determiners)
        self._articles = frozenset(file.articles)
        self._transparent = frozenset(file.transparent)
        self._not_present = frozenset(file.not_present)
        self._not_past = frozenset(file.not_past)
        self._past_suffixes = tuple(file.past_suffixes)
        self._present_suffixes = tuple(file.present_suffixes)
        self._participle_prefixes = tuple(file.participle_prefixes)
        self._participle_suffixes = tuple(file.participle_suffixes)
        self._finite_suffixes = tuple(file.finite_suffixes)
        self._cues = {tuple(words.split()): direction for words, direction in file.cues.items()}
        self._cue_length = max(map(len, self._cues), default=0)
        self._listed = _listed(file)
        self._kind = lru_cache(maxsize=1 << 16)(self._classify)

    @classmethod
    def load(cls, source: Source) -> TenseTeller:
        """The teller of a `tense.yaml`. Raises `DataError`."""
        return cls(load_model(source, TenseFile))

    def direction(self, tokens: Tokens, sentence: tuple[int, int], span: tuple[int, int], doc: Doc) -> Direction:
        """Where a recurring time in `span` lies, by the word before it, its clause, or the clauses around."""
        if cue := self._cue(tokens, sentence, span):
            return cue
        if doc.has_annotation("MORPH"):
            told = _by_morphology(doc, tokens.starts[sentence[0]], tokens.ends[sentence[1] - 1], tokens.starts[span[0]])
            if told:
                return told
        near = max(sentence[0], span[0] - _REACH), min(sentence[1], span[1] + _REACH)
        first, last = self._clause(tokens, near, span)
        told = _direction(self._read(tokens, first, last, span, near))
        if told is None:
            told = _direction(self._read(tokens, *near, span, near))
        return told or Direction.NEAR

    def _cue(self, tokens: Tokens, sentence: tuple[int, int], span: tuple[int, int]) -> Direction | None:
        for length in range(min(self._cue_length, span[0] - sentence[0]), 0, -1):
            if cue := self._cues.get(tuple(tokens.words[span[0] - length : span[0]])):
                return cue
        return None

    def _clause(self, tokens: Tokens, sentence: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
        first, last = span
        while first > sentence[0] and tokens.words[first - 1] not in self._boundaries:
            first -= 1
        while last < sentence[1] and tokens.words[last] not in self._boundaries:
            last += 1
        return first, last

    def _read(self, tokens: Tokens, first: int, last: int, span: tuple[int, int], sentence: tuple[int, int]) -> int:
        """What the words of a clause are, added up."""
        words, found = tokens.words, 0
        for index in range(first, last):
            kind = self._kind(words[index])
            if not kind or span[0] <= index < span[1]:
                continue
            before = words[index - 1] if index > first else ""
            # A capital inside a clause is that of a name; "de genoemde" and "het bekende" are no verbs.
            if before in self._articles or (index > first and tokens.capitalised(index)):
                kind &= _PARTICIPLE | _PAST_OR_PARTICIPLE
            elif before in self._determiners:
                kind &= ~_PAST_ENDING
            found |= kind
        if found & _BE and not found & _ANY_PARTICIPLE:
            found |= self._participle_in(words[slice(*sentence)])
        if self._verb_beside(tokens, first, last, span) or self._opens_with_verb(tokens, span, sentence):
            found |= _PRESENT
        return found

    def _participle_in(self, words: list[str]) -> int:
        return _PARTICIPLE if any(self._kind(word) & _ANY_PARTICIPLE for word in words) else 0

    def _opens_with_verb(self, tokens: Tokens, span: tuple[int, int], sentence: tuple[int, int]) -> bool:
        """Whether an expression that opens a sentence is followed by what must then be its finite verb."""
        before = tokens.words[span[0] - 1] if span[0] > sentence[0] else ""
        if before[-1:].isalpha() or before == "," or span[1] >= sentence[1] or tokens.capitalised(span[1]):
            return False
        return self._may_be_present(tokens.words[span[1]])

    def _verb_beside(self, tokens: Tokens, first: int, last: int, span: tuple[int, int]) -> bool:
        """Whether a finite verb is right before the expression, or after it if it opens a clause."""
        places = []
        if span[0] - first <= 1 and span[1] < last:
            places.append(span[1])
        before = span[0] - 1
        while before >= first and span[0] - before <= _SKIPPED and tokens.words[before] in self._transparent:
            before -= 1
        if before >= first:
            places.append(before)
        words = [tokens.words[place] for place in places]
        return any(self._may_be_present(word) and not self._kind(word) & _ANY_PARTICIPLE for word in words)

    def _may_be_present(self, word: str) -> bool:
        return word.endswith(self._present_suffixes) and word not in self._not_present and word.isalpha()

    def _classify(self, word: str) -> int:
        kind = self._listed.get(word, 0)
        if (
            len(word) >= self._file.past_min_length
            and word.endswith(self._past_suffixes)
            and word not in self._not_past
            and word.isalpha()
        ):
            kind |= _PAST_ENDING
        if (
            len(word) >= _MIN_PARTICIPLE
            and word.endswith(self._participle_suffixes)
            and not word.endswith(self._finite_suffixes)
            and (
                word.find(self._file.participle_mark, 0, _MARK_WITHIN) >= 0
                or word.startswith(self._participle_prefixes)
            )
        ):
            # "ontbonden" is either; an ending of the regular past is that of no participle.
            kind = kind & ~_PAST | _PAST_OR_PARTICIPLE if kind & _PAST else kind | _PARTICIPLE
        return kind


def _listed(file: TenseFile) -> dict[str, int]:
    """The words that the file lists, with what they may be."""
    kinds: dict[str, int] = {}
    prefixes = ["", *file.separable]
    for bit, words in (
        (_PAST, [prefix + word for prefix in prefixes for word in file.past]),
        (_PARTICIPLE, [prefix + word for prefix in prefixes for word in file.participles]),
        (_HAVE, file.have),
        (_BE, file.be),
        (_PASSIVE, file.passives),
        (_FUTURE, file.future),
        (_REPORTING, file.reporting),
        (_PRESENT, file.present),
    ):
        for word in words:
            kinds[word] = kinds.get(word, 0) | bit
    return kinds


def _direction(found: int) -> Direction | None:
    """Where the words of a clause put it."""
    if found & _PAST_OR_PARTICIPLE:
        found |= _PARTICIPLE if found & (_HAVE | _BE | _PASSIVE | _FUTURE) else _PAST
    if found & (_PAST | _PAST_ENDING):
        return Direction.PAST
    if found & _FUTURE:
        return Direction.FUTURE
    perfect = found & _HAVE or (found & _BE and found & _PARTICIPLE)
    if (perfect and not found & _PASSIVE) or found & _REPORTING:
        return Direction.PAST
    if found & (_PRESENT | _PASSIVE | _BE):
        return Direction.AHEAD
    return Direction.PAST if found & _PARTICIPLE else None


def _by_morphology(doc: Doc, start: int, end: int, at: int) -> Direction | None:
    """Past, if the finite verb nearest to the code point `at` is past; the present tells too little by itself."""
    sentence = doc.char_span(start, end, alignment_mode="expand")
    if sentence is None:
        return None
    finite = [token for token in sentence if token.morph.get("VerbForm", []) == ["Fin"]]
    if not finite:
        return None

    def distance(token: Token) -> int:
        return abs(token.idx - at)

    nearest = min(finite, key=distance)
    return Direction.PAST if nearest.morph.get("Tense", []) == ["Past"] else None
