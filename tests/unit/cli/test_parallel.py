"""The pool of `streamproc enrich`: order, time limit, and articles that take their process down."""

import functools
import os
import time

import pytest

from streamproc.cli.parallel import Processes, processes
from streamproc.errors import RejectionCode

# A function that a spawned process can load by name, whatever it knows of this module.
STAND_IN = functools.partial(
    eval,
    "lambda payload: (__import__('os')._exit(3) if payload == b'crash'"
    " else __import__('time').sleep(60) if payload == b'slow'"
    " else b'%d:' % __import__('os').getpid() + payload)",
)


@pytest.fixture(scope="module")
def pool():
    with processes(STAND_IN, workers=2, timeout_s=1.0) as started:
        yield started


def codes(results):
    return {tag: result.code for tag, result in results if not isinstance(result, bytes)}


def test_results_come_in_the_order_of_the_articles_from_all_processes(pool: Processes):
    results = list(pool.enrich((number, b"%d" % number) for number in range(500)))
    assert [tag for tag, _ in results] == list(range(500))
    assert [result.partition(b":")[2] for _, result in results] == [b"%d" % number for number in range(500)]
    assert {int(result.partition(b":")[0]) for _, result in results} - {os.getpid()}


def test_an_article_that_crashes_its_process_costs_that_article_only(pool: Processes):
    payloads = [b"een", b"crash", b"twee", b"drie", b"crash"]
    results = list(pool.enrich(enumerate(payloads)))
    assert codes(results) == {1: RejectionCode.ANALYSIS_CRASHED, 4: RejectionCode.ANALYSIS_CRASHED}
    assert [tag for tag, _ in results] == [0, 1, 2, 3, 4]


def test_an_article_that_takes_too_long_costs_that_article_only(pool: Processes):
    started = time.monotonic()
    results = list(pool.enrich(enumerate([b"een", b"slow", b"twee"])))
    assert codes(results) == {1: RejectionCode.ANALYSIS_TIMEOUT}
    assert time.monotonic() - started < 10


def test_an_analysis_that_cannot_be_loaded_is_the_error_of_the_first_article():
    def payloads():
        yield 1, b"een"

    loader = functools.partial(int, "kapot")
    with processes(loader, workers=1, timeout_s=5.0) as broken, pytest.raises(ValueError, match="kapot"):
        list(broken.enrich(payloads()))


def test_it_reads_ahead_no_further_than_keeps_the_processes_busy(pool: Processes):
    read = 0

    def payloads():
        nonlocal read
        while True:
            read += 1
            yield read, b"x" * 100

    results = pool.enrich(payloads())
    for _ in range(3):
        next(results)
    assert read < 500
