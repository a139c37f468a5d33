"""The door: who comes in. Without tokens everybody on this machine does; with them only who holds one.

A program sends its token with each request; a browser signs in once and gets a cookie that no script can read and no
other site can use. Whatever changes something must come from our own pages.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from brink.serve.problems import answer
from brink.serve.tokens import Holder, Tokens

COOKIE = "__Host-brink"
HOURS = 12
PER_MINUTE = 300
"""Requests a minute with one token; and of those who bring none."""
TRIES = 10
"""Wrong tokens a minute that one address may try."""
OPEN = ("/static/", "/sign-in")
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass
class Turnstile:
    """Counts what somebody did within the last minute."""

    seen: dict[str, deque[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def full(self, who: str, limit: int, count: bool = True) -> bool:
        """Whether `who` has used up the limit; counts this time too unless told not to."""
        now = time.monotonic()
        with self.lock:
            if len(self.seen) > 10_000:
                self.seen = {name: held for name, held in self.seen.items() if held and held[-1] > now - 60}
            held = self.seen.setdefault(who, deque())
            while held and held[0] <= now - 60:
                held.popleft()
            if len(held) >= limit:
                return True
            if count:
                held.append(now)
            return False


@dataclass
class Door:
    """Tokens (None: everybody is let in), the browsers that have signed in, and how often who came."""

    tokens: Tokens | None = None
    sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    requests: Turnstile = field(default_factory=Turnstile)
    tries: Turnstile = field(default_factory=Turnstile)

    def sign_in(self, token: str) -> str | None:
        """A session for who holds this token, None for nobody."""
        held = self.tokens.holder(token) if self.tokens else None
        if held is None:
            return None
        now = time.time()
        self.sessions = {key: row for key, row in self.sessions.items() if row[1] > now}
        session = secrets.token_urlsafe(32)
        self.sessions[session] = (held.sha256, now + HOURS * 3600)
        return session

    def sign_out(self, session: str) -> None:
        """End a session."""
        self.sessions.pop(session, None)

    def holder(self, headers: Headers) -> Holder | None:
        """Who sends a request: by its token, else by its cookie; a revoked token ends its sessions too."""
        if self.tokens is None:
            return None
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self.tokens.holder(token.strip())
        sha, until = self.sessions.get(session_of(headers), ("", 0.0))
        alive = sha and until > time.time()
        return next((h for h in self.tokens.holders() if h.sha256 == sha), None) if alive else None


def session_of(headers: Headers) -> str:
    """The session that a browser's cookie names, "" for none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def from_our_pages(headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


class Guarded:
    """Asks at the door before anything else looks at a request."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request, headers = Request(scope), Headers(scope=scope)
        if scope["method"] not in SAFE and not from_our_pages(headers):
            return await answer(request, 403)(scope, receive, send)
        holder = self.door.holder(headers)
        request.state.inside = self.door.tokens is None or holder is not None
        request.state.holder, request.state.may_write = (
            holder,
            self.door.tokens is None or bool(holder and holder.may_write),
        )
        request.state.signed_in = bool(session_of(headers)) and holder is not None
        who = holder.name if holder else f"nobody at {request.client.host if request.client else ''}"
        if self.door.tokens is not None and self.door.requests.full(who, PER_MINUTE):
            return await answer(request, 429)(scope, receive, send)
        if request.state.inside or request.url.path.startswith(OPEN):
            return await self.app(scope, receive, send)
        if request.url.path.startswith("/api/"):
            refused = answer(request, 401)
            refused.headers["WWW-Authenticate"] = "Bearer"
            return await refused(scope, receive, send)
        await RedirectResponse("/sign-in", 303)(scope, receive, send)
