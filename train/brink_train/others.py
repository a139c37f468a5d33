"""Other people's corpora -> Documents: PolNeAR, CrossNER, UNER, ECB+, headlines of ngec-synthetic."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from brink.records import Report
from brink_train.documents import Document, Mark, Tie
from brink_train.heads import TAGS

COARSE = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "person": "PER", "politician": "PER", "organisation": "ORG",
    "politicalparty": "ORG", "location": "LOC", "country": "LOC",
}  # fmt: skip


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Sentence offsets by the package's own text stage, as at run time."""
    from brink.text import layout

    return [(s.start, s.end) for s in layout(Report("train", text)).sentences]


def polnear(folder: Path) -> list[Document]:
    """One split of PolNeAR (`data/train`), one annotator per text: the first by file name where there are several."""
    annotated: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotated.setdefault(path.stem.rsplit("_", 1)[0], path)
    found = []
    for name, path in sorted(annotated.items()):
        text = (folder / "text" / f"{name}.txt").read_text("utf-8")
        doc = Document(
            "polnear", name, text, sentences_of(text), ("polnear",), links=("polnear_source", "polnear_content")
        )
        _attributions(doc, path.read_text("utf-8"))
        found.append(doc)
    return found


def _attributions(doc: Document, annotation: str) -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    kinds: dict[str, str] = {}
    for line in annotation.splitlines():
        # A span's words may hold line breaks; only lines that begin a record count.
        if re.match(r"T\d+\t", line):
            name, middle = line.split("\t")[:2]
            kind, offsets = middle.split(" ", 1)
            kinds[name] = kind.lower()
            spans[name] = [tuple(map(int, part.split())) for part in offsets.split(";")]  # type: ignore[misc]
            if kind.lower() in TAGS["polnear"]:
                doc.marks += [Mark("polnear", kind.lower(), *span) for span in spans[name]]
    for line in annotation.splitlines():
        if re.match(r"E\d+\t", line):
            parts = [p.split(":") for p in line.split("\t", 1)[1].split()]
            cues = [spans[t][0][0] for _, t in parts if kinds[t] == "cue"]
            for _, t in parts:
                if cues and kinds[t] in ("source", "content"):
                    doc.ties.append(Tie(f"polnear_{kinds[t]}", cues[0], spans[t][0][0]))


def named(path: Path, column: int, name: str) -> list[Document]:
    """A token-per-line BIO file (CrossNER: column 1; UNER: column 2) as coarse mentions, one sentence a Document."""
    found: list[Document] = []
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.strip() and not line.startswith("#"):
            rows.append(re.split(r"[\t ]", line.strip("\n")))
        elif rows and not line.strip():
            tokens = [(r[column - 1], r[column]) for r in rows]
            found.append(_tokens(tokens, name, len(found)))
            rows = []
    return found


def _tokens(tokens: list[tuple[str, str]], name: str, number: int) -> Document:
    text = " ".join(t for t, _ in tokens)
    doc = Document(name, str(number), text, [(0, len(text))], ("mention_coarse",))
    at, open_mark = 0, None
    for token, tag in tokens:
        kind = COARSE.get(tag[2:])
        if kind and tag.startswith("I-") and open_mark and open_mark.kind == kind:
            doc.marks[-1] = open_mark = Mark("mention_coarse", kind, open_mark.start, at + len(token))
        elif kind:
            open_mark = Mark("mention_coarse", kind, at, at + len(token))
            doc.marks.append(open_mark)
        else:
            open_mark = None
        at += len(token) + 1
    return doc


def headlines(folder: Path, every: int = 3) -> list[Document]:
    """ngec-synthetic: every third headline with the PLOVER type it was written for.

    The headlines are people's templates filled with names; the machine-written stories below them often tell
    something else, so they are not used.
    """
    archive = zipfile.ZipFile(next((folder / "setup/train_classifiers").glob("gpt_synthetic*.zip")))
    with archive.open(archive.namelist()[0]) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")))
    found = []
    for number, row in enumerate(rows[::every]):
        text = row["prompt"].split("\n")[0].strip()
        if row["label"] in TAGS["event"] and text:
            found.append(Document("ngec", str(number), text, [(0, len(text))], (), bag=(row["label"],)))
    return found


def quiet(path: Path) -> list[Document]:
    """Sentences of sport, culture, weather and markets, in which no event is told."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Document("quiet", str(n), line, [(0, len(line))], ("event", "deed")) for n, line in enumerate(lines)]


NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m|'|''")
READ = 16
"""How many sentences of an ECB+ document are read: the stand-off annotation covers no more."""


def ecb(folder: Path, names: frozenset[str]) -> list[Document]:
    """Named documents of ECB+ put together again from their tokens, their first sentences only; no labels yet."""
    found = []
    for path in sorted(folder.glob("*/*.xml")):
        if path.stem in names:
            sentences = [s for s in _joined(path) if len(s) > 15 and not s.startswith("http")][:READ]
            text, spans = "", []
            for sentence in sentences:
                text += " " if text else ""
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence
            found.append(Document("ecb", path.stem, text, spans, ()))
    return found


def _joined(path: Path) -> list[str]:
    """Sentences of one document, tokens set together as they are written."""
    sentences: dict[int, str] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        number, word = int(token.get("sentence", "0")), token.text or ""
        before = sentences.get(number, "")
        tight = not before or NO_SPACE_BEFORE.fullmatch(word) or before.endswith(("(", "[", "$"))
        sentences[number] = before + ("" if tight else " ") + word
    return [sentences[n] for n in sorted(sentences)]
