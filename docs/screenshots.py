"""Takes the pictures of every page into docs/screenshots: `make screenshots`.

python docs/screenshots.py LEDGER CRISIS DAY [PAGE …]
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import cast

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from brink.ledger import load_crisis
from brink.serve import Desk, create_app
from brink.settings import in_force
from brink.store import open_store

OUT = Path(__file__).parent / "screenshots"
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
TALLEST = 1400
"""Pixels of a page that a picture shows; what is below looks the same."""
LIKES = {
    "desk-light": {"viewport": DESK, "color_scheme": "light"},
    "desk-dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone-light": {"viewport": PHONE, "color_scheme": "light"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
}
PAGES = {
    "crisis": "/?since=2022-02-14", "map": "/?since=2022-02-01", "happenings": "/happenings", "report": "/reports/u036",
    "reports": "/reports", "actors": "/actors", "actor": "/actors/RUS", "pair": "/pair?a=RUS&b=UKR",
    "promises": "/promises", "sources": "/sources", "search": "/search?q=withdrawal", "health": "/health",
    "settings": "/settings", "about": "/about", "replay": "/?as_of=2022-02-15",
}  # fmt: skip


def main(ledger: str, crisis: str, day: str, *only: str) -> None:
    """Take the pictures of all pages, or of those named."""
    OUT.mkdir(exist_ok=True)
    with open_store(ledger, make=False) as store, sync_playwright() as player:
        desk = Desk(store, load_crisis(Path(crisis)), date.fromisoformat(day), settings=in_force())
        address = _served(desk)
        told = [h for h in desk.moment().happenings if h.status == "contradicted"] or list(desk.moment().happenings)
        pages = PAGES | {"happening": f"/happenings/{max(told, key=lambda h: len(h.reports)).id}"}
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        flags = [*root, "--enable-unsafe-swiftshader"]
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name in only or pages:
            for like in LIKES:
                _take(browser, address + pages[name], name, like)
        browser.close()


def _take(browser: Browser, address: str, name: str, like: str) -> None:
    context = browser.new_context(**LIKES[like])
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="domcontentloaded")
    if name == "map":
        _open_map(page)
    for _ in range(2):  # what is as tall as the window grows with it
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    if name == "map":
        page.wait_for_timeout(2000)
    picture = page.locator("#where").screenshot() if name == "map" else page.screenshot()
    _keep(picture, OUT / f"{name}-{like}.png")
    context.close()


def _open_map(page: Page) -> None:
    page.locator("#where > summary").press("Enter")
    page.wait_for_selector("#map[data-drawn]")


def _keep(picture: bytes, path: Path) -> None:
    """In few colours, so that the repository stays small."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST)))
    image.quantize(palette=_palette(image), dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.name, path.stat().st_size)


def _palette(image: Image.Image) -> Image.Image:
    """The commonest colours as they are, for grounds, and the most unlike ones, for the small marks of the classes."""
    unlike = (image.quantize(24, method=Image.Quantize.MAXCOVERAGE).getpalette() or [])[: 24 * 3]
    counted = sorted(image.getcolors(image.width * image.height) or [], reverse=True)
    common = [value for _, colour in counted[:8] for value in cast(tuple[int, ...], colour)]
    held = Image.new("P", (1, 1))
    held.putpalette((common + unlike + common[:3] * 256)[: 256 * 3])
    return held


def _served(desk: Desk) -> str:
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    bound.listen(64)
    running = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="error"))
    threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True).start()
    while not running.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


if __name__ == "__main__":
    main(*sys.argv[1:])
