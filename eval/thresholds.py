"""Set `data/coding/thresholds.toml` on development parts: `python eval/thresholds.py ../shared/corpora [--write]`.

Development parts: wikinews-plover's dev_ids and corpus/'s dev_ids. Weights of grammar signs are a ridge logistic
regression whose offset is the model's own log-odds of the link; least probabilities are those of the best F1 (auxiliary
modes).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from annotated import folder_of, ids_of
from brink import model, text
from brink.coding import parties
from brink.coding.events import Scene
from brink.coding.thresholds import PATH, load_thresholds
from brink.records import Label, Link, Report
from told import scorer

AUXILIARY = ("historical", "future", "hypothetical", "negation")
ROLES = {"actor": "a", "recipient": "r"}
RIDGE = 3.0
FEW = 20
"""Cases of an auxiliary mode below which no threshold is learnt: with 15 of `historical` it went from 0.3 to 0.65."""
Json = dict[str, Any]


@dataclass(slots=True)
class Case:
    """A gold event met by a found trigger: the trigger's scores, its candidates with signs, and the gold answer."""

    label: Label
    gold: Json
    candidates: list[tuple[str, float, list[str], bool]]
    sentence: str


def cases(corpora: Path, name: str) -> Iterator[Case]:
    """Gold events of one development part whose trigger was found with the right type."""
    score, folder, ids = scorer(corpora), folder_of(corpora, name), ids_of(corpora, name, "dev")
    docs = {str(d["id"]): d for d in score.load(folder / "docs.jsonl")}
    plain = replace(load_thresholds(), grammar={})
    for reading in score.load(folder / "annotations.jsonl"):
        if str(reading["id"]) in ids:
            doc = docs[str(reading["id"])]
            body, offsets = score.layout(doc)
            sentences = text.layout(Report("x", body)).sentences
            labelling = model.label(body, sentences)
            links: dict[tuple[int, str], list[Link]] = {}
            for link in labelling.links:
                links.setdefault((link.head, link.kind), []).append(link)
            scene = Scene(body, sentences, labelling.labels, links, (), plain)
            for event in reading["events"]:
                yield from _case(event, doc, offsets, scene, score)


def _case(event: Json, doc: Json, offsets: list[int | None], scene: Scene, score: Any) -> Iterator[Case]:
    at = score.place(doc, offsets, event["s"], event["t"])
    if at is None:
        return
    for i, label in enumerate(scene.labels):
        if label.layer == "event" and label.kind == event["e"] and label.start < at[1] and at[0] < label.end:
            words = next(s.text for s in scene.sentences if s.index == label.sentence)
            yield Case(label, event, list(_pairs(i, event, doc, offsets, scene, score)), words)
            return


def _pairs(i: int, event: Json, doc: Json, offsets: list[int | None], scene: Scene, score: Any) -> Iterator[Any]:
    found = parties.candidates_of(i, scene)
    nearest = parties.nearest_to(scene.labels[i], [scene.labels[c.number] for c in found])
    for role, key in ROLES.items():
        gold = [s for p in event[key] if (s := _near(doc, offsets, event["s"], p[0], score))]
        for c in found:
            party = scene.labels[c.number]
            passive = parties.is_passive(scene.labels[i], scene.text)
            signs = parties.signs_of(scene.labels[i], party, nearest, passive, scene.text)
            right = any(party.start < b and a < party.end for a, b in gold)
            chance = c.actor if role == "actor" else c.recipient
            yield role, math.log(chance / (1 - chance)), [f"{role} {s}" for s in signs], right


def _near(doc: Json, offsets: list[int | None], s: int, wanted: Any, score: Any) -> tuple[int, int] | None:
    """Where a party is named: in the event's sentence, else in the nearest one before."""
    at = score.place(doc, offsets, s, wanted)
    while at is None and s > 0:
        s -= 1
        at = score.place(doc, offsets, s, wanted[0] if isinstance(wanted, list) else wanted)
    return at


def grammar(given: list[Case]) -> dict[str, float]:
    """Ridge logistic regression of the right role on grammar signs, the model's log-odds as offset."""
    rows = [x for c in given for x in c.candidates]
    names = sorted({s for _, _, signs, _ in rows for s in signs})
    x = np.array([[float(n in signs) for n in names] for _, _, signs, _ in rows])
    offset = np.array([o for _, o, _, _ in rows])
    y = np.array([float(r) for *_, r in rows])
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(offset + x @ w)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + RIDGE * np.eye(len(names)), x.T @ (p - y) + RIDGE * w)
        w -= step
    return {n: round(float(v), 2) for n, v in zip(names, w, strict=True)}


def auxiliary(given: list[Case]) -> dict[str, float]:
    """Least probability of each auxiliary mode with the best F1 (0.5 where too few cases tell)."""
    found = {}
    for name in AUXILIARY:
        pairs = [(c.label.scores[f"aux:{name}"], name in c.gold["aux"]) for c in given]
        grid = np.arange(0.2, 0.81, 0.05)
        few = sum(y for _, y in pairs) < FEW
        found[name] = 0.5 if few else round(float(max(grid, key=lambda t: (_f1(pairs, t), -abs(t - 0.5)))), 2)
    return found


def _f1(pairs: list[tuple[float, bool]], least: float) -> float:
    hit = sum(y and p >= least for p, y in pairs)
    return 2 * hit / max(1, sum(p >= least for p, _ in pairs) + sum(y for _, y in pairs))


def main() -> None:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    given = [c for name in ("wikinews", "corpus") for c in cases(args.corpora, name)]
    held = load_thresholds()
    lines = [
        "# Least probabilities at which the model's answers become part of a record, and weights of grammar.",
        f"# Set on {len(given)} events of wikinews-plover dev_ids and corpus dev_ids, model {model.version()}",
        "# (command: python eval/thresholds.py ../shared/corpora --write): [auxiliary], [grammar]. The",
        "# values under [least] were set by hand with the figures of the same documents in sight (`mode` with those of",
        "# train/news, when no weights had read it).",
        "",
        "[least]",
        f"mode = {held.mode}",
        f"context = {held.context}",
        f"party = {held.party}         # a party linked to an event as its actor",
        f"recipient = {held.recipient}      # a party linked to an event as its recipient",
        f"lone_party = {held.lone_party}     # the likeliest actor, where none reaches `party`",
        f"lone_recipient = {held.lone_recipient} # the likeliest recipient, where none reaches `recipient`",
        f"circumstance = {held.circumstance}   # a place, time or count linked to an event",
        "",
        "[auxiliary]",
        *(f"{k} = {v}" for k, v in auxiliary(given).items()),
        "",
        "[grammar]",
        "# Added to the log-odds of a party's link to an event.",
        *(f'"{k}" = {v}' for k, v in grammar(given).items()),
    ]
    if args.write:
        PATH.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
