"""Looks for inputs that break a reader (atheris, guided by coverage): `make fuzz` gives each reader ten minutes.

`python trust/fuzz.py READER [--seconds N]` starts from `trust/seeds/READER/`, keeps what it learns in
`build/fuzz/READER/`, and stops at the first input that breaks the reader, which it writes there as `crash-…`,
`timeout-…` or `oom-…`. Mend the reader and put that input among the seeds, where the tests look at it from then on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
LIBRARIES = ["brink", "trafilatura", "feedparser", "warcio", "htmldate", "justext"]
SLOW, LARGE, MEMORY = 60, 100_000, 4096
"""Seconds that one input may take, bytes it may have, and megabytes that the process may use."""


def main() -> None:
    """Fuzz one reader."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("reader")
    asked.add_argument("--seconds", type=int, default=600)
    args = asked.parse_args()
    with atheris.instrument_imports(include=LIBRARIES):
        from readers import READERS
    if args.reader not in READERS:
        sys.exit(f"There is no reader '{args.reader}'; choose of {', '.join(READERS)}.")
    learnt, seeds = ROOT / "build" / "fuzz" / args.reader, ROOT / "trust" / "seeds" / args.reader
    learnt.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={args.seconds}", f"-timeout={SLOW}", f"-max_len={LARGE}", f"-rss_limit_mb={MEMORY}"]
    atheris.Setup([sys.argv[0], f"-artifact_prefix={learnt}/", *limits, str(learnt), str(seeds)], READERS[args.reader])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
