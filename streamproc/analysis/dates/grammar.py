"""The rules of a language for time expressions.

In: `rules.yaml` of a language. Out: `Rule`s, whose patterns are expanded and whose values are compiled. `DataError`
names the rule that does not validate: bad syntax, an unknown class, a capture that not every form of the pattern has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from streamproc.analysis.dates.expression import Expression, parse
from streamproc.analysis.dates.lexicon import Lexicon
from streamproc.analysis.dates.pattern import Sequence, expand
from streamproc.analysis.dates.source import Source, line_of, load_model
from streamproc.contracts.timex import TimexModifier, TimexPrecision, TimexType
from streamproc.errors import DataError


class Example(BaseModel):
    """A text that the rule must tag, the tagged part in brackets unless it is the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    published: str | None = None
    value: str
    mod: TimexModifier | None = None


class RuleFile(BaseModel):
    """One rule of `rules.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    pattern: list[str] = Field(min_length=1)
    type: TimexType | None = None
    """Without a type, a match is no time expression and keeps other rules from its words (an age)."""
    value: str = ""
    """See `expression.py`."""
    mod: str | None = None
    """A TIMEX3 modifier, or the capture that holds one; a form of the pattern without that capture has none."""
    precision: TimexPrecision | None = None
    """Where the value does not tell it."""
    check: str | None = None
    """A second reading of the same expression, as of the publication day: "afgelopen zaterdag 2 maart" narrows it."""
    check_in_lead: bool = False
    """Whether `check` holds in the first sentence only, of what is past: the lead tells the news, the rest may not."""
    priority: int = 0
    """Among rules that match equally long, the highest wins."""
    confidence: float = Field(default=0.95, ge=0.0, le=1.0)
    anchors: bool = True
    """Whether later expressions ("die dag", "een jaar later") may refer to it."""
    story: bool = False
    """Whether it tells a day of the story, from the publication day ("gisteren"), not one of the background."""
    after: list[str] = []
    """Words or classes of which one must stand before the expression; `^` is the start of a sentence."""
    not_after: list[str] = []
    not_before: list[str] = []
    """Words or classes that must not stand after the expression."""
    examples: list[Example] = []
    negatives: list[str] = Field(min_length=1)
    """Texts in which the rule must tag nothing."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type is not None and not (self.value and self.examples):
            raise ValueError("a rule that has a type has a value and examples")
        return self


class GrammarFile(BaseModel):
    """`rules.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: list[RuleFile]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule ready for use."""

    file: RuleFile
    sequences: list[Sequence]
    value: Expression | None
    check: Expression | None
    mod: TimexModifier | None
    mod_capture: str | None
    after: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]

    @property
    def id(self) -> str:
        """The name of the rule, as records bear it."""
        return self.file.id

    @property
    def has_context(self) -> bool:
        """Whether the words around a match matter."""
        return bool(self.after or self.not_after or self.not_before)


def load_rules(source: Source, lexicon: Lexicon) -> list[Rule]:
    """The rules of a `rules.yaml`; their literal words are added to `lexicon`. Raises `DataError`."""
    rules = []
    for index, file in enumerate(load_model(source, GrammarFile).rules):
        try:
            rules.append(_compiled(file, lexicon))
        except ValueError as error:
            line = line_of(source.read_text(encoding="utf-8"), ("rules", index))
            raise DataError(f"{source}:{line}: rule {file.id}: {error}") from error
    ids = [rule.id for rule in rules]
    if duplicate := next((name for name in ids if ids.count(name) > 1), None):
        raise DataError(f"{source}: rule {duplicate}: there are two of that id")
    return rules


def _compiled(file: RuleFile, lexicon: Lexicon) -> Rule:
    sequences = [sequence for pattern in file.pattern for sequence in expand(pattern)]
    captures = frozenset.intersection(*(sequence.captures for sequence in sequences))
    symbols = lexicon.symbols
    for sequence in sequences:
        for element in sequence.elements:
            if element.symbol.startswith("<"):
                if element.symbol not in symbols:
                    raise ValueError(f"there is no class {element.symbol}")
            else:
                lexicon.add_literal(element.symbol)
    context = [frozenset(words) for words in (file.after, file.not_after, file.not_before)]
    if unknown := {word for words in context for word in words if word.startswith("<")} - symbols:
        raise ValueError(f"there is no class {unknown.pop()}")
    mod_is_capture = any(file.mod in sequence.captures for sequence in sequences)
    return Rule(
        file,
        sequences,
        parse(file.value, captures) if file.value else None,
        parse(file.check, captures) if file.check else None,
        TimexModifier(file.mod) if file.mod and not mod_is_capture else None,
        file.mod if mod_is_capture else None,
        *context,
    )
