"""Asking a server that the user named: a request with its own headers, an answer whatever its status.

No robots.txt is asked and no redirect followed; deadline, limit and the check of addresses are those of `fetch`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpcore
import httpx

from brink.errors import FetchError, Reason
from brink.http.line import Line
from brink.http.visitor import _address
from brink.settings import Settings


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, its headers (names in lower case) and its body."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def ask(method: str, url: str, settings: Settings, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    """Send one request and give the answer. Raises FetchError with its reason where there is none."""
    asked = _address(url)
    with Line(settings) as line:
        try:
            request = line.client.build_request(method, asked, headers=headers, content=body)
            return _answer(line.client.send(request, stream=True), settings.page_bytes)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise line.clock.late(asked.host) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            raise FetchError(Reason.UNREACHABLE, f"{asked.host} cannot be reached or broke off.") from error


def _answer(response: httpx.Response, limit: int) -> Answer:
    held = bytearray()
    try:
        for chunk in response.iter_bytes():
            held += chunk
            if len(held) > limit:
                raise FetchError(Reason.TOO_LARGE, f"The answer is larger than {limit:,} bytes, the most that is read.")
    finally:
        response.close()
    return Answer(response.status_code, dict(response.headers.items()), bytes(held))
