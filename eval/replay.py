"""The sample crisis as a live feed, a thousand times as fast, watched with `--clock published`: which alerts, and when.

    python eval/replay.py [--speed 86400] [--out docs/replay.md]

A feed server publishes each report of examples/ukraine-2022 at its own time, `speed` times as fast (1000 takes an hour;
86400, a day a second, is the default), while `brink watch` polls it. The alerts that went out are written in order.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "ukraine-2022"


class Feed:
    """The reports published so far, as a JSON Feed, at a clock that runs fast."""

    def __init__(self, reports: list[dict[str, Any]], speed: float) -> None:
        self.reports, self.speed = reports, speed
        self.begun = time.monotonic()
        self.first = datetime.fromisoformat(reports[0]["published"]) - timedelta(seconds=2 * speed)

    def now(self) -> datetime:
        return self.first + timedelta(seconds=(time.monotonic() - self.begun) * self.speed)

    def content(self) -> bytes:
        shown = [r for r in self.reports if datetime.fromisoformat(r["published"]) <= self.now()]
        items = [
            {"id": r["id"], "title": r["title"], "content_text": r["text"], "date_published": r["published"]}
            for r in reversed(shown)
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Reconstruction", "items": items}
        return json.dumps(feed).encode()

    def is_over(self) -> bool:
        return datetime.fromisoformat(self.reports[-1]["published"]) <= self.now()


@contextlib.contextmanager
def serving(feed: Feed) -> Any:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = feed.content() if self.path == "/feed" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/feed+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/feed"
    server.shutdown()


def replay(speed: float) -> tuple[list[str], dict[str, Any]]:
    """The alerts as they were printed, and the ledger's status at the end."""
    reports = [json.loads(line) for line in (SAMPLE / "reports.jsonl").read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "ledger.sqlite")
        feed = Feed(reports, speed)
        with serving(feed) as url:
            command = [
                sys.executable, "-m", "brink", "watch", url, "--db", db, "--allow-private", "--clock", "published",
                "--interval", "1", "--crisis", str(SAMPLE / "crisis.toml"), "--alerts", str(SAMPLE / "alerts.toml"),
            ]  # fmt: skip
            running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            lines: list[str] = []
            reader = threading.Thread(target=_read, args=(running.stdout, feed, lines), daemon=True)
            reader.start()
            while not (feed.is_over() and status(db)["reports"] == len(reports)):
                time.sleep(1.0)
            time.sleep(5.0)
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=600)
            reader.join()
        return lines, status(db)


def _read(out: IO[str], feed: Feed, lines: list[str]) -> None:
    """Each alert with the moment of the replay at which it went out."""
    for line in out:
        if line.startswith("ALERT"):
            lines.append(f"{feed.now():%Y-%m-%d %H:%M} {line.strip()}")
            print(lines[-1], file=sys.stderr, flush=True)


def status(db: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "brink", "status", "--db", db, "--json"], capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"reports": 0}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", type=float, default=86400.0)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    lines, found = replay(chosen.speed)
    told = [
        "# The sample crisis as a live feed (a reconstruction)",
        "",
        f"`python eval/replay.py --speed {chosen.speed:g}` on {datetime.now(UTC):%Y-%m-%d}: {found['reports']} "
        f"reports, {found['happenings']} happenings, {sum('rewritten' not in h for h in lines)} alerts, "
        f"{sum('rewritten' in h for h in lines)} new wordings, by the rules in examples/ukraine-2022/alerts.toml. Each "
        "line begins with the moment of the replay at which the alert went out; the day after it is that of the newest "
        "publication then. Nothing here was published at the time: see "
        "[the README of the reconstruction](../examples/ukraine-2022/README.md).",
        "",
        "```",
        *lines,
        "```",
    ]
    text = "\n".join(told) + "\n"
    chosen.out.write_text(text, "utf-8") if chosen.out else print(text)


if __name__ == "__main__":
    main()
