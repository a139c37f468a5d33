"""The application: routes, guards and errors around one desk."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

import brink
from brink.serve import api, crises, files, guard, marking, pages, problems, stream, writing
from brink.serve.desk import Desk
from brink.serve.door import Door, Guarded

ABOUT = "Who did what to whom in a crisis, who says so and through whom. Brink never says what is true."
OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names by which a browser may call a server on the loopback: another one would be somebody's DNS trick."""


def create_app(desk: Desk, hosts: Sequence[str] = OWN_NAMES, door: Door | None = None) -> FastAPI:
    """The pages and the API over one ledger. `hosts` are the names by which it may be called, "*" for any; `door` tells
    who may come in, by default everybody."""
    app = FastAPI(
        title="Brink", version=brink.__version__, description=ABOUT, openapi_url="/api/v1/openapi.json",
        docs_url=None, redoc_url=None, generate_unique_id_function=_name,
    )  # fmt: skip
    app.state.desk, app.state.door = desk, door or Door()
    problems.install(app)
    app.include_router(files.router, prefix="/api/v1")
    app.include_router(files.router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(marking.router)
    app.include_router(crises.router)
    app.include_router(stream.router)
    app.include_router(pages.router)
    app.include_router(writing.router)
    static = resources.files("brink.serve") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    app.add_middleware(guard.Tagged)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)  # 9 takes five times as long for 2 % less
    app.add_middleware(Guarded, door=app.state.door)
    app.add_middleware(guard.Bounded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(guard.Headed)
    return app


def _name(route: APIRoute) -> str:
    return route.name
