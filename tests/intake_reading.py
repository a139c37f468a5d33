"""What the tests of intake share: a page, and short ways to read one thing."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from brink.http import visitor
from brink.intake import IntakeOptions, read
from brink.records import Rejection, Report
from brink.settings import Settings

SETTINGS = Settings(timeout=2.0, allow_private=True, fetch_delay=0.0, robots=False)

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Brigade leaves harbour | The Harbour Post</title><meta property="og:site_name" content="The Harbour Post">
<meta property="og:title" content="Brigade leaves harbour">
<meta property="article:published_time" content="2023-03-04T21:20:00Z">
<link rel="canonical" href="https://post.example/2023/03/04/brigade"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Brigade leaves harbour</h1>
<p>PORT ALDER, March 4 (Wire) - The defence ministry said on Saturday that troops were <b>leaving</b> the town,
as <a href="/x">reported</a> earlier.</p><p>“We are going home,” Colonel Ada Brandt said.<br>She did not say when.</p>
<h2>What next</h2><ul><li>One brigade stays in the valley.</li><li>The rest returns by <i>rail</i>.</li></ul>
<blockquote><p>It is not clear how many soldiers are leaving, the ministry said.</p></blockquote>
<table><tr><th>Unit</th><th>Soldiers</th></tr><tr><td>First</td><td>200</td></tr></table>
<p>Nobody at the harbour knew what would become of the camp.</p></article>
<footer>Copyright 2024 The Harbour Post</footer></body></html>"""

PAGE_TEXT = """PORT ALDER, March 4 (Wire) - The defence ministry said on Saturday that troops were leaving the town, \
as reported earlier.

“We are going home,” Colonel Ada Brandt said.
She did not say when.

What next

One brigade stays in the valley.

The rest returns by rail.

It is not clear how many soldiers are leaving, the ministry said.

Unit Soldiers

First 200

Nobody at the harbour knew what would become of the camp."""


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    visitor._visitor.cache_clear()
    yield


def options(stdin: bytes | None = None, settings: Settings = SETTINGS, **given: str) -> IntakeOptions:
    return IntakeOptions(settings=settings, stdin=None if stdin is None else io.BytesIO(stdin), **given)


def one(where: str, chosen: IntakeOptions | None = None) -> Report | Rejection:
    (item,) = read(where, chosen or options())
    return item


def report(where: str, chosen: IntakeOptions | None = None) -> Report:
    item = one(where, chosen)
    assert isinstance(item, Report), item
    return item


def rejection(where: str, chosen: IntakeOptions | None = None) -> Rejection:
    item = one(where, chosen)
    assert isinstance(item, Rejection), item
    check_sentence(item)
    return item


def check_sentence(item: Rejection) -> None:
    """One sentence, on one line, and short enough to be read."""
    assert item.message[0].isupper() or item.message[0] == "'" or item.message.split()[0] in item.where
    assert item.message.endswith(".") and "\n" not in item.message
    assert ". " not in item.message and len(item.message) < 250


def from_stdin(content: bytes, settings: Settings = SETTINGS, **given: str) -> Report | Rejection:
    return one("-", options(content, settings, **given))
