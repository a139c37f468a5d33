"""Who works on what: each watcher has a name, and what a dead one held is free at once on its own machine."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path


def new_holder() -> str:
    """A name for this watcher: machine, process and a random word."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def dead(holders: Iterable[str], own: str) -> list[str]:
    """Those holders whose process on this machine is gone, `own` process under an earlier name included."""
    host, pid, _ = own.rsplit("/", 2)
    found = []
    for holder in holders:
        parts = holder.rsplit("/", 2)
        if len(parts) == 3 and parts[0] == host and holder != own and (parts[1] == pid or not _runs(parts[1])):
            found.append(holder)
    return found


def _runs(pid: str) -> bool:
    """Whether a process runs; one that ended and was not yet collected does not."""
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state not in ("Z", "X")
