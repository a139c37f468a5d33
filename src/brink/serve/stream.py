"""New and changed happenings as server-sent events, while others read reports into the ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from brink.errors import UsageError
from brink.serve.asking import Words
from brink.serve.desk import Desk
from brink.serve.views.rows import row

router = APIRouter()
SECONDS = 2.0
"""Between two looks at the ledger."""
OPEN = 100
"""Streams at once."""
Mark = tuple[object, str, date]
"""What a moment is known by, the ledger's state and day."""


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
        mark, state, day = await run_in_threadpool(_mark, desk, crisis)
        yield f"retry: 5000\n: the ledger stands at {day}\n\n"
        while not await request.is_disconnected():
            await asyncio.sleep(SECONDS)
            if await run_in_threadpool(desk.state, crisis) == state and day == desk.day:
                yield ": nothing new\n\n"
                continue
            told, (mark, state, day) = await run_in_threadpool(_news, desk, crisis, mark)
            for one in told:
                yield one
    except UsageError:
        return  # the crisis was taken away meanwhile
    finally:
        state.streams -= 1


def _mark(desk: Desk, crisis: str | None) -> Mark:
    """Where the ledger stands."""
    moment = desk.moment(None, crisis)
    try:
        return moment.mark(), moment.revision, moment.day
    finally:
        moment.close()


def _news(desk: Desk, crisis: str | None, mark: object) -> tuple[list[str], Mark]:
    """What is new, changed or gone since a mark, as events, and the next mark."""
    now = desk.moment(None, crisis)
    try:
        fresh, gone = now.since(mark)
        told = [_event("happening", row(now, h)) for h in fresh] + [_event("gone", {"id": id}) for id in gone]
        return told, (now.mark(), now.revision, now.day)
    finally:
        now.close()


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
