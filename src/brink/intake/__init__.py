"""The outside world -> Report | Rejection.

`read(where, options)` takes a path, an http(s) address or "-" (standard input, given in the options) and gives one
report, or for a JSONL input one item a line, in order. Whatever cannot be read becomes a Rejection with a reason and
one sentence; nothing is dropped in silence. Read are plain text, Markdown, saved or fetched HTML and JSONL, each
plain or in gzip, in UTF-8 or what the input declares.

    reader     the order of things: open, unpack, tell the kind, read, check
    folders    which files of a folder are read
    sources    files, addresses and standard input as streams of bytes
    unpack     gzip in pieces, limits, lines
    kinds      which kind of input, and what is no text at all
    encoding   bytes -> text
    page, markdown, jsonl      one module a format; each gives drafts
    drafts     a draft -> Report: the checks that every format shares
    dates, language            what the checks need
"""

from brink.intake.drafts import IntakeOptions
from brink.intake.folders import expanded
from brink.intake.reader import read

__all__ = ["IntakeOptions", "expanded", "read"]
