"""New and changed happenings as server-sent events, while others read reports into the ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from brink.serve.asking import Words
from brink.serve.desk import Desk
from brink.serve.moment import Moment
from brink.serve.views.rows import row
from brink.store.pages import revision

router = APIRouter()
SECONDS = 2.0
"""Between two looks at the ledger."""
OPEN = 100
"""Streams at once."""


@router.get("/api/v1/stream", tags=["lists"], response_class=StreamingResponse)
async def get_stream(request: Request, crisis: Words = None) -> StreamingResponse:
    """Server-sent events from now on: `happening` for each that is new or changed (a row), `gone` (an id)."""
    state = request.app.state
    if getattr(state, "streams", 0) >= OPEN:
        raise HTTPException(503)
    if crisis and crisis not in state.desk.crises:
        raise HTTPException(404)
    return StreamingResponse(_events(request, state.desk, crisis), media_type="text/event-stream")


async def _events(request: Request, desk: Desk, crisis: str | None) -> AsyncIterator[str]:
    state = request.app.state
    state.streams = getattr(state, "streams", 0) + 1
    try:
        before = await run_in_threadpool(desk.moment, None, crisis)
        yield f"retry: 5000\n: the ledger stands at {before.day}\n\n"
        while not await request.is_disconnected():
            await asyncio.sleep(SECONDS)
            if await run_in_threadpool(revision, desk.store) == before.revision and before.day == desk.day:
                yield ": nothing new\n\n"
                continue
            now = await run_in_threadpool(desk.moment, None, crisis)
            for one in changes(before, now):
                yield one
            before = now
    finally:
        state.streams -= 1


def changes(before: Moment, now: Moment) -> list[str]:
    """What is new, changed or gone between two moments, as events."""
    fresh = [h for h in now.happenings if before.by_id.get(h.id) != h]
    found = [_event("happening", row(now, h)) for h in fresh]
    return found + [_event("gone", {"id": id}) for id in sorted(before.by_id.keys() - now.by_id.keys())]


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
