"""What every answer carries and every request must bear: security headers, an ETag, a size limit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends our own forms with "Origin: null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
BODY_BYTES = 7_000_000
"""Largest body of a request: the longest report, in JSON at its most wasteful."""


class Headed:
    """Adds the security headers to every answer, unless a page brings a policy of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class Tagged:
    """Gives an answer to GET an ETag of its body, and "not modified" to who has it already."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        held = _Held(send, Headers(scope=scope).get("if-none-match", ""))
        await self.app(scope, receive, held.take)


class _Held:
    """An answer that waits for its end, since its tag goes ahead of it; streams without an end do not wait."""

    def __init__(self, send: Send, known: str) -> None:
        self.send, self.known = send, known
        self.start: Message | None = None
        self.body: list[bytes] = []

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_wait(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self.finish(self.start, b"".join(self.body))

    async def finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(scope=start)
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "private, no-cache")
        if tag in _tags(self.known):
            start["status"] = 304
            del headers["content-length"], headers["content-type"]
            body = b""
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def _may_wait(start: Message) -> bool:
    """What does not say how long it is comes piece by piece, and brings a tag of its own if it has one."""
    return start["status"] == 200 and "content-length" in Headers(raw=start["headers"])


def _tags(header: str) -> Iterable[str]:
    return [tag.strip() for tag in header.split(",")]


class Bounded:
    """Refuses a body that is larger than the limit, whether it says so or not."""

    def __init__(self, app: ASGIApp, limit: int = BODY_BYTES) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        said = Headers(scope=scope).get("content-length", "0")
        if said.isdigit() and int(said) > self.limit:
            return await _refuse(send)
        left = self.limit

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:  # the connection counts as broken: what came so far is no whole request
                return {"type": "http.disconnect"}
            return message

        await self.app(scope, counted, send)


async def _refuse(send: Send) -> None:
    body = b'{"error":{"code":"too_large","message":"The request is larger than the limit set."}}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
