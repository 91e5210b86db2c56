"""Fault runs, one line each.

    python tests/faults/run.py --seeds 1-20 [--brokers 3] [--real] [--control no-fence] [--faults kill,stop]

Exit code 0 when every run is exact; with `--control`, when every run is found wrong.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import faults
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
    parser.add_argument("--rate", type=float, default=60.0, help="articles a second")
    parser.add_argument("--real", action="store_true", help="the real analysis, in its process pool")
    parser.add_argument("--control", help="take out a part of what makes it exact: the run must be found wrong")
    parser.add_argument("--faults", help=f"instead of a drawn plan, of: {', '.join(faults.NAMES)}")
    parser.add_argument("--store", choices=("memory", "rocksdb"))
    parser.add_argument("--pool", type=int)
    parser.add_argument("--keep", type=Path, help="folder for the logs of the workers")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Run the seeds one after the other."""
    arguments = _arguments(given)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    as_expected = True
    for seed in arguments.seeds:
        started = time.monotonic()

        def say(what: str, seed: int = seed, started: float = started) -> None:
            print(f"  [{seed}] {time.monotonic() - started:6.1f} {what}", file=sys.stderr, flush=True)

        report = run(
            Choice(
                seed=seed,
                brokers=arguments.brokers,
                workers=arguments.workers,
                rate=arguments.rate,
                real=arguments.real,
                control=arguments.control,
                faults=tuple(arguments.faults.split(",")) if arguments.faults else None,
                store=arguments.store,
                pool=arguments.pool,
                keep=arguments.keep / str(seed) if arguments.keep else None,
            ),
            say,
        )
        print(report.line(), flush=True)
        as_expected &= report.exact != bool(arguments.control)
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
