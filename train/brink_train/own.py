"""The project's own sets (wikinews-plover, re3d-plover, wire-plover, ukraine2014-plover, corpus/) -> Documents.

Their form is told in `annotation-guide.md`: texts of spans, found again in their sentences here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from brink_train.documents import Choice, Document, Mark, Tie

Json = dict[str, Any]
EVENT_HEADS = ("attribution", "content", "content_inner", "event", "deed", "party", "circumstance", "unknown")
LINKS = ("speaker", "relay", "content", "actor", "recipient", "place", "time", "quantity")
DATE_LINE = re.compile(r"\w+day, |(?:\w+,? )?\w+ \d{1,2},? \d{4}")


def load(folder: Path, leave_out: frozenset[str] = frozenset()) -> list[Document]:
    """Documents of one folder, those named in `leave_out` left out."""
    docs = {str(d["id"]): d for d in _lines(folder / "docs.jsonl")}
    mentions = {}
    if (folder / "mentions.jsonl").exists():
        mentions = {str(m["id"]): m for m in _lines(folder / "mentions.jsonl")}
    found = []
    for record in _lines(folder / "annotations.jsonl"):
        name = str(record["id"])
        if name not in leave_out:
            found.append(_Reader(folder.name, docs[name], record, mentions.get(name)).document)
    return found


def annotated(name: str, doc: Json, record: Json) -> Document:
    """One document of set `name` with its statements, events and unknowns."""
    return _Reader(name, doc, record, None).document


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


class _Reader:
    """Builds one Document; what cannot be found in the text is left out, as the scorer does."""

    def __init__(self, name: str, doc: Json, record: Json, mentions: Json | None) -> None:
        self.sentences: list[str] = doc["sentences"]
        self.offsets = self._layout()
        text = self.text
        heads = (*(("mention",) if mentions else ()), *EVENT_HEADS)
        spans = [(o, o + len(s)) for o, s in zip(self.offsets, self.sentences, strict=True) if o is not None]
        self.document = Document(name, str(doc["id"]), text, spans, heads, links=LINKS)
        if mentions:
            self._mentions(mentions)
        contents = self._statements(record["statements"])
        for event in record["events"]:
            self._event(event, contents)
        for unknown in record.get("unknowns", []):
            span = self._find(unknown["s"], unknown["text"])
            self._mark("unknown", unknown["attr"], span)

    def _layout(self) -> list[int | None]:
        text, offsets, n = "", [], 0
        for i, sentence in enumerate(self.sentences):
            if i == 0 and DATE_LINE.fullmatch(sentence.strip()):
                offsets.append(None)
                continue
            if text:
                text += "\n\n" if n % 3 == 0 else " "
            offsets.append(len(text))
            text += sentence
            n += 1
        self.text = text
        return offsets

    def _find(self, s: int, wanted: Any) -> tuple[int, int] | None:
        base = self.offsets[s]
        if wanted is None or base is None:
            return None
        text, k = (wanted[0], wanted[1]) if isinstance(wanted, list) else (wanted, None)
        sentence = self.sentences[s]
        places = [m.start() for m in re.finditer(re.escape(text), sentence)] if text else []
        if k is None:
            whole = [p for p in places if _whole(sentence, p, p + len(text))]
            places, k = whole or places, 0
        return (base + places[k], base + places[k] + len(text)) if len(places) > k else None

    def _near(self, s: int, wanted: Any) -> tuple[int, int] | None:
        """The span in its sentence, else in the nearest sentence before, else after."""
        for i in (*range(s, -1, -1), *range(s + 1, len(self.sentences))):
            span = self._find(i, wanted if i == s or not isinstance(wanted, list) else wanted[0])
            if span:
                return span
        return None

    def _content(self, statement: Json) -> tuple[int, int] | None:
        s, content = statement.get("content_s", statement["s"]), statement["content"]
        base = self.offsets[s]
        if base is None or content is None:
            return None
        if isinstance(content, list) and isinstance(content[1], str):
            sentence = self.sentences[s]
            left = sentence.find(content[0])
            right = sentence.find(content[1], max(left, 0))
            return (base + left, base + right + len(content[1])) if left >= 0 and right >= 0 else None
        return self._find(s, content)

    def _mark(self, head: str, kind: str, span: tuple[int, int] | None) -> None:
        if span and (mark := Mark(head, kind, *span)) not in self.document.marks:
            self.document.marks.append(mark)

    def _statements(self, statements: list[Json]) -> list[tuple[int, int] | None]:
        contents = [self._content(s) for s in statements]
        for statement, content in zip(statements, contents, strict=True):
            self._statement(statement, content, contents)
        return contents

    def _statement(self, st: Json, content: tuple[int, int] | None, others: list[tuple[int, int] | None]) -> None:
        speaker = self._near(st.get("speaker_s", st["s"]), st["speaker"])
        cue = self._find(st["s"], st["cue"])
        relays = [r for r in (self._near(st["s"], x) for x in st["relay"]) if r]
        self._mark("attribution", "speaker", speaker)
        self._mark("attribution", "cue", cue)
        for relay in relays:
            self._mark("attribution", "relay", relay)
        if content:
            inside = any(o and o != content and o[0] <= content[0] and content[1] <= o[1] for o in others)
            self._mark("content_inner" if inside else "content", "inner" if inside else "outer", content)
        head = cue or content
        if not head:
            return
        self.document.choices.append(Choice("class", head[0], (st["class"],)))
        ties = [("speaker", speaker), *(("relay", r) for r in relays), ("content", content if cue else None)]
        self.document.ties += [Tie(kind, head[0], span[0]) for kind, span in ties if span]

    def _event(self, e: Json, contents: list[tuple[int, int] | None]) -> None:
        trigger = self._find(e["s"], e["t"])
        if not trigger:
            return
        self._mark("event", e["e"], trigger)
        self._circumstances(e, trigger[0])
        deed = e.get("d")
        kind = deed[0] if isinstance(deed, list) and deed[0] else "none"
        flags = [("main", e.get("main")), ("attributed", e.get("st") is not None)]
        flags.append(("deed_negation", isinstance(deed, list) and len(deed) > 3))
        add = self.document.choices.append
        add(Choice("flag", trigger[0], tuple(k for k, yes in flags if yes)))
        add(Choice("aux", trigger[0], tuple(e["aux"])))
        add(Choice("certainty", trigger[0], (e["c"],)))
        add(Choice("mode", trigger[0], tuple(e["m"])))
        add(Choice("context", trigger[0], tuple(e.get("x") or ())))
        if e["e"] in ("AGREE", "CONCEDE", "THREATEN", "REQUEST"):
            add(Choice("deed_type", trigger[0], (kind,)))
            if kind != "none":
                add(Choice("deed_mode", trigger[0], tuple(deed[1] or ())))
                self._mark("deed", kind, self._find(e["s"], deed[2]) if len(deed) > 2 else None)

    def _circumstances(self, e: Json, at: int) -> None:
        ties: list[tuple[str, tuple[int, int] | None]] = []
        for role, parties in (("actor", e["a"]), ("recipient", e["r"])):
            for party in parties:
                span = self._near(e["s"], party[0])
                self._mark("party", "party", span)
                ties.append((role, span))
        number = e["n"]["text"] if e["n"] else None
        for kind, wanted in (("place", e["loc"]), ("time", e["time"]), ("quantity", number)):
            span = self._near(e["s"], wanted) if wanted else None
            self._mark("circumstance", kind, span)
            ties.append((kind, span))
        self.document.ties += [Tie(kind, at, span[0]) for kind, span in ties if span]

    def _mentions(self, record: Json) -> None:
        changed = {(s, surface, k): kind for s, surface, k, kind, *_ in record.get("except", [])}
        spans: list[tuple[int, int, str]] = []
        for s, sentence in enumerate(self.sentences):
            base = self.offsets[s]
            if base is None:
                continue
            for surface, kind, *_ in record["mentions"]:
                for left, k in _occurrences(sentence, surface):
                    label = changed.get((s, surface, k), kind)
                    if label:
                        spans.append((base + left, base + left + len(surface), label))
            for (at, surface, k), kind in changed.items():
                if at == s and kind and not any(m[0] == surface for m in record["mentions"]):
                    spans += [
                        (base + p, base + p + len(surface), kind) for p, n in _occurrences(sentence, surface) if n == k
                    ]
        # "Russian" inside "Russian Foreign Ministry" is not a mention there: the longest span wins.
        taken: list[tuple[int, int]] = []
        for left, right, label in sorted(spans, key=lambda x: (x[0] - x[1], x[0])):
            if all(right <= a or left >= b for a, b in taken):
                taken.append((left, right))
                self._mark("mention", label, (left, right))


def _whole(text: str, left: int, right: int) -> bool:
    return (left == 0 or not text[left - 1].isalnum()) and (right == len(text) or not text[right].isalnum())


def _occurrences(sentence: str, surface: str) -> list[tuple[int, int]]:
    """Starts of whole-word occurrences, numbered from 0 among them."""
    starts = [m.start() for m in re.finditer(re.escape(surface), sentence)]
    return [(p, k) for k, p in enumerate(p for p in starts if _whole(sentence, p, p + len(surface)))]
