"""What the tests of http share: settings, refusals, and names that resolve as a test wants them to."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Iterator

import pytest

from brink.errors import FetchError
from brink.http import fetch, visitor
from brink.settings import Settings

SETTINGS = Settings(timeout=5.0, allow_private=True, fetch_delay=0.0, page_bytes=200_000)


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Ports are used again, so no test may know another one's robots.txt."""
    visitor._visitor.cache_clear()
    yield


def refused(url: str, settings: Settings = SETTINGS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, settings)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and len(message) < 300
    return caught.value


def with_(**changes: object) -> Settings:
    return dataclasses.replace(SETTINGS, **changes)  # type: ignore[arg-type]


def answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """Names resolve to each round's addresses in turn, the last one for ever; gives the names asked for."""
    asked: list[str] = []

    real = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        if host[0].isdigit():  # an address already, as connections ask for it
            return list(real(host, port, *rest, **named))
        asked.append(host)
        found = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked
