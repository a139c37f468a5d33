"""Manners on the web: whose page may be read, when, and how far a redirect is followed."""

from __future__ import annotations

import functools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from brink.errors import FetchError, Reason
from brink.http.gate import short
from brink.http.line import Line, Page, StatusError
from brink.settings import Settings

ROBOTS_BYTES = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least and allows to stop there."""
ROBOTS_SECONDS = 24 * 3600.0
"""How long a robots.txt is remembered; RFC 9309 says a day at most."""
TROUBLE_SECONDS = 600.0
"""How long a site whose robots.txt could not be served counts as closed before it is asked again."""
LONGEST_DELAY = 30.0
"""Seconds a site's Crawl-delay can make Brink wait between two of its pages."""

_HOST = re.compile(rb"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?|[0-9a-f:.]*:[0-9a-f:.%]*", re.IGNORECASE)

Permit = Callable[[Line, httpx.URL], None]


def fetch(url: str, settings: Settings) -> Page:
    """Get one page over http or https.

    Waits first if the last page of the same site came less than `settings.fetch_delay` seconds ago. Raises FetchError
    with its reason: BAD_URL, PRIVATE_ADDRESS, UNREACHABLE, TIMEOUT, REDIRECTS, ROBOTS, HTTP_STATUS, CONTENT_TYPE
    (a packing that was not asked for) or TOO_LARGE.
    """
    return _visitor(settings).page(url)


@functools.lru_cache(maxsize=8)
def _visitor(settings: Settings) -> _Visitor:
    return _Visitor(settings)


@dataclass(slots=True)
class _Robots:
    """A site's robots.txt as parsed, or the words that say why all its pages count as closed."""

    rules: Protego | None
    closed: str | None
    since: float

    def stale(self) -> bool:
        """Whether it must be asked for again."""
        return time.monotonic() - self.since > (TROUBLE_SECONDS if self.closed else ROBOTS_SECONDS)


@dataclass(slots=True)
class _Visitor:
    """Manners towards sites: what each one's robots.txt says and when its next page may be asked for."""

    settings: Settings
    robots: dict[str, _Robots] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def page(self, url: str) -> Page:
        """One page, its redirects followed by hand."""
        asked = _address(url)
        self._wait(asked)
        with Line(self.settings) as line:
            return _follow(line, asked, self.settings.page_bytes, self._permit)

    def _wait(self, url: httpx.URL) -> None:
        site, now = _site(url), time.monotonic()
        rules = self.robots[site].rules if site in self.robots else None
        asked = (rules.crawl_delay(self.settings.user_agent) if rules and self.settings.robots else None) or 0.0
        with self.lock:
            turn = max(now, self.due.get(site, now))
            self.due[site] = turn + max(self.settings.fetch_delay, min(asked, LONGEST_DELAY))
        if turn > now:
            time.sleep(turn - now)

    def _permit(self, line: Line, url: httpx.URL) -> None:
        """Raise FetchError if the site's robots.txt closes this page to Brink."""
        if not self.settings.robots:
            return
        site = _site(url)
        known = self.robots.get(site)
        if known is None or known.stale():
            known = self.robots[site] = _read_robots(line, url)
        if known.closed:
            raise FetchError(Reason.ROBOTS, f"{url.host} is not read because {known.closed}.")
        if known.rules and not known.rules.can_fetch(str(url), self.settings.user_agent):
            raise FetchError(Reason.ROBOTS, f"The robots.txt of {url.host} asks programs not to read this page.")


def _read_robots(line: Line, url: httpx.URL) -> _Robots:
    """RFC 9309: no such file opens the whole site, a server in trouble closes it."""
    now = time.monotonic()
    try:
        found = _follow(line, url.copy_with(raw_path=b"/robots.txt"), ROBOTS_BYTES, None)
    except StatusError as error:
        closed = f"its robots.txt answers {error.status}" if error.status >= 500 else None
        return _Robots(None, closed, now)
    except FetchError as error:
        # Too many redirects or an unreadable packing count as "no such file"; a dead or forbidden line does not.
        if error.reason in (Reason.REDIRECTS, Reason.CONTENT_TYPE, Reason.BAD_URL):
            return _Robots(None, None, now)
        raise
    return _Robots(Protego.parse(found.content.decode("utf-8", "replace")), None, now)


def _address(text: str) -> httpx.URL:
    """An absolute http or https address without its fragment."""
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise FetchError(Reason.BAD_URL, f"'{short(text)}' is not a web address.") from error
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host):
        raise FetchError(Reason.BAD_URL, f"'{short(text)}' is not an http or https address with a host name.")
    if url.userinfo:
        raise FetchError(Reason.BAD_URL, "The address carries a user name or password; give it without them.")
    return url


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _follow(line: Line, url: httpx.URL, limit: int, permit: Permit | None) -> Page:
    """Ask for `url`, then for where it sends us; `permit` is asked before each page."""
    asked, seen = url, {url}
    while True:
        if permit:
            permit(line, url)
        answer = line.get(url, limit, cut=permit is None)
        if isinstance(answer, Page):
            return Page(str(asked), answer.final_url, answer.content, answer.content_type, answer.charset)
        url = _next(url, answer)
        if url in seen:
            raise FetchError(Reason.REDIRECTS, f"{asked.host} redirects in a circle, so there is no page to read.")
        if len(seen) > line.settings.redirects:
            raise FetchError(
                Reason.REDIRECTS,
                f"{asked.host} redirects more than {line.settings.redirects} times, the limit set.",
            )
        seen.add(url)


def _next(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return _address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(Reason.BAD_URL, f"{url.host} redirects to '{short(location)}', no web address.") from error
