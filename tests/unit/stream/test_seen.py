"""Which second copies change nothing."""

import pytest

from streamproc.stream import seen


@pytest.mark.parametrize(
    ("value", "attempt", "done"),
    [
        (None, 1, False),
        (seen.ENRICHED, 1, True),
        (seen.ENRICHED, 5, True),
        (seen.rejected(1), 1, True),
        (seen.rejected(1), 2, False),
        (seen.rejected(3), 2, True),
    ],
)
def test_a_copy_is_done_unless_it_is_a_later_attempt_at_a_rejected_article(value, attempt, done):
    assert seen.is_done(value, attempt) is done
