"""Whole reports with statements and events marked in the line -> Documents.

`train/reports/*.txt`: one sentence a line, reports parted by empty lines; a line that starts with `#` is ignored:

    [The governor|s1a1] <said|c1 say> «1 [two convoys|a2q2] had {left|2 RETREAT.withdraw @} [Dunmore|p2]».
    [Radio Lir|y2] <quoted|c2 deny> [a rebel spokesman|s2] as saying «2 nobody had {moved|3 RETREAT.withdraw !neg @}».

Spans may lie within each other. `{words|…}` and `<words|TYPE>` are triggers and deeds as in `sentences.py`, numbers
running through the report; `<words|c1 say>` is the cue of statement 1 with its class, `«1 …»` its content. In
`[words|…]` the letters a, r, p, t, q tie to events, s (speaker) and y (relay) to statements, each with its number;
`u quantity` is an admission of ignorance. `~possible` in a trigger is its certainty.
`python -m brink_train.reports FILE…` counts, or says which report is wrong; with `--of DOCS.jsonl OUT` the texts are
somebody else's, and lines of `standoff/*.jsonl` are written, offsets by each document's `starts`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brink_train.documents import Choice, Document, Mark, Tie
from brink_train.heads import ATTRIBUTES, CERTAINTIES, CUE_CLASSES, EVENT_TYPES, MODES
from brink_train.sentences import AUX, ROLES, WITH_DEED

FOLDER = Path(__file__).parents[1] / "reports"
HEADS = ("attribution", "content", "content_inner", "event", "deed", "party", "circumstance", "unknown")
LINKS = ("speaker", "relay", "content", "actor", "recipient", "place", "time", "quantity")
CLOSING = {"{": "}", "[": "]", "<": ">", "«": "»"}


@dataclass(slots=True)
class _Report:
    """What was read so far: heads by number, and what ties to them."""

    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    spans: list[tuple[str, int, int, str]] = field(default_factory=list)


def load(folder: Path = FOLDER) -> list[Document]:
    """A Document for every report of every file. Raises ValueError naming the report that cannot be read."""
    return [doc for path in sorted(folder.glob("*.txt")) for doc in in_file(path)]


def in_file(path: Path) -> Iterator[Document]:
    """A Document for every report of one file. Raises ValueError naming the report that cannot be read."""
    for number, block in blocks(path):
        try:
            yield read(block, f"{path.stem}{number}")
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{path.name}, report at line {number}: {error}") from error


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of each report, with the number of its first line."""
    held: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            held.append(line.strip())
        elif held:
            yield number - len(held), held
            held = []


def read(lines: list[str], name: str) -> Document:
    """One report as a Document. Raises ValueError, KeyError or IndexError for what the form does not know."""
    report = _Report()
    for line in lines:
        report.text += " " if report.text else ""
        left = len(report.text)
        _spans(report, line)
        report.sentences.append((left, len(report.text)))
    doc = Document("reports", name, report.text, report.sentences, HEADS, links=LINKS)
    events = _triggers(doc, report)
    statements = _statements(doc, report)
    for kind, at, end, tag in report.spans:
        if kind == "<" and tag in EVENT_TYPES:
            doc.marks.append(Mark("deed", tag, at, end))
        elif kind == "[":
            _roles(doc, (at, end), tag, events, statements)
    return doc


def _spans(report: _Report, line: str) -> None:
    """Add a line's bare words and its spans (bracket, start, end, tag) to the report."""
    stack: list[tuple[str, int, str]] = []
    i = 0
    while i < len(line):
        c = line[i]
        if c in CLOSING:
            number = re.match(r"«(\d+) ", line[i:]) if c == "«" else None
            stack.append((c, len(report.text), number[1] if number else ""))
            i += len(number[0]) if number else 1
        elif c == "|":
            if not stack or stack[-1][0] == "«":
                raise ValueError(f"a | outside of brackets in: {line}")
            bracket, at, _ = stack.pop()
            end = line.find(CLOSING[bracket], i)
            if end < 0:
                raise ValueError(f"{bracket} is not closed in: {line}")
            report.spans.append((bracket, at, len(report.text), line[i + 1 : end].strip()))
            i = end + 1
        elif c in CLOSING.values():
            if c != "»" or not stack or stack[-1][0] != "«":
                raise ValueError(f"{c} closes nothing in: {line}")
            bracket, at, tag = stack.pop()
            report.spans.append((bracket, at, len(report.text), tag))
            i += 1
        else:
            report.text += c
            i += 1
    if stack:
        raise ValueError(f"{stack[-1][0]} is not closed in: {line}")


def _triggers(doc: Document, report: _Report) -> dict[int, int]:
    """Marks every event; offsets of triggers by number."""
    found: dict[int, int] = {}
    for left, right in report.sentences:
        inside = [s for s in report.spans if s[0] == "{" and left <= s[1] < right]
        mains = 0
        for _, at, end, tag in inside:
            number = _trigger(doc, at, end, tag.split(), len(inside) == 1)
            if number in found:
                raise ValueError(f"two triggers with number {number}")
            found[number] = at
            mains += "*" in tag.split()
        if len(inside) > 1 and mains != 1:
            raise ValueError(f"not exactly one main event (*) in: {report.text[left:right]}")
    return found


def _trigger(doc: Document, at: int, end: int, tags: list[str], alone: bool) -> int:
    number, kind, *modes = int(tags[0]), *tags[1].split(".")
    doc.marks.append(Mark("event", _known(kind, EVENT_TYPES), at, end))
    deed = next((t[1:] for t in tags if t.startswith(">")), "")
    flags = [("main", alone or "*" in tags), ("attributed", "@" in tags), ("deed_negation", deed[:1] == "!")]
    doc.choices += [
        Choice("flag", at, tuple(name for name, yes in flags if yes)),
        Choice("aux", at, tuple(AUX[t] for t in tags if t.startswith("!"))),
        Choice("mode", at, tuple(_known(m, MODES) for m in modes)),
        Choice("certainty", at, (_known(next((t[1:] for t in tags if t[0] == "~"), "certain"), CERTAINTIES),)),
    ]
    if kind in WITH_DEED:
        deed_kind, *deed_modes = (deed or "none").lstrip("!").split(".")
        doc.choices.append(Choice("deed_type", at, (_known(deed_kind, ("none", *EVENT_TYPES)),)))
        doc.choices.append(Choice("deed_mode", at, tuple(_known(m, MODES) for m in deed_modes)))
    return number


def _statements(doc: Document, report: _Report) -> dict[int, int]:
    """Marks cues and contents; offsets of what a speaker ties to (the cue, else the content) by number."""
    contents = {int(tag): (at, end) for kind, at, end, tag in report.spans if kind == "«" and tag}
    cues: dict[int, int] = {}
    for kind, at, end, tag in report.spans:
        if kind == "<" and (parts := re.fullmatch(r"c(\d+) (\w+)", tag)):
            cues[int(parts[1])] = at
            doc.marks.append(Mark("attribution", "cue", at, end))
            doc.choices.append(Choice("class", at, (_known(parts[2], CUE_CLASSES),)))
        elif kind == "<" and tag not in EVENT_TYPES:
            raise ValueError(f"neither a cue (c1 say) nor a type: {tag}")
    for number, (at, end) in contents.items():
        inner = any(a <= at and end <= b and (a, b) != (at, end) for a, b in contents.values())
        doc.marks.append(Mark("content_inner" if inner else "content", "inner" if inner else "outer", at, end))
        if number in cues:
            doc.ties.append(Tie("content", cues[number], at))
        else:
            doc.choices.append(Choice("class", at, ("say",)))
    return {number: at for number, (at, _) in contents.items()} | cues


def _roles(doc: Document, span: tuple[int, int], tag: str, events: dict[int, int], statements: dict[int, int]) -> None:
    if tag.startswith("u "):
        doc.marks.append(Mark("unknown", _known(tag[2:], ATTRIBUTES), *span))
        return
    if not re.fullmatch(r"([arptqsy]\d+\s*)+", tag):
        raise ValueError(f"not roles with numbers (a1 r2 s1): {tag}")
    for letter, digits in re.findall(r"([a-z])(\d+)", tag):
        if letter in "sy":
            kind, head, of = {"s": "speaker", "y": "relay"}[letter], "attribution", statements
        else:
            kind, of = ROLES[letter], events
            head = "party" if letter in "ar" else "circumstance"
        if int(digits) not in of:
            raise ValueError(f"{letter}{digits} names nothing that is marked")
        mark = Mark(head, "party" if head == "party" else kind, *span)
        if mark not in doc.marks:
            doc.marks.append(mark)
        doc.ties.append(Tie(kind, of[int(digits)], span[0]))


def _known(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise ValueError(f"unknown name '{name}'")
    return name


def laid_over(doc: Document, record: dict[str, Any]) -> dict[str, Any]:
    """One line of `standoff/*.jsonl`: the document's marks at the offsets of the original text.

    Raises ValueError where a sentence is not the original's.
    """
    told = [doc.text[a:b] for a, b in doc.sentences]
    if told != record["sentences"]:
        wrong = next((t for t, o in zip(told, record["sentences"], strict=False) if t != o), "number of sentences")
        raise ValueError(f"{doc.id}: not as in the original: {wrong}")

    def there(at: int) -> int:
        n = max(i for i, (a, _) in enumerate(doc.sentences) if a <= at)
        return int(record["starts"][n]) + at - doc.sentences[n][0]

    return {
        "id": record["of"],
        "marks": [[m.head, m.kind, there(m.start), there(m.end - 1) + 1] for m in doc.marks],
        "choices": [[c.head, there(c.at), list(c.answers)] for c in doc.choices],
        "ties": [[t.kind, there(t.head), there(t.tail)] for t in doc.ties],
        "since": record["starts"][0],
        "until": record["starts"][-1] + len(record["sentences"][-1]),
        "statements": True,
    }


def _count(paths: list[Path]) -> None:
    counted: Counter[str] = Counter()
    for path in paths:
        for number, block in blocks(path):
            try:
                doc = read(block, str(number))
            except (ValueError, KeyError, IndexError) as wrong:
                print(f"{path.name}:{number}: {wrong!r}")
                continue
            told = [m.start for m in doc.marks if m.head == "event"]
            counted["reports"] += 1
            counted["sentences"] += len(doc.sentences)
            counted["without event"] += sum(not any(a <= t < b for t in told) for a, b in doc.sentences)
            counted.update(m.kind for m in doc.marks if m.head in ("event", "attribution"))
            counted.update(x for c in doc.choices if c.head == "aux" for x in c.answers)
    print(dict(counted.most_common()))


def _write(texts: Path, path: Path, out: Path) -> None:
    records = {r["id"]: r for r in map(json.loads, texts.read_text("utf-8").splitlines())}
    current, held, rows = "", [], []

    def finish() -> None:
        if held:
            try:
                rows.append(laid_over(read(held, current), records[current]))
            except (ValueError, KeyError, IndexError) as wrong:
                print(f"{current}: {wrong!r}")

    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# id="):
            finish()
            current, held = line[5:].strip(), []
        elif line.strip() and not line.startswith("#"):
            held.append(line.strip())
    finish()
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    print(f"{len(rows)} documents")


if __name__ == "__main__":
    if sys.argv[1] == "--of":
        _write(*map(Path, sys.argv[2:5]))
    else:
        _count([Path(a) for a in sys.argv[1:]])
