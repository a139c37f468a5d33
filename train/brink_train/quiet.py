"""The no-event decision: is a sentence of the kind in which events are coded at all?

A logistic regression on the mean of a sentence's word vectors (the encoder's last layer), fitted on sentences that
tell an event in the training documents against `quiet.txt` (sentences of sport, culture, weather and markets written
for this by the team, other ones than those of eval/quiet.txt). Its weights stand in the card as `political`. Political
articles without an event (`news`) taught it worse: twice as many false alarms on the sentences of eval/quiet.txt.
"""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brink.model.labelling import sentence_vectors
from brink.model.packing import pack, words_of
from brink.model.session import Session, load_session
from brink.records import Sentence
from brink_train import own, sets
from brink_train.documents import Document

QUIET = Path(__file__).parents[1] / "quiet.txt"
LEAST_KEPT = 0.97
"""Share of event sentences of the development documents that the decision must let through."""
RIDGE = 1.0

Floats = NDArray[np.float64]


def vectors(session: Session, doc: Document) -> list[tuple[tuple[int, int], Floats]]:
    """Sentence offsets and mean word vectors of a document."""
    spans = [Sentence(i, 0, a, b, doc.text[a:b]) for i, (a, b) in enumerate(doc.sentences)]
    windows = list(pack(words_of(spans, session.tokeniser), session.cls, session.sep))
    found = sentence_vectors(windows, session.run(windows))
    return [((s.start, s.end), found[s.index]) for s in spans if s.index in found]


def telling(session: Session, documents: list[Document]) -> tuple[Floats, Floats]:
    """Vectors of the sentences that tell an event, in their documents and each by itself.

    Both, because a vector depends on what stands around: else the decision would learn to tell a lone sentence.
    """
    rows, alone = [], []
    for doc in documents:
        starts = [m.start for m in doc.marks if m.head == "event"]
        for (a, b), v in vectors(session, doc):
            if any(a <= s < b for s in starts):
                rows.append(v)
                lone = Document(doc.set, doc.id, doc.text[a:b], [(0, b - a)], ())
                alone += [v for _, v in vectors(session, lone)]
    return np.array(rows), np.array(alone)


def quiet(session: Session, lines: list[str], together: int) -> Floats:
    """Vectors of the quiet sentences, `together` of them to a document."""
    rows = []
    for at in range(0, len(lines), together):
        text, spans = "", []
        for line in lines[at : at + together]:
            text += " " if text else ""
            spans.append((len(text), len(text) + len(line)))
            text += line
        rows += [v for _, v in vectors(session, Document("quiet", str(at), text, spans, ()))]
    return np.array(rows)


def fit(x: Floats, y: Floats, steps: int = 30) -> Floats:
    """Ridge logistic regression by Newton's method; the last weight is the intercept."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (p * (1 - p))) @ x + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + RIDGE * w)
    return w


def decide(args: Namespace) -> None:
    """Fit, set the threshold on the development documents, write both into the card."""
    load_session.cache_clear()
    session = load_session(args.model, threads=2)
    corpora: Path = args.corpora
    training = [d for n in ("wikinews-plover", "wire-plover", "corpus") for d in sets.LOADERS[n](corpora)]
    lines = [line for line in QUIET.read_text("utf-8").splitlines() if line]
    no = np.vstack([quiet(session, lines, 1), quiet(session, lines, 6)])
    held = np.vstack([rows[:: max(1, len(rows) // 1000)] for rows in telling(session, training)])
    w = fit(np.vstack([held, no]), np.concatenate([np.ones(len(held)), np.zeros(len(no))]))
    scores = [rows @ w[:-1] + w[-1] for rows in telling(session, development(corpora))]
    least = min(float(np.quantile(s, 1 - LEAST_KEPT)) for s in scores)
    path = args.model / "card.json"
    stored: dict[str, Any] = json.loads(path.read_text())
    stored["political"] = {"weights": [round(float(v), 4) for v in w[:-1]], "bias": round(float(w[-1]) - least, 4)}
    path.write_text(json.dumps(stored, indent=1) + "\n")
    passed = float((no @ w[:-1] + w[-1] >= least).mean())
    print(f"political: {len(held)} against {len(no)} sentences; quiet ones let through: {passed:.3f}")


def development(corpora: Path) -> list[Document]:
    """Development documents with events: wikinews-plover's and corpus/'s."""
    found = []
    for folder in (corpora / "wikinews-plover", Path(__file__).parents[2] / "corpus"):
        named = frozenset((folder / "dev_ids.txt").read_text().split())
        found += [d for d in own.load(folder) if d.id in named]
    return found
