from __future__ import annotations

import datetime as dt

import pytest

from streamproc.analysis.dates.expression import Scene, parse
from streamproc.analysis.dates.periods import day_period
from streamproc.analysis.dates.recurrence import Direction

TODAY = dt.date(2019, 3, 3)
SCENE = Scene(TODAY, day_period(TODAY), day_period(TODAY), Direction.PAST, None)


def test_an_expression_is_evaluated_over_captures_and_the_scene():
    expression = parse("weekday(shift(today, -1, W), w, tense)", {"w"})
    assert expression.evaluate(SCENE, {"w": 1}).value == "2019-02-18"
    assert expression.anchors == {"today", "tense"}


@pytest.mark.parametrize(
    "source",
    [
        "shift(today, n, W)",
        "shift(today, 1)",
        "open(today)",
        "__import__('os')",
        "today.start",
        "shift(today, 1.5, W)",
        "shift(*today)",
        "shift(period=today)",
        "shift(",
        "lambda: today",
        "negative(negative(negative(negative(negative(negative(negative(1)))))))",
    ],
)
def test_what_is_no_expression_of_the_algebra_is_an_error(source):
    with pytest.raises(ValueError, match=r"is no|nested|missing"):
        parse(source, set())
