"""One visit to the web: requests over checked connections, and bodies that are never held beyond their limit."""

from __future__ import annotations

import functools
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import httpcore
import httpx

from brink.errors import FetchError, Reason
from brink.http.gate import Clock, Gate, short
from brink.settings import Settings

CHUNK = 64 * 1024

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Page:
    """What a web server gave: its bytes, unpacked, and what it says about them.

    `url` is the address asked for, `final_url` the one that answered; `content_type` is in lower case without
    parameters, `charset` as declared, in lower case; both are None where the server says nothing. `headers` are the
    answer's, names in lower case; `moved` is the address that the page has moved to for good, None if it stays.
    """

    url: str
    final_url: str
    content: bytes
    content_type: str | None
    charset: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a page is instead; `status` says whether for good (301, 308)."""

    location: str
    status: int


class StatusError(FetchError):
    """The server refused. Its status is kept because robots.txt reads it, and how long it asks to be left alone."""

    def __init__(self, url: httpx.URL, response: httpx.Response) -> None:
        name = f"{response.status_code} {response.reason_phrase}".strip()
        super().__init__(Reason.HTTP_STATUS, f"{url.host} answered {name} instead of sending the page.")
        self.status = response.status_code
        self.retry_after = response.headers.get("retry-after")


class Line:
    """One visit: a client over checked connections, all under one deadline."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(time.monotonic() + settings.timeout, settings.timeout)
        headers = {"User-Agent": settings.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        wire = Wire(Gate(self.clock, settings.allow_private))
        self.client = httpx.Client(transport=wire, headers=headers, trust_env=False, timeout=settings.timeout)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, url: httpx.URL, limit: int, cut: bool, asking: Mapping[str, str] | None = None) -> Page | Redirect:
        """The page, or where it redirects to. `cut`: stop at the limit instead of refusing; `asking`: more headers."""
        return self._send(self.client.build_request("GET", url, headers=asking), limit, cut)

    def post(self, url: httpx.URL, body: bytes, limit: int, asking: Mapping[str, str]) -> Page | Redirect:
        """What a server answers to `body`."""
        return self._send(self.client.build_request("POST", url, content=body, headers=asking), limit, cut=True)

    def _send(self, request: httpx.Request, limit: int, cut: bool) -> Page | Redirect:
        url = request.url
        try:
            with closing(self.client.send(request, stream=True)) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return Redirect(response.headers["location"], response.status_code)
                if not response.is_success:
                    raise StatusError(url, response)
                content = _content(response, limit, cut)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise self.clock.late(url.host) from error
        except (httpx.RemoteProtocolError, httpx.InvalidURL) as error:
            # The connection's own troubles are httpcore's: this one is httpx reading a redirect.
            raise FetchError(Reason.BAD_URL, f"{url.host} redirects to what is no web address.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            raise FetchError(Reason.UNREACHABLE, _trouble(url.host, error)) from error
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
        return Page(str(url), str(url), content, kind, response.charset_encoding, dict(response.headers.items()))


def _trouble(host: str, error: Exception) -> str:
    if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
        return f"{host} has no certificate that can be trusted, so it was not read."
    if isinstance(error, httpcore.ConnectError):
        return f"{host} cannot be reached: {_plain(error)}."
    return f"{host} broke off or did not speak HTTP: {_plain(error)}."


def _plain(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or "no reason was given"


def _content(response: httpx.Response, limit: int, cut: bool) -> bytes:
    """The body, unpacked while it comes in, never more than `limit` bytes of it held."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in ("gzip", "x-gzip"):
        chunks = _unpacked(response.iter_raw(CHUNK))
    elif packing in ("", "identity"):
        chunks = response.iter_raw(CHUNK)
    else:
        raise FetchError(Reason.CONTENT_TYPE, f"The page came packed as '{short(packing)}', which was not asked for.")
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > limit and not cut:
            raise FetchError(Reason.TOO_LARGE, f"The page is larger than {limit:,} bytes, the most that is read.")
        if len(held) >= limit and cut:
            break
    return bytes(held[:limit])


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gzip taken apart in pieces of at most CHUNK bytes, so that a bomb meets the size limit before it goes off."""
    engine = zlib.decompressobj(31)
    for chunk in chunks:
        data = chunk
        while data and not engine.eof:
            try:
                yield engine.decompress(data, CHUNK)
            except zlib.error as error:
                raise FetchError(Reason.UNREACHABLE, "The page came as damaged gzip; try again later.") from error
            data = engine.unconsumed_tail
    yield engine.flush()
    if not engine.eof:
        raise FetchError(Reason.UNREACHABLE, "The page broke off before its end; try again later.")


class Wire(httpx.BaseTransport):
    """httpx over a connection pool whose every connection goes through the gate."""

    def __init__(self, gate: Gate) -> None:
        self.pool = httpcore.ConnectionPool(ssl_context=_trust(), network_backend=gate, max_keepalive_connections=2)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass one request on."""
        address = request.url
        url = httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
        )  # fmt: skip
        answer = self.pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )  # fmt: skip

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self.answer.iter_stream()

    def close(self) -> None:
        self.answer.close()


@functools.cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()
