"""The outside world -> Report | Rejection.

`read(where, options)` takes a path, an http(s) address or "-" (standard input, given in the options) and gives one
report, or for JSONL, feeds and WARC archives one item after the other, in order. Whatever cannot be read becomes a
Rejection with a reason and one sentence; nothing is dropped in silence. Read are plain text, Markdown, saved or fetched
HTML, JSONL, feeds (RSS, Atom, JSON Feed) and WARC, each plain or in gzip, in UTF-8 or what the input declares.

`parse_feed` gives a feed's items and `article` the report that one becomes, for those who watch a feed.

    reader     the order of things: open, unpack, tell the kind, read, check
    folders    which files of a folder are read
    sources    files, addresses and standard input as streams of bytes
    unpack     gzip in pieces, limits, lines
    kinds      which kind of input, and what is no text at all
    encoding   bytes -> text
    page, markdown, jsonl, archives      one module a format; each gives drafts
    pages      an input that is a single report -> its draft
    feeds, fragments, articles      feeds -> items, HTML in them -> text, an item -> Report
    drafts     a draft -> Report: the checks that every format shares
    dates, language            what the checks need
"""

from brink.intake.articles import article
from brink.intake.drafts import IntakeOptions
from brink.intake.feeds import Feed, Item, Origin
from brink.intake.feeds import parse as parse_feed
from brink.intake.folders import expanded, passed_over
from brink.intake.reader import read

__all__ = ["Feed", "IntakeOptions", "Item", "Origin", "article", "expanded", "parse_feed", "passed_over", "read"]
