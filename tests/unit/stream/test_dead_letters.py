"""A dead letter is the record as it came in, with the reason; a redrive counts attempts up."""

import datetime as dt

import pytest
from fakes import event_of, lease_on
from pydantic import ValidationError

from streamproc.contracts import DeadLetterHeaders
from streamproc.errors import Rejection, RejectionCode, Stage
from streamproc.stream.dead_letters import ORIGIN, attempts_of, dead_letter, origin_header, redriven_headers

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
REJECTION = Rejection(Stage.DECODE, RejectionCode.JSON_INVALID, "unexpected end at 12 — é")


def test_bytes_key_and_headers_are_kept_and_the_reason_is_added():
    headers = [("traceparent", b"00-1"), ("x", b"\xff\x00"), ("x", b"again")]
    event = event_of(lease_on("news.articles.raw", 2), 17, key=b"\x00k", value=b"{\xff", headers=headers)
    letter = dead_letter(event, REJECTION, NOW)
    assert (letter.key, letter.value) == (b"\x00k", b"{\xff")
    assert letter.headers[:3] == headers
    why = DeadLetterHeaders.from_headers(letter.headers)
    assert (why.stage, why.code, why.message) == (REJECTION.stage, REJECTION.code, REJECTION.message)
    assert (why.topic, why.partition, why.offset) == ("news.articles.raw", 2, 17)
    assert (why.attempts, why.first_seen) == (1, NOW)


def test_a_redriven_letter_that_dies_again_counts_its_attempts_and_keeps_its_first_time():
    lease = lease_on("raw", 0)
    first = dead_letter(event_of(lease, 1, headers=[("x", b"1")]), REJECTION, NOW)
    back = redriven_headers(first.headers)
    assert attempts_of(back) == 1
    second = dead_letter(event_of(lease, 2, headers=back), REJECTION, LATER)
    why = DeadLetterHeaders.from_headers(second.headers)
    assert (why.attempts, why.first_seen) == (2, NOW)
    assert [pair for pair in second.headers if not pair[0].startswith("streamproc.")] == [("x", b"1")]


def test_a_record_that_was_sent_on_dies_at_its_origin():
    origin = origin_header(event_of(lease_on("raw", 3), 99))
    letter = dead_letter(event_of(lease_on("raw", 1), 5, headers=[origin]), REJECTION, NOW)
    why = DeadLetterHeaders.from_headers(letter.headers)
    assert (why.partition, why.offset) == (3, 99)
    assert ORIGIN not in [key for key, _ in letter.headers]


@pytest.mark.parametrize("forged", [b"", b"x", b"-1/2", b"1", b"1/2/3", b"9" * 40 + b"/1", b"\xff/\xfe"])
def test_forged_headers_of_ours_are_not_believed(forged):
    event = event_of(lease_on("raw", 1), 5, headers=[(ORIGIN, forged), ("streamproc.redrive", forged)])
    why = DeadLetterHeaders.from_headers(dead_letter(event, REJECTION, NOW).headers)
    assert (why.partition, why.offset, why.first_seen) == (1, 5, NOW)
    assert why.attempts in (1, 2)


def test_a_reason_that_came_in_does_not_stand_beside_ours():
    event = event_of(lease_on("raw", 1), 5, headers=[("streamproc.error.code", b"forged")])
    codes = [value for key, value in dead_letter(event, REJECTION, NOW).headers if key == "streamproc.error.code"]
    assert codes == [b"json-invalid"]


def test_what_is_no_dead_letter_cannot_be_redriven():
    with pytest.raises(ValidationError):
        redriven_headers([("x", b"1")])
