"""Single sentences with their events marked in the line, written for the vocabulary of triggers -> Documents.

`train/sentences/*.txt`, one sentence a line; an empty line or one that starts with `#` counts for nothing:

    [Britain|a] {rebuked|ACCUSE.disapprove} [the ambassador|r] over the raid.
    [The king|a] {vowed|CONCEDE >RETREAT.release} to <free|RETREAT> [the sailors|r].
    [Rebels|a1] {stormed|1 ASSAULT *} [the fort|r1] [overnight|t1] and {freed|2 RETREAT.release} [40 inmates|r2q2].

`{words|TYPE.mode.mode}` is a trigger: with a number where a sentence has several, `*` on the main one of several, `@`
where somebody's statement tells it, `!neg !fut !hyp !hist` for auxiliary modes, `>TYPE.mode` for its deed (`>!TYPE` a
deed denied). `<words|TYPE>` are the deed's own words. `[words|…]` is a party or circumstance: letters a (actor),
r (recipient), p (place), t (time), q (quantity), each with the number of its event (1 if none). A line without a
trigger tells no event.
`python -m brink_train.sentences FILE…` says how many there are of each type, or which line is wrong.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from brink_train.documents import Choice, Document, Mark, Tie
from brink_train.heads import EVENT_TYPES, MODES

FOLDER = Path(__file__).parents[1] / "sentences"
HEADS = ("event", "deed", "party", "circumstance")
LINKS = ("actor", "recipient", "place", "time", "quantity")
SPAN = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}|\[([^\[\]|]+)\|([^\[\]|]+)\]|<([^<>|]+)\|([^<>|]+)>")
ROLES = {"a": "actor", "r": "recipient", "p": "place", "t": "time", "q": "quantity"}
AUX = {"!neg": "negation", "!fut": "future", "!hyp": "hypothetical", "!hist": "historical"}
WITH_DEED = ("AGREE", "CONCEDE", "THREATEN", "REQUEST")


def load(folder: Path = FOLDER) -> list[Document]:
    """A Document for every line of every file. Raises ValueError naming the line that cannot be read."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    found.append(read(line.strip(), f"{path.stem}{number}"))
                except (ValueError, KeyError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error} in: {line}") from error
    return found


def read(line: str, name: str) -> Document:
    """One line as a Document. Raises ValueError or KeyError for what the form does not know."""
    text, spans = plain(line)
    doc = Document("sentences", name, text, [(0, len(text))], HEADS, links=LINKS)
    triggers = [(at, end, tag) for kind, at, end, tag in spans if kind == "{"]
    numbered: dict[int, int] = {}
    for at, end, tag in triggers:
        numbered[_trigger(doc, at, end, tag.split(), alone=len(triggers) == 1)] = at
    if len(numbered) < len(triggers):
        raise ValueError("two triggers with one number")
    if triggers and sum("main" in c.answers for c in doc.choices if c.head == "flag") != 1:
        raise ValueError("not exactly one main event")
    for kind, at, end, tag in spans:
        if kind == "<":
            doc.marks.append(Mark("deed", _known(tag, EVENT_TYPES), at, end))
        elif kind == "[":
            _role(doc, at, end, tag, numbered)
    return doc


def plain(line: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    """The bare sentence, and its spans as (bracket, start, end, tag)."""
    text, spans, last = "", [], 0
    for m in SPAN.finditer(line):
        text += line[last : m.start()]
        words, tag = next((m[i], m[i + 1]) for i in (1, 3, 5) if m[i])
        spans.append((m[0][0], len(text), len(text) + len(words), tag))
        text += words
        last = m.end()
    text += line[last:]
    if re.search(r"[{}|<>\[\]]", text):
        raise ValueError("a bracket that is not closed, or one within another")
    return text, spans


def _trigger(doc: Document, at: int, end: int, tags: list[str], alone: bool) -> int:
    number = int(tags.pop(0)) if tags[0].isdigit() else 1
    kind, *modes = tags.pop(0).split(".")
    doc.marks.append(Mark("event", _known(kind, EVENT_TYPES), at, end))
    deed = next((t[1:] for t in tags if t.startswith(">")), None)
    flags = [("main", alone or "*" in tags), ("attributed", "@" in tags), ("deed_negation", (deed or "")[:1] == "!")]
    doc.choices += [
        Choice("flag", at, tuple(name for name, yes in flags if yes)),
        Choice("aux", at, tuple(AUX[t] for t in tags if t.startswith("!"))),
        Choice("mode", at, tuple(_known(m, MODES) for m in modes)),
    ]
    if kind in WITH_DEED:
        deed_kind, *deed_modes = (deed or "none").lstrip("!").split(".")
        doc.choices.append(Choice("deed_type", at, (_known(deed_kind, ("none", *EVENT_TYPES)),)))
        doc.choices.append(Choice("deed_mode", at, tuple(_known(m, MODES) for m in deed_modes)))
    return number


def _role(doc: Document, at: int, end: int, tag: str, numbered: dict[int, int]) -> None:
    for letter, digit in re.findall(r"([a-z])(\d?)", tag):
        role = ROLES[letter]
        head = numbered[int(digit or 1)]
        mark = Mark("party", "party", at, end) if letter in "ar" else Mark("circumstance", role, at, end)
        if mark not in doc.marks:
            doc.marks.append(mark)
        doc.ties.append(Tie(role, head, at))


def _known(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise ValueError(f"unknown name '{name}'")
    return name


if __name__ == "__main__":
    counted: Counter[str] = Counter()
    for argument in map(Path, sys.argv[1:]):
        for n, row in enumerate(argument.read_text("utf-8").splitlines(), 1):
            if row.strip() and not row.startswith("#"):
                try:
                    kinds = [m.kind for m in read(row.strip(), str(n)).marks if m.head == "event"]
                    counted.update(kinds or ["no event"])
                except (ValueError, KeyError, IndexError) as wrong:
                    print(f"{argument.name}:{n}: {wrong!r} in: {row}")
    print(dict(counted.most_common()))
