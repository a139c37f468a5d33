"""Manners on the web: whose page may be read, when, and how far a redirect is followed."""

from __future__ import annotations

import functools
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import httpx
from protego import Protego

from brink.errors import FetchError, Reason
from brink.http.gate import is_private as host_is_private
from brink.http.gate import short
from brink.http.line import Line, Page, Redirect, StatusError
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

_FOR_GOOD = frozenset({301, 308})

Permit = Callable[[Line, httpx.URL], None]


def fetch(url: str, settings: Settings, patience: float | None = None) -> Page:
    """Get one page over http or https.

    Waits first if the last page of the same site came less than `settings.fetch_delay` seconds ago, a Crawl-delay may
    lengthen that; `patience` is the longest wait between two pages of a site that the caller allows. Raises FetchError
    with its reason: BAD_URL, PRIVATE_ADDRESS, UNREACHABLE, TIMEOUT, REDIRECTS, ROBOTS, HTTP_STATUS, CONTENT_TYPE
    (a packing that was not asked for) or TOO_LARGE.
    """
    page = _visitor(settings).page(url, patience, {}, settings.page_bytes)
    assert page is not None  # only who asks with conditions is told that nothing has changed
    return page


def fetch_changed(
    url: str, settings: Settings, seen: Mapping[str, str], limit: int, patience: float | None = None
) -> Page | None:
    """Get a page of at most `limit` bytes unless it is the one `seen` before (its etag and last-modified headers).

    `seen` may also say which media types to `accept`.
    None where the server says that nothing has changed; else, and in what it raises, like `fetch`.
    """
    asking = {ask: seen[name] for name, ask in _CONDITIONS.items() if seen.get(name)}
    return _visitor(settings).page(url, patience, asking, limit)


def post(url: str, body: bytes, headers: Mapping[str, str], settings: Settings) -> None:
    """Give `body` to a web server; it took it if it answers 2xx. No robots.txt is asked: the user named the address.

    Raises FetchError with its reason, like `fetch`; a redirect is an error (HTTP_STATUS), lest a body go astray.
    """
    asked = _address(url)
    with Line(settings) as line:
        answer = line.post(asked, body, ROBOTS_BYTES, headers)
    if isinstance(answer, Redirect):
        raise FetchError(
            Reason.HTTP_STATUS, f"{asked.host} answered {answer.status}, a redirect; name its new address."
        )


def is_private(url: str, settings: Settings) -> bool:
    """Whether an address leads to private, loopback or other closed networks alone."""
    try:
        return host_is_private(_address(url).host, settings.timeout)
    except FetchError:
        return False


_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since", "accept": "Accept"}


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

    def page(self, url: str, patience: float | None, asking: Mapping[str, str], limit: int) -> Page | None:
        """One page, its redirects followed by hand; None where it has not changed since the time `asking` names."""
        asked = _address(url)
        self._wait(asked, patience)
        try:
            with Line(self.settings) as line:
                return _follow(line, asked, limit, self._permit, asking)
        except StatusError as error:
            if asking and error.status == httpx.codes.NOT_MODIFIED:
                return None
            raise

    def _wait(self, url: httpx.URL, patience: float | None) -> None:
        site, now = _site(url), time.monotonic()
        rules = self.robots[site].rules if site in self.robots else None
        asked = (rules.crawl_delay(self.settings.user_agent) if rules and self.settings.robots else None) or 0.0
        with self.lock:
            turn = max(now, self.due.get(site, now))
            delay = max(self.settings.fetch_delay, min(asked, LONGEST_DELAY))
            self.due[site] = turn + (delay if patience is None else min(delay, patience))
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


def _follow(
    line: Line, url: httpx.URL, limit: int, permit: Permit | None, asking: Mapping[str, str] | None = None
) -> Page:
    """Ask for `url`, then for where it sends us; `permit` is asked before each page."""
    asked, seen, home, for_good = url, {url}, url, True
    while True:
        if permit:
            permit(line, url)
        answer = line.get(url, limit, cut=permit is None, asking=asking)
        if isinstance(answer, Page):
            return replace(answer, url=str(asked), moved=str(home) if home != asked else None)
        url = _next(url, answer.location)
        for_good = for_good and answer.status in _FOR_GOOD
        home = url if for_good else home
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
