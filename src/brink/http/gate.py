"""Connections to the open internet alone, and none that outlasts its deadline.

Each name is resolved once per connection, every address it has is checked, and the connection goes to a checked
address: a name that changes its answer between check and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

import httpcore

from brink.errors import FetchError, Reason

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
# Set aside for documentation in 2024 (RFC 9637), which older Pythons do not know.
_EXAMPLES = ipaddress.IPv6Network("3fff::/20")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Clock:
    """The deadline of one visit."""

    end: float
    seconds: float

    def left(self, asked: float | None = None) -> float:
        """Seconds left, at most `asked`; raises httpcore.ReadTimeout when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left if asked is None else min(left, asked)

    def late(self, host: str) -> FetchError:
        """The error to raise when the time is up."""
        return FetchError(Reason.TIMEOUT, f"{host} did not send the page within {self.seconds:g} seconds.")


class Gate(httpcore.NetworkBackend):
    """Opens connections: to checked addresses alone, and no longer than the deadline allows."""

    def __init__(self, clock: Clock, allow_private: bool) -> None:
        self.clock = clock
        self.allow_private = allow_private
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address of `host` that answers."""
        trouble: Exception = httpcore.ConnectError("it has no address")
        for address in self._checked(host, port):
            try:
                stream = self.sockets.connect_tcp(
                    address, port, self.clock.left(timeout), local_address, socket_options
                )
                return _Timed(stream, self.clock)
            except httpcore.ConnectError as error:
                trouble = error
        raise trouble

    def _checked(self, host: str, port: int) -> list[str]:
        addresses = _resolve(host, port, self.clock)
        for address in () if self.allow_private else addresses:
            if not _public(address):
                raise FetchError(
                    Reason.PRIVATE_ADDRESS,
                    f"{host} leads to {address}, a private or local address, which is refused unless allowed.",
                )
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection on which no operation outlasts the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self.stream, self.clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.clock.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self.stream.start_tls(ssl_context, server_hostname, self.clock.left(timeout))
        return _Timed(stream, self.clock)

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


def _resolve(host: str, port: int, clock: Clock) -> list[str]:
    """All addresses of a host. The look-up runs beside us because the system's own can take far too long."""
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(row[4][0]) for row in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answer.get(timeout=clock.left())
    except queue.Empty:
        raise clock.late(host) from None
    if isinstance(found, Exception):
        raise FetchError(Reason.UNREACHABLE, f"{short(host)} is not known as a host name here.") from found
    return found


def _public(address: str) -> bool:
    """Whether an address lies on the open internet. Addresses that carry another one are judged by that one."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    if ip.ipv4_mapped or ip in _NAT64:
        return _public(str(ip.ipv4_mapped or ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    inner = [ip.sixtofour] if ip.sixtofour else list(ip.teredo or ())
    return (
        ip in _GLOBAL_V6
        and ip not in _EXAMPLES
        and (ip.is_global or bool(inner))
        and all(_public(str(one)) for one in inner)
    )


def is_private(host: str, seconds: float) -> bool:
    """Whether a host has addresses, and none of them on the open internet."""
    try:
        addresses = _resolve(host, 0, Clock(time.monotonic() + seconds, seconds))
    except FetchError:
        return False
    return bool(addresses) and not any(_public(address) for address in addresses)


def short(text: str) -> str:
    """The text in one line of at most 120 characters, as a refusal can quote it."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:117] + "..."
