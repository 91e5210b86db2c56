"""Value expressions of date rules: `weekday(today, w, before)`.

In: the text of an expression and the names that a rule captures. Out: an `Expression`, a tree of calls of the algebra,
ready to be evaluated under any publication day. What is no such expression raises `ValueError` at load time.

The syntax is that of calls in Python, read with `ast` and never executed as Python: operations, captures, whole
numbers, and the names `today` (the publication day), `ref` (the last time in the text), `day` (the last day in the
text, else `today`), `tense` (the direction that the verb tells) and `clock_part` (the part of the day that the text is
in).
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from streamproc.analysis.dates.algebra import NAMES, OPERATIONS
from streamproc.analysis.dates.periods import Period, day_period
from streamproc.analysis.dates.recurrence import Direction

ANCHORS = frozenset({"today", "ref", "day", "tense", "clock_part"})
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression is evaluated under: one supposed publication day, and what the text said before."""

    today: dt.date
    ref: Period
    day: Period
    tense: Direction
    clock_part: str | None


Evaluate = Callable[[Scene, Mapping[str, Any]], Any]
_READ_ANCHOR: dict[str, Evaluate] = {
    "today": lambda scene, _: day_period(scene.today),
    "ref": lambda scene, _: scene.ref,
    "day": lambda scene, _: scene.day,
    "tense": lambda scene, _: scene.tense,
    "clock_part": lambda scene, _: scene.clock_part,
}


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A checked expression; `anchors` are the names of `ANCHORS` that it depends on."""

    source: str
    anchors: frozenset[str]
    evaluate: Evaluate


def parse(source: str, captures: Iterable[str]) -> Expression:
    """The expression that `source` holds, over the named captures. Raises `ValueError`."""
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, RecursionError) as error:
        raise ValueError(f"{source!r} is no expression: {error}") from None
    anchors: set[str] = set()
    evaluate = _compile(tree, set(captures), anchors, MAX_DEPTH)
    return Expression(source, frozenset(anchors), evaluate)


def _compile(node: ast.expr, captures: set[str], anchors: set[str], depth: int) -> Evaluate:
    if depth == 0:
        raise ValueError("expression is nested too deeply")
    match node:
        case ast.Constant(value=int() as number):
            return lambda _scene, _captured: number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
            return lambda _scene, _captured: -number
        case ast.Name(id=name) if name in captures:
            return lambda _scene, captured: captured[name]
        case ast.Name(id=name) if name in ANCHORS:
            anchors.add(name)
            return _READ_ANCHOR[name]
        case ast.Name(id=name) if name in NAMES or name.endswith("_REF"):
            return lambda _scene, _captured: name
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in OPERATIONS:
            return _call(name, [_compile(arg, captures, anchors, depth - 1) for arg in args])
        case _:
            raise ValueError(f"{ast.unparse(node)!r} is no operation, capture, anchor or constant")


def _call(name: str, arguments: list[Evaluate]) -> Evaluate:
    operation = OPERATIONS[name]
    try:
        inspect.signature(operation).bind(*arguments)
    except TypeError as error:
        raise ValueError(f"{name}: {error}") from None
    return lambda scene, captured: operation(*[argument(scene, captured) for argument in arguments])
