"""Verb forms: which verb a word may be, and in which form.

Comes in: `verbs.tsv` with the principal parts of simple verbs, and the particles of the language.
Goes out: the readings of a word; a separable verb is found in its joined forms ("opriep", "opgeroepen").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

from streamproc.analysis.events.tables import read_rows

COLUMNS = ("infinitive", "stem", "third", "past", "pasts", "participle")


class Form(IntFlag):
    """Forms of a verb, as far as the coder tells them apart; one word may have several."""

    FINITE = 1
    INFINITIVE = 2
    PARTICIPLE = 4
    STEM = 8
    """First person, only to be believed beside its pronoun."""
    PAST = 16
    PLURAL = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """One verb that a word may be a form of."""

    lemma: str
    particle: str
    """Joined with the word; empty for a simple verb or a separated one."""
    form: Form

    @property
    def verb(self) -> str:
        """The verb as lexicons write it: `op|roepen`."""
        return f"{self.particle}|{self.lemma}" if self.particle else self.lemma


class Verbs:
    """The verbs of one language."""

    def __init__(self, path: Path, particles: list[str]) -> None:
        """Reads `path`. Raises `DataError`."""
        self.lemmas: set[str] = set()
        self._simple: dict[str, tuple[Reading, ...]] = {}
        self._particles = tuple(sorted(particles, key=len, reverse=True))
        for row in read_rows(path, COLUMNS):
            lemma = row["infinitive"]
            if lemma in self.lemmas:
                raise row.error(f"{lemma} is there twice")
            self.lemmas.add(lemma)
            for column, form in (
                ("infinitive", Form.FINITE | Form.INFINITIVE | Form.PLURAL),
                ("stem", Form.STEM),
                ("third", Form.FINITE),
                ("past", Form.FINITE | Form.PAST),
                ("pasts", Form.FINITE | Form.PAST | Form.PLURAL),
                ("participle", Form.PARTICIPLE),
            ):
                for word in row.many(column, "/"):
                    self._add(word, lemma, form)

    def _add(self, word: str, lemma: str, form: Form) -> None:
        known = self._simple.get(word, ())
        for reading in known:
            if reading.lemma == lemma:
                merged = Reading(lemma, "", reading.form | form)
                self._simple[word] = (*(other for other in known if other is not reading), merged)
                return
        self._simple[word] = (*known, Reading(lemma, "", form))

    def __contains__(self, verb: str) -> bool:
        """Whether `verb`, simple or written with a bar, is known."""
        particle, bar, lemma = verb.rpartition("|")
        return lemma in self.lemmas and (not bar or particle in self._particles)

    def readings(self, word: str) -> tuple[Reading, ...]:
        """What `word`, in lower case, may be; empty where it is no known verb."""
        found = self._simple.get(word)
        if found is not None:
            return found
        if not word.startswith(self._particles):
            return ()
        for particle in self._particles:
            if word.startswith(particle):
                rest = self._simple.get(word[len(particle) :])
                if rest:
                    # "opsteun" is no word: a stem never joins its particle.
                    return tuple(
                        Reading(reading.lemma, particle, reading.form) for reading in rest if reading.form != Form.STEM
                    )
        return ()
