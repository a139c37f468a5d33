"""The only way out to the web: `fetch(url, settings)` gives one Page, or raises FetchError with its reason.

`fetch_changed` gives a page only if it has changed since it was seen; `post` hands a body to a server the user named.

They keep to one deadline, a size limit (also after unpacking), a redirect limit and robots.txt, name themselves, and
speak to no private, loopback, link-local, reserved or multicast address unless `allow_private` is set. Proxies named in
the environment are not used, because behind a proxy nobody could check where a request goes.

    visitor   manners: robots.txt, waiting between pages, redirects followed by hand
    line      one visit: requests, bodies within their limit
    gate      connections: resolved once, checked, pinned, under the deadline
"""

from brink.http.line import Page, StatusError
from brink.http.visitor import fetch, fetch_changed, is_private, post

__all__ = ["Page", "StatusError", "fetch", "fetch_changed", "is_private", "post"]
