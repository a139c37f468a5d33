"""Speed as ratios measured side by side in one run: `make bench`, `python benchmarks/speed.py [--workers]`.

Whole coding, from report to JSON line, against one pass of the encoder alone over the same text, round by round, on
reports of 300 to 600 words; the encoder gets windows filled to the last word, as no coder can pack them better. The
ratio comes with its 95 % interval (bootstrap over the rounds). On several threads (`--threads`) it is wall time that
counts, on a quiet machine, and the encoder is one session whose matrices that many threads share. Then bulk with one
and two processes against one and two processes of the bare encoder (`--workers`; it needs two quiet cores), and the
cost of one cold start.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import onnxruntime

from brink import coding, model, pipeline, text
from brink.bulk import Job, local, run
from brink.export.records import dumps
from brink.model.packing import Window, pack, words_of
from brink.model.session import FOLDER, load_session
from brink.records import Report

ROOT = Path(__file__).parents[1]
ROUNDS = 9
LEAST, MOST = 300, 600


def reports(count: int) -> list[Report]:
    """Reports of 300 to 600 words: the corpus's own, two or three joined; three sentences a paragraph."""
    found: list[Report] = []
    held: list[str] = []
    for line in (ROOT / "corpus" / "docs.jsonl").read_text("utf-8").splitlines():
        doc = json.loads(line)
        held += doc["sentences"]
        if sum(len(s.split()) for s in held) >= LEAST:
            body = "\n\n".join(" ".join(held[i : i + 3]) for i in range(0, len(held), 3))
            if len(body.split()) <= MOST:
                found.append(Report(doc["id"], body, published=date.fromisoformat(doc["published"])))
            held = []
        if len(found) == count:
            break
    return found


def windows_of(report: Report) -> list[Window]:
    """The report's words in windows that are full to the last word, whatever sentences they cut."""
    session = load_session()
    words = words_of(text.layout(report).sentences, session.tokeniser)
    return list(pack([[w for sentence in words for w in sentence]], session.cls, session.sep))


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call, all threads together."""
    before = time.process_time()
    work()
    return time.process_time() - before


def side_by_side(given: list[Report]) -> None:
    """Coding and encoder in turns; rates and ratio."""
    register, session = coding.load_register(None), load_session()
    windows = [w for r in given for w in windows_of(r)]
    pieces = sum(len(w.ids) for w in windows)
    whole, bare = [], []
    for _ in range(ROUNDS + 1):
        whole.append(seconds(lambda: [dumps(pipeline.annotate_one(r, register)) for r in given]))
        bare.append(seconds(lambda: session.run(windows)))
    found = [a / b for a, b in zip(whole[1:], bare[1:], strict=True)]
    words = sum(len(r.text.split()) for r in given)
    print(f"{len(given)} reports, {words} words, {pieces} pieces, model {model.version()}, {ROUNDS} rounds, 1 thread")
    print(f"coding / encoder alone: {told(found)}")
    coded, passed = (pieces / statistics.median(part[1:]) for part in (whole, bare))
    print(f"pieces a CPU second: coding {coded:,.0f}, encoder {passed:,.0f}")


def threaded(given: list[Report], threads: int) -> None:
    """As `side_by_side`, by wall time: coding on so many threads, the encoder's own threads as many."""
    register, session = coding.load_register(None), load_session()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    network = onnxruntime.InferenceSession(str(FOLDER / "brink.onnx"), options, providers=["CPUExecutionProvider"])
    bare = replace(session, network=network, pool=None)
    windows = [w for r in given for w in windows_of(r)]
    model.use_threads(threads)
    found, rates = [], []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        for coded in pipeline.annotate(given, register):
            dumps(coded)
        between = time.perf_counter()
        bare.run(windows)
        end = time.perf_counter()
        found.append((between - began) / (end - between))
        rates.append((between - began, end - between))
    model.use_threads(1)
    pieces = sum(len(w.ids) for w in windows)
    coded_rate, passed = (pieces / statistics.median(r[i] for r in rates[1:]) for i in (0, 1))
    print(f"coding / encoder alone, {threads} threads, wall time: {told(found[1:])}")
    print(f"pieces a second: coding {coded_rate:,.0f}, encoder {passed:,.0f}")


def told(found: Sequence[float]) -> str:
    """Median and its 95 % interval."""
    rng = random.Random(7)
    medians = sorted(statistics.median(rng.choices(found, k=len(found))) for _ in range(2000))
    return f"{statistics.median(found):.2f} ({medians[50]:.2f} to {medians[-51]:.2f})"


def encode(windows: list[Window]) -> float:
    """Seconds of wall time of one process's pass over its windows, the model loaded before."""
    session = load_session()
    session.run(windows[:2])
    began = time.perf_counter()
    session.run(windows)
    return time.perf_counter() - began


def workers(given: list[Report], rounds: int = 3) -> None:
    """What a second process brings: bulk, and the bare encoder, in turns; wall time, start-up apart."""
    windows = [w for r in given for w in windows_of(r)]
    gains: dict[str, list[float]] = {"bulk": [], "encoder": []}
    for _ in range(rounds):
        gains["bulk"].append(bulk_seconds(given, 1) / bulk_seconds(given, 2))
        gains["encoder"].append(encoder_seconds(windows, 1) / encoder_seconds(windows, 2))
    for name, found in gains.items():
        print(f"{name}, two processes against one: {told(found)} times as fast ({rounds} rounds, wall time)")


def bulk_seconds(given: list[Report], number: int) -> float:
    """Wall time of coding 8 times the reports in shards, less that of the first shards, in which models are loaded."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "in.jsonl"
        lines = [
            json.dumps({"id": f"{r.id}-{n}", "text": r.text, "published": str(r.published)})
            for n in range(8)
            for r in given
        ]
        source.write_text("\n".join(lines))
        ends: list[float] = []
        for _ in run(Job((str(source),), size=max(1, len(given) // 4)), Path(name) / "out", local.engine(number)):
            ends.append(time.perf_counter())
        return (ends[-1] - ends[number - 1]) / (len(ends) - number)


def encoder_seconds(windows: list[Window], number: int) -> float:
    """Wall time of a pass, for each process's share of the work."""
    with ProcessPoolExecutor(number, get_context("spawn")) as pool:
        list(pool.map(encode, [windows[:2]] * number))
        return max(pool.map(encode, [windows] * number)) / number


def cold_start() -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in MB of one `brink brief` from nothing, the best of three."""
    command = [sys.executable, "-m", "brink", "brief", str(ROOT / "examples" / "2016-03-16-withdrawal.txt")]
    found = []
    for _ in range(3):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ)
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((wall, used, after.ru_maxrss / 1024))
    return min(found)


def main() -> None:
    """Print all of it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--workers", action="store_true", help="also what a second process brings")
    asked.add_argument("--threads", type=int, default=2, help="also coding on so many threads (1: not)")
    asked.add_argument("--reports", type=int, default=40)
    args = asked.parse_args()
    wall, used, memory = cold_start()
    given = reports(args.reports)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    side_by_side(given)
    if args.threads > 1:
        threaded(given, args.threads)
    print(f"one report from a cold start: {wall:.2f} s of wall time, {used:.2f} s of CPU, {memory:.0f} MB")
    if args.workers:
        workers(given)


if __name__ == "__main__":
    main()
