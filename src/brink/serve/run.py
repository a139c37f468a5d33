"""Running the application on a host and a port."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from brink.errors import UsageError
from brink.serve.app import OWN_NAMES, create_app
from brink.serve.desk import Desk
from brink.serve.door import Door
from brink.serve.naming import ready
from brink.serve.tokens import Tokens
from brink.tension import changes


def serve(desk: Desk, host: str, port: int, told: Callable[[str], object], tokens: Tokens | None = None) -> None:
    """Serve until interrupted; `told` is given the address once it is bound. `port` 0 takes a free one.

    With `tokens` only who holds one is let in. Raises UsageError where others can reach the host and nobody holds a
    token, or where the port cannot be had.
    """
    if not is_loopback(host) and not (tokens and tokens.holders()):
        raise UsageError(
            f"'{host}' can be reached by others, and nobody holds a token: make one with `brink token add`."
        )
    bound = _bound(host, port)
    name = f"[{host}]" if ":" in host else host
    told(f"http://{name}:{bound.getsockname()[1]}/")
    app = create_app(desk, (*OWN_NAMES, name) if is_loopback(host) else ("*",), Door(tokens))
    at_ease()
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[bound])


def at_ease() -> None:
    """Keep the garbage collector from what the program itself is made of: going through its 150,000 objects takes a
    tenth of a second, which would fall on some request or other; a page's own records come and go by the thousand."""
    ready()  # names and office holders, which are most of them, would come later
    changes.ready()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 100)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on this host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        one.bind((host, port))
        one.listen(128)
    except (OSError, OverflowError) as error:
        one.close()
        why = getattr(error, "strerror", None) or "it is no port"
        raise UsageError(f"Port {port} on {host} cannot be had ({why}); choose another with --port.") from error
    return one
