"""Sentences with names swapped for others, so that rare and foreign names are learned.

Comes in: documents and pools of names. Goes out: copies of the sentences that have a name of a person, organisation or
place, with those names replaced: some by listed names, some by made-up ones that no list has. Seeded; nothing fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from streamproc.analysis.names.gazetteer import Gazetteer
from streamproc.analysis.names.tagger import spans_of
from training.names.document import Document, Sentence

_SHARE_KEPT = {"PER": 0.15, "ORG": 0.15, "LOC": 0.5}
"""By label of the names that are swapped. With more strange places the model takes every strange name for one."""
_SHARE_MADE_UP = 0.5
_MIN_STEM = 2


@dataclass(frozen=True, slots=True)
class Pools:
    """Names to put in, as words, by label; and parts of the names of persons."""

    names_by_label: Mapping[str, Sequence[tuple[str, ...]]]
    first_names: Sequence[str]
    last_names: Sequence[str]


def swapped(documents: Iterable[Document], pools: Pools, seed: int) -> list[Document]:
    """One copy of each document with its names swapped; a name has one stand-in all through a document."""
    random = Random(seed)  # variety, not secrecy
    return [_swap_document(document, pools, random) for document in documents]


def _swap_document(document: Document, pools: Pools, random: Random) -> Document:
    stand_ins: dict[tuple[str, ...], tuple[str, ...]] = {}
    sentences = [
        _swap_sentence(sentence, stand_ins, pools, random)
        for sentence in document.sentences
        if any(tag[2:] in _SHARE_KEPT for tag in sentence.tags)
    ]
    return Document(f"{document.name}:swapped", tuple(sentences))


def _swap_sentence(
    sentence: Sentence, stand_ins: dict[tuple[str, ...], tuple[str, ...]], pools: Pools, random: Random
) -> Sentence:
    words: list[str] = []
    tags: list[str] = []
    position = 0
    for first, end, label in spans_of(sentence.tags):
        words += sentence.words[position:first]
        tags += sentence.tags[position:first]
        name = sentence.words[first:end]
        if label in _SHARE_KEPT:
            if name not in stand_ins:
                stand_ins[name] = (
                    name if random.random() < _SHARE_KEPT[label] else _stand_in(name, label, stand_ins, pools, random)
                )
            name = stand_ins[name]
        words += name
        tags += [f"B-{label}"] + [f"I-{label}"] * (len(name) - 1)
        position = end
    words += sentence.words[position:]
    tags += sentence.tags[position:]
    return Sentence(tuple(words), tuple(tags))


def _stand_in(
    name: tuple[str, ...],
    label: str,
    stand_ins: Mapping[tuple[str, ...], tuple[str, ...]],
    pools: Pools,
    random: Random,
) -> tuple[str, ...]:
    if label == "PER":
        return _person(name, stand_ins, pools, random)
    if label == "ORG" and len(name) == 1 and name[0].isupper():
        return (_acronym(random, len(name[0])),)
    if random.random() < _SHARE_MADE_UP and len(name) == 1 and name[0].isalpha():
        listed = [random.choice(pools.names_by_label[label])[-1] for _ in range(2)]
        return (_splice(listed[0], listed[1]),)
    return random.choice(pools.names_by_label[label])


def _person(
    name: tuple[str, ...],
    stand_ins: Mapping[tuple[str, ...], tuple[str, ...]],
    pools: Pools,
    random: Random,
) -> tuple[str, ...]:
    """A person like `name`: a surname alone is the surname of the stand-in of the whole name, where there is one."""
    if len(name) == 1:
        for whole, stand_in in stand_ins.items():
            if len(whole) > 1 and whole[-1] == name[0] and len(stand_in) > 1:
                return stand_in[-1:]
        return (_last_name(pools, random),)
    if random.random() < _SHARE_MADE_UP:
        return random.choice(pools.names_by_label["PER"])
    first = random.choice(pools.first_names)
    if random.random() < _SHARE_MADE_UP:
        first = _splice(first, random.choice(pools.first_names))
    return (first, *name[1:-1], _last_name(pools, random))


def _last_name(pools: Pools, random: Random) -> str:
    name = random.choice(pools.last_names)
    return _splice(name, random.choice(pools.last_names)) if random.random() < _SHARE_MADE_UP else name


def _splice(head: str, tail: str) -> str:
    """The first part of `head` with the last part of `tail`: a name that sounds like both and is in no list."""
    front = head[: max(_MIN_STEM, len(head) // 2)]
    return front + tail[max(_MIN_STEM, len(tail) // 2) :].lower()


def _acronym(random: Random, length: int) -> str:
    return "".join(random.choice("ABCDEFGHIJKLMNOPRSTUVWZ") for _ in range(length))


_POOL_CLASSES = {
    "PER": ("person", "wiki_per"),
    "ORG": ("organisation", "company", "media", "armed_group", "party", "wiki_org"),
    "LOC": ("place", "country", "capital", "city", "wiki_loc"),
}
_MAX_POOL_WORDS = 5


def read_pools(gazetteer: Gazetteer) -> Pools:
    """Pools from the lists of the model."""
    names: dict[str, list[tuple[str, ...]]] = {label: [] for label in _POOL_CLASSES}
    for name, classes in sorted(gazetteer.classes_by_name.items()):
        words = tuple(name.split(" "))
        for label, wanted in _POOL_CLASSES.items():
            usable = len(words) <= _MAX_POOL_WORDS and (label != "PER" or len(words) > 1)
            if usable and not set(wanted).isdisjoint(classes.split("+")):
                names[label].append(words)
    by_class: dict[str, list[str]] = {"first": [], "last": []}
    for word, classes in sorted(gazetteer.classes_by_word.items()):
        for name in classes.split("+"):
            by_class[name].append(word)
    return Pools(names, by_class["first"], by_class["last"])


_ALWAYS_KNOWN = frozenset({"country", "capital", "demonym", "portfolio"})


def thinned(gazetteer: Gazetteer, share: float, seed: int) -> Gazetteer:
    """`gazetteer` without `share` of its names, but for countries and the like."""
    random = Random(seed)  # variety, not secrecy
    names = {
        name: classes
        for name, classes in sorted(gazetteer.classes_by_name.items())
        if random.random() >= share or not _ALWAYS_KNOWN.isdisjoint(classes.split("+"))
    }
    words = {word: known for word, known in sorted(gazetteer.classes_by_word.items()) if random.random() >= share}
    return Gazetteer(names, gazetteer.reach_by_word, words)
