"""Function words of a language, from `grammar.yaml`."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from streamproc.errors import DataError

Words = frozenset[str]


class Grammar(BaseModel):
    """Function words by what they do; all in lower case, verbs as in `verbs.tsv` ("op|roepen")."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    particles: list[str]
    """First parts of separable verbs."""
    infinitive_marker: str
    articles: Words
    prepositions: Words
    agent: str
    """Preposition of the doer in a passive."""
    between: str
    """Preposition before two parties."""
    genitive: str
    sources: Words
    """Prepositions that name who says so."""
    determiners: Words
    pronouns: Words
    """Determiners that stand by themselves too ("dit is")."""
    possessives: Words
    object_pronouns: Words
    subject_pronouns: Words
    stem_subjects: Words
    reflexives: Words
    true_reflexives: Words
    """Reflexives that are nothing else."""
    coordinators: Words
    clause_coordinators: Words
    """Coordinators that only join clauses."""
    complementisers: Words
    conditionals: Words
    conditional_verbs: Words
    subordinators: Words
    unreal_subordinators: Words
    people_endings: tuple[str, ...]
    """Endings of demonyms that are nouns ("Amerikaan"), no adjectives."""
    alternative: str
    """Coordinator that is a complementiser too ("of")."""
    demonstratives: Words
    """Relative pronouns that are demonstratives too."""
    adverbial_subordinators: Words
    """Subordinators that are adverbs too, and mostly so."""
    including: Words
    """Words before examples of a plural ("vijftig landen, waaronder Brazilië")."""
    titles: Words
    """Words before a name, between it and its preposition."""
    relatives: Words
    clause_relatives: Words
    """Relatives that tell of a whole clause ("wat"), or whose antecedent only owns ("wiens")."""
    time_nouns: Words
    """Nouns after which a name starts anew ("in het weekend sprak", "in het weekend Rusland")."""
    relative_adverbs: dict[str, str]
    """Relative adverbs and the preposition that they stand for."""
    infinitive_openers: dict[str, Literal["real", "unreal"]]
    """Words that open an infinitive clause, and whether what it says happened."""
    passive_auxiliaries: Words
    perfect_auxiliaries: Words
    active_auxiliary: str
    """The perfect auxiliary that only active verbs have."""
    copulas: Words
    negators: Words
    downtoners: Words
    """Words for too few of a doer or deed for it to count as done, but no refusal either ("steeds minder landen")."""
    not_negating_before: Words
    """After these a negator denies nothing ("niet alleen")."""
    modals: dict[str, Literal["wanted", "future", "normative", "possible"]]
    hearsay_forms: Words
    realising_verbs: Words
    """Verbs whose infinitive complement happens ("begon te schieten")."""
    reporting_verbs: Words
    unreal_verbs: Words
    """Verbs whose complement is not said to have happened."""
    denial_verbs: Words
    light_verbs: Words
    """Verbs that leave the deed to their object ("kritiek uiten")."""
    plan_words: Words
    hypothetical_words: Words
    nouns: Words
    """Nouns that look like verb forms: verbs only where their clause has no other."""
    adverbs: Words
    """Adverbs that look like verb forms: verbs only where no other stands before them."""
    auxiliaries_of_recipient: Words
    """Auxiliaries of the passive whose subject is the recipient ("kreeg toegezegd")."""
    quotes: dict[str, str]
    """Opening quotation marks and their closing ones."""

    @property
    def all_verbs(self) -> list[str]:
        """Every verb that the grammar names, in order."""
        complement = self.realising_verbs | self.reporting_verbs | self.unreal_verbs | self.denial_verbs
        return sorted(complement | self.participle_auxiliaries | self.copulas | self.light_verbs | self.modals.keys())

    @cached_property
    def participle_auxiliaries(self) -> Words:
        """All auxiliaries that a participle may have."""
        return self.passive_auxiliaries | self.perfect_auxiliaries | self.auxiliaries_of_recipient


def load_word_lists(path: Path) -> dict[str, list[str]]:
    """Lists of words that entries of the lexicon name. Raises `DataError`."""
    lists = _load(path)
    if not isinstance(lists, dict) or not all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in lists.values()
    ):
        raise DataError(f"{path}: must be lists of words by name")
    return lists


def _load(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise DataError(f"{path}: {' '.join(str(error).split())}") from error


def load_grammar(path: Path) -> Grammar:
    """The grammar in `path`. Raises `DataError`."""
    try:
        return Grammar.model_validate(_load(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
