"""The pages in a real browser: Debian's chromium, headless, on the loopback alone."""

from __future__ import annotations

import gzip
import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from brink import chronicle, coding
from brink.records import Report
from brink.serve import Desk
from brink.store import open_store
from serve_places import AS_OF, HOSTILE, ledger, server, started

PAGES = (
    "/",
    "/happenings",
    "/reports/u036",
    "/actors/RUS",
    "/promises",
    "/sources",
    "/search?q=withdrawal",
    "/health",
    "/settings",
)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
DRAWING = ["--disable-gpu", "--enable-unsafe-swiftshader"]
"""WebGL without a graphics card, for the map."""
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    binary = shutil.which("chromium")
    assert binary, "There is no chromium: make setup, or apt-get install chromium"
    with sync_playwright() as player:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = player.chromium.launch(executable_path=binary, args=[*as_root, *DRAWING])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Open a page in a browser of its own, which notes what it complains of and whom it asks."""
    contexts = []

    def visit(path: str, **like: Any) -> Page:
        context = browser.new_context(base_url=server().address, **({"viewport": DESK} | like))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.asked, page.complaints = [], []  # type: ignore[attr-defined]
        page.on("request", lambda r: page.asked.append(r.url))  # type: ignore[attr-defined]
        page.on("console", lambda m: page.complaints.append(m.text))  # type: ignore[attr-defined]
        page.on("pageerror", lambda e: page.complaints.append(str(e)))  # type: ignore[attr-defined]
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()


def test_a_first_visit_brushes_and_reads_on(opened: Opened) -> None:
    page = opened("/")
    chart = page.locator(".wide svg.tension")
    box = chart.bounding_box()
    assert box
    y = box["y"] + 60
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=2022-**")
    since, until = (page.locator(f"#period input[name={n}]").input_value() for n in ("since", "until"))
    assert since < until <= "2022-02-17"
    page.goto("/?since=2022-02-15&until=2022-02-17")
    page.locator("#changed ~ .rows a.line").first.click()
    expect(page.locator(".telling").first).to_be_visible()
    page.locator(".chain a").first.click()
    expect(page.locator(".text")).to_be_visible()
    assert all(address.startswith(server().address) for address in page.asked)  # type: ignore[attr-defined]
    assert page.complaints == []  # type: ignore[attr-defined]


def test_the_page_remembers_the_last_visit_in_the_browser_alone(opened: Opened) -> None:
    page = opened("/")
    expect(page.locator("#visit")).to_be_hidden()
    page.evaluate("localStorage.setItem('brink:Ukraine 2022 (reconstruction)', '2022-02-15')")
    page.reload()
    page.locator("#visit").click()
    assert "since=2022-02-15" in page.url and page.context.cookies() == []


def test_highlights_toggle_and_the_keyboard_reaches_them(opened: Opened) -> None:
    page = opened("/reports/u036")
    event = page.locator("a.m-event").first
    assert "underline" in event.evaluate("e => getComputedStyle(e).textDecorationLine")
    page.locator("#show-event").press("Space")
    assert event.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    event.press("Enter")
    target = page.locator(".cards li:target")
    assert "#" + str(target.get_attribute("id")) == event.get_attribute("href") and "sure" in target.inner_text()
    page.locator("body").press("/")
    page.locator("#quick:focus").fill("kindergarten")
    page.locator("#quick").press("Enter")
    expect(page.locator(".hits mark").first).to_be_visible()


def test_a_page_says_when_the_ledger_is_fed(browser: Browser, tmp_path: Path) -> None:
    ledger().backup(tmp_path / "copy.sqlite")
    with open_store(str(tmp_path / "copy.sqlite")) as store:
        one = started(Desk(store, as_of=AS_OF))
        context = browser.new_context(base_url=one.address)
        page = context.new_page()
        with page.expect_response("**/api/v1/stream"):
            page.goto("/")
        expect(page.locator("#live")).to_be_hidden()
        report = Report("late", "Iran has seized a tanker of Greece, the Greek ministry said.", published=AS_OF)
        list(chronicle.read_in(store, [report], coding.load_register(None)))
        expect(page.locator("#live")).to_contain_text("new or changed", timeout=20_000)
        page.locator("#live a").click()
        expect(page.locator("#changed ~ .rows").first).to_contain_text("Greece")
        context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_coding_is_marked_with_and_without_script(browser: Browser, tmp_path: Path, script: bool) -> None:
    ledger().backup(tmp_path / "copy.sqlite")
    with open_store(str(tmp_path / "copy.sqlite")) as store:
        one = started(Desk(store, as_of=AS_OF))
        context = browser.new_context(base_url=one.address, java_script_enabled=script)
        page = context.new_page()
        page.goto("/reports/u036")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Note").fill("a plan, no deed")
        page.get_by_role("button", name="e1 is wrong").click()
        expect(page.locator("#e1 .word")).to_contain_text("Marked wrong by Ada")
        expect(page.get_by_label("Your name")).to_have_value("Ada" if script else "")
        assert [(m.coding, m.verdict, m.note) for m in store.markings("u036")] == [("e1", "wrong", "a plan, no deed")]
        context.close()


def test_the_map_is_loaded_when_it_is_opened_and_asks_this_server_alone(opened: Opened) -> None:
    page = opened("/?since=2022-02-14")
    assert not any("/static/map/" in address for address in page.asked)  # type: ignore[attr-defined]
    page.locator("#where > summary").click()
    page.wait_for_selector("#map[data-drawn] canvas", timeout=60_000)
    assert any(address.endswith("/static/map/worker.js") for address in page.asked)  # type: ignore[attr-defined]
    assert all(address.startswith((server().address, "blob:")) for address in page.asked)  # type: ignore[attr-defined]
    refused = [m for m in page.complaints if "Content Security" in m or "Error" in m]  # type: ignore[attr-defined]
    assert refused == []
    expect(page.locator("#map")).to_contain_text("Natural Earth")
    expect(page.locator("#where table")).to_contain_text("Shown as")
    page.reload()
    page.wait_for_selector("#map[data-drawn]", timeout=60_000)


def test_the_first_page_is_small() -> None:
    sizes = [len(gzip.compress(server().get(p).text.encode())) for p in ("/", "/static/brink.css", "/static/brink.js")]
    assert sum(sizes) < 300_000


def test_the_map_has_a_list_without_script(opened: Opened) -> None:
    page = opened("/?since=2022-02-14", java_script_enabled=False)
    page.locator("#where > summary").click()
    page.locator("#where table a").first.click()
    assert "/happenings/" in page.url


def test_all_works_without_script(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    page.get_by_role("link", name="Happenings", exact=True).click()
    page.locator(".facets").get_by_text("Disputed").click()
    assert "status=contradicted" in page.url
    page.goto("/?as_of=2022-02-15")
    expect(page.locator(".past")).to_contain_text("Replay.")
    page.goto("/reports/u036")
    page.locator("#show-statement").click()
    expect(page.locator(".ref").first).to_be_hidden()


def test_a_hostile_report_runs_nothing(opened: Opened) -> None:
    page = opened("/reports/" + quote(HOSTILE.id, safe=""))
    assert "owned" not in page.title() and page.locator("main img, main script").count() == 0
    assert "<script>" in page.locator(".text").inner_text()
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_a_screen_and_on_a_phone(opened: Opened, path: str) -> None:
    axe = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    for like in ({"color_scheme": "light"}, {"color_scheme": "dark", "viewport": PHONE}):
        page = opened(path, **like)
        page.evaluate(axe)
        result = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
        broken = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in result["violations"]]
        assert broken == [], like
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
