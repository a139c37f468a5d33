"""Where the tests of the pages find a server: the sample crisis's days of the withdrawal, and a hostile report."""

from __future__ import annotations

import atexit
import functools
import json
import socket
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

from brink import chronicle, coding
from brink.intake import IntakeOptions, read
from brink.ledger import load_crisis
from brink.records import Rejection, Report
from brink.serve import Desk, Door, create_app
from brink.store import Store, open_store

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "ukraine-2022"
AS_OF = date(2022, 2, 17)
EVIL = (
    "<script>document.title = 'owned'</script><img src=x onerror=alert(1)> The Foreign Ministry said on Monday that "
    '&lt;b&gt;troops&lt;/b&gt; "onmouseover=" will leave \u202edleifgnol\u202c. </p></main>'
    '<a href="javascript:alert(1)">'
)
HOSTILE = Report("evil/..%2F<b>", EVIL, "javascript:alert(1)", "<i>Outlet</i>", "<h1>Title</h1>", date(2022, 2, 14))


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        """Its body as JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class Server:
    """A server on the loopback, and the desk behind it."""

    address: str
    desk: Desk

    def get(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask it, whatever the answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, body, named)
        try:
            with urllib.request.urlopen(request, timeout=60) as found:
                return Answer(found.status, found.headers, found.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read().decode())


def days_of_the_withdrawal() -> list[Report]:
    """The sample's reports of 14 to 17 February."""
    found = read(str(SAMPLE / "reports.jsonl"), IntakeOptions())
    return [r for r in found if isinstance(r, Report) and r.published and date(2022, 2, 14) <= r.published <= AS_OF]


@functools.cache
def ledger() -> Store:
    """Those reports and the hostile one, coded once for all tests of a run."""
    home = tempfile.TemporaryDirectory(prefix="brink-serve-")
    store = open_store(str(Path(home.name) / "ledger.sqlite"))
    atexit.register(home.cleanup)
    atexit.register(store.close)
    reports: list[Report | Rejection] = [*days_of_the_withdrawal(), HOSTILE]
    list(chronicle.read_in(store, reports, coding.load_register(None)))
    return store


@functools.cache
def server() -> Server:
    """The server that tests share: it changes nothing, so they cannot disturb each other."""
    return started(Desk(ledger(), load_crisis(SAMPLE / "crisis.toml"), AS_OF))


def started(desk: Desk, door: Door | None = None) -> Server:
    """A server of its own; it ends with the run."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    bound.listen(64)
    running = uvicorn.Server(
        uvicorn.Config(create_app(desk, door=door), log_level="error", access_log=False, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not running.started and thread.is_alive():
        time.sleep(0.01)
    atexit.register(_stop, running, thread)
    return Server(f"http://127.0.0.1:{bound.getsockname()[1]}", desk)


def _stop(running: uvicorn.Server, thread: threading.Thread) -> None:
    running.should_exit = True
    thread.join(5)
