"""Regular forms of Dutch verbs.

Comes in: an infinitive. Goes out: the forms that the spelling rules give. Nothing fails; a verb whose stress cannot be
told from its spelling ("beweren", "luisteren") gets the forms of either.
"""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = "aeou"
_CONSONANTS = "bcdfghjklmnpqrstvxz"
"""Those that are doubled after a short vowel."""
_VOICELESS = ("t", "k", "f", "s", "ch", "p", "x")
_INSEPARABLE = ("be", "ge", "her", "ont", "ver", "er")
_UNSTRESSED = ("el", "em", "en", "er", "ig")

_SHORTEST = 4


def regular_forms(infinitive: str, particle: str = "") -> Iterator[tuple[str, str]]:
    """Kind and form of each regular form of an infinitive in -en; a participle has no "ge".

    A verb with a `particle` ("oplossen") has it in its participle and where it is not parted with.
    """
    simple = infinitive.removeprefix(particle)
    if not simple.endswith("en") or len(simple) < _SHORTEST:
        return
    dental = "t" if simple[:-2].endswith(_VOICELESS) else "d"
    for stem in _stems(simple[:-2]):
        past = stem + dental
        participle = stem if stem.endswith(("t", "d")) else past
        has_ge = not simple.startswith(_INSEPARABLE)
        for form in (stem, stem if stem.endswith("t") else f"{stem}t", f"{past}e", f"{past}en"):
            yield "VERB.Fin", particle + form
        for form in (participle, _inflected(participle)):
            yield "VERB.Part.ge" if has_ge else "VERB.Part", particle + form
    yield "VERB.Fin", infinitive
    yield "VERB.Part", f"{infinitive}d"
    yield "VERB.Part", f"{infinitive}de"


def _stems(base: str) -> Iterator[str]:
    """First person singular of the verb in `base` + "en"."""
    if base[-1] == base[-2] and base[-1] in _CONSONANTS:
        yield base[:-1]
        return
    is_open = base[-1] in _CONSONANTS and base[-2] in _VOWELS and (len(base) == len("et") or base[-3] not in "aeioué")
    if is_open:
        yield _voiceless(f"{base[:-1]}{base[-2]}{base[-1]}")
    if not is_open or base.endswith(_UNSTRESSED):
        yield _voiceless(base)


def _voiceless(stem: str) -> str:
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _inflected(participle: str) -> str:
    """The participle with -e: "vergrote", "gerede", but "geredde"."""
    vowel, consonant = participle[-3:-1], participle[-1]
    if len(vowel) > 1 and vowel[0] == vowel[1] and vowel[0] in _VOWELS:
        return f"{participle[:-2]}{consonant}e"
    if participle[-2] in _VOWELS:
        return f"{participle}{consonant}e"
    return f"{participle}e"
