"""Texts of other people's corpora that were read for this project: no labels of their own are used.

Every function gives Documents without heads; `standoff.read` lays the annotations over them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from brink_train.documents import Document
from brink_train.others import sentences_of

STORY = 9
"""How many sentences of a story of ngec-synthetic are read."""
RUN = 10
"""How many consecutive sentences of uds-ih2 make a document."""


def pairs(folder: Path) -> list[Document]:
    """Every sentence of plv-train, those without a codable event too."""
    with (folder / "PLV_train.tsv").open(encoding="utf-8", newline="") as file:
        told = [row["sentence"].strip() for row in csv.DictReader(file, delimiter="\t")]
    untold = [line.strip() for line in (folder / "no_event.txt").read_text("utf-8").splitlines()]
    found = [_alone(f"plv:{n}", text) for n, text in enumerate(told)]
    return found + [_alone(f"plv-none:{n}", text) for n, text in enumerate(untold) if text]


def stories(folder: Path, names: frozenset[str]) -> list[Document]:
    """The named rows of ngec-synthetic's machine-written stories, their first sentences."""
    archive = zipfile.ZipFile(next((folder / "setup/train_classifiers").glob("gpt_synthetic*.zip")))
    found = []
    with archive.open(archive.namelist()[0]) as file:
        for number, row in enumerate(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))):
            if str(number) in names:
                text = row["text"].strip()
                found.append(Document("stories", str(number), text, sentences_of(text)[:STORY], ()))
    return found


def weblogs(folder: Path, names: frozenset[str]) -> list[Document]:
    """Runs of ten consecutive sentences of uds-ih2's training part (weblogs and newsgroups), named by the first."""
    rows = [json.loads(line) for line in (folder / "train.jsonl").read_text("utf-8").splitlines()]
    texts = [_joined(row["text"]) for row in rows]
    found = []
    for at, row in enumerate(rows):
        if f"uds:{row['idx']}" in names:
            found.append(_run("weblogs", f"uds:{row['idx']}", texts[at : at + RUN]))
    return found


def mail(path: Path, names: frozenset[str]) -> list[Document]:
    """Texts of UNER-EWT's development part (mail, reviews, questions, weblogs), their first ten sentences."""
    found = []
    for block in path.read_text("utf-8").split("# newdoc id = ")[1:]:
        name = f"uner:{block.split(maxsplit=1)[0]}"
        if name in names:
            found.append(_run("mail", name, [_joined(t) for t in re.findall(r"^# text = (.+)$", block, re.M)][:RUN]))
    return found


def business(folder: Path, names: frozenset[str]) -> list[Document]:
    """Wikinews reports about Airbus and General Motors (MEANTIME's training parts), their first ten sentences."""
    found = []
    for path in sorted(folder.glob("*/*.xml")):
        if path.stem in names:
            found.append(_run("business", path.stem, _told(path)[:RUN]))
    return found


def _told(path: Path) -> list[str]:
    sentences: dict[int, list[str]] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        sentences.setdefault(int(token.get("sentence", "0")), []).append(token.text or "")
    return [_joined(" ".join(sentences[n])) for n in sorted(sentences)]


def _alone(name: str, text: str) -> Document:
    return Document("pairs", name, text, [(0, len(text))], ())


def _run(kind: str, name: str, sentences: list[str]) -> Document:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return Document(kind, name, " ".join(sentences), spans, ())


def _joined(tokens: str) -> str:
    """Tokens set together as they are written."""
    text = re.sub(r" ([.,;:!?%)\]}])", r"\1", tokens)
    text = re.sub(r"([(\[{$#]) ", r"\1", text)
    text = re.sub(r" ('s|n't|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    if re.search(r"\w - \w", text):
        text = re.sub(r" - ", "-", text)
    return text.replace(" '' ", '" ').replace(" `` ", ' "').replace(" / ", "/")
