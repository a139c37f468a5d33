"""Speed as ratios measured side by side in one run: `make bench` or `python eval/speed.py`.

Codes the team's corpus and the samples, alternating with one pass of the encoder alone over the same windows, and gives
the ratio of the two with an interval (the middle 80 % of the rounds); then the cost of one cold start.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from brink import coding, model, pipeline, text
from brink.model.packing import Window, pack, words_of
from brink.model.session import load_session
from brink.records import Report

ROOT = Path(__file__).parents[1]
ROUNDS = 7


def reports() -> list[Report]:
    """The corpus's reports, three sentences a paragraph."""
    found = []
    for line in (ROOT / "corpus" / "docs.jsonl").read_text("utf-8").splitlines()[:60]:
        doc = json.loads(line)
        body = "\n\n".join(" ".join(doc["sentences"][i : i + 3]) for i in range(0, len(doc["sentences"]), 3))
        found.append(Report(doc["id"], body, published=date.fromisoformat(doc["published"])))
    return found


def windows_of(report: Report) -> list[Window]:
    """The report's windows, as the model packs them."""
    session = load_session()
    words = words_of(text.layout(report).sentences, session.tokeniser)
    return list(pack(words, session.cls, session.sep))


def seconds(work: object) -> float:
    """CPU seconds of one call."""
    before = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - before


def ratios(given: list[Report]) -> list[float]:
    """Coding over encoder, round by round."""
    register, session = coding.load_register(None), load_session()
    windows = [w for r in given for w in windows_of(r)]
    found = []
    for _ in range(ROUNDS + 1):
        whole = seconds(lambda: [pipeline.annotate_one(r, register) for r in given])
        found.append(whole / seconds(lambda: session.run(windows)))
    return found[1:]


def cold_start() -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one `brink brief` from nothing."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "brink", "brief", str(ROOT / "examples" / "2016-03-16-withdrawal.txt")]
    subprocess.run(command, check=True, capture_output=True, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, after.ru_maxrss / 1024


def main() -> None:
    """Print ratio and cold start."""
    used, memory = cold_start()
    given = reports()
    words = sum(len(r.text.split()) for r in given)
    found = sorted(ratios(given))
    low, high = found[len(found) // 10], found[-1 - len(found) // 10]
    print(f"{len(given)} reports, {words} words, model {model.version()}")
    print(f"coding / encoder alone: {statistics.median(found):.2f} ({low:.2f} to {high:.2f}; {ROUNDS} rounds)")
    print(f"one report from a cold start: {used:.2f} s of CPU, {memory:.0f} MB")


if __name__ == "__main__":
    main()
