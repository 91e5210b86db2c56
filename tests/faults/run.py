"""Fault runs, one line each.

    python tests/faults/run.py --seeds 1-20 [--brokers 3] [--real] [--faults kill,stop]
    python tests/faults/run.py --controls

Exit code 0 when every run is exact, and every control is found wrong.
"""

from __future__ import annotations

import argparse
import functools
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import faults
from controls import CONTROL_RUNS
from scenario import Choice, run


def _seeds(text: str) -> list[int]:
    """`1-3,7` as numbers."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=_seeds, default=[1], help="as 1-20 or 1,5,7")
    parser.add_argument("--brokers", type=int, choices=(1, 3), default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=40.0, help="articles a second")
    parser.add_argument("--real", action="store_true", help="the real analysis, in its process pool")
    parser.add_argument(
        "--controls", action="store_true", help="runs without a part of what makes them exact, to be found wrong"
    )
    parser.add_argument("--faults", help=f"instead of a drawn plan, of: {', '.join(faults.NAMES)}")
    parser.add_argument("--store", choices=("memory", "rocksdb"))
    parser.add_argument("--pool", type=int)
    parser.add_argument("--keep", type=Path, help="folder for the logs of the workers")
    return parser.parse_args(given)


def _choices(arguments: argparse.Namespace) -> Iterator[Choice]:
    if arguments.controls:
        for control, (names, rate) in CONTROL_RUNS.items():
            yield Choice(seed=1, control=control, faults=names, rate=rate, store="memory", pool=0, keep=arguments.keep)
        return
    for seed in arguments.seeds:
        yield Choice(
            seed=seed,
            brokers=arguments.brokers,
            workers=arguments.workers,
            rate=arguments.rate,
            real=arguments.real,
            faults=tuple(arguments.faults.split(",")) if arguments.faults else None,
            store=arguments.store,
            pool=arguments.pool,
            keep=arguments.keep,
        )


def _say(choice: Choice, started: float, what: str) -> None:
    print(f"  [{choice.seed}] {time.monotonic() - started:6.1f} {what}", file=sys.stderr, flush=True)  # noqa: T201  # progress, for people


def main(given: Sequence[str] | None = None) -> int:
    """Do the runs one after the other."""
    arguments = _arguments(given)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    as_expected = True
    for choice in _choices(arguments):
        report = run(choice, functools.partial(_say, choice, time.monotonic()))
        print(report.line(), flush=True)  # noqa: T201  # the result
        as_expected &= report.exact != bool(choice.control)
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
