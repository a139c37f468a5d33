"""What somebody could not verify is not denied: "has not yet verified that units are returning"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from brink.records import Label, Sentence

NOT_VERIFIED = re.compile(
    r"(?:\b(?:not|never|unable to|yet to|cannot|no way to)|n['’]t)\s+"
    r"(?:\w+ly\s+|yet\s+|been\s+able\s+to\s+|able\s+to\s+|be\s+){0,3}"
    r"(?:verif\w+|confirm\w*|establish\w*|corroborat\w+|ascertain\w*)\b(?P<clause>[^.;,]*)",
    re.IGNORECASE,
)

WHEN_SEEN = re.compile(
    r"\bbelieves? (?:in |it |that )?(?P<clause>[^.;,]*?)\b(?:when|once|until|only after|before) "
    r"(?:it|we|they|he|she|I|you|one) (?:sees?|saw|(?:has|have|had) seen)\b",
    re.IGNORECASE,
)
"""Who will believe in it when he sees it leaves open whether it is so."""


def unverified(labels: Sequence[Label], sentences: Sequence[Sentence]) -> list[Label]:
    """The labels, acts in the clause of such words with certainty `unknown` and without a negation of their own.

    So the annotators have it in the training parts of all sets (4 of 4 without negation, 3 of them unknown).
    """
    clauses = {s.index: [(s.start + m.start("clause"), s.start + m.end()) for pattern in (NOT_VERIFIED, WHEN_SEEN)
                         for m in pattern.finditer(s.text)] for s in sentences}  # fmt: skip
    return [_open(x) if x.layer == "event" and _inside(x, clauses.get(x.sentence, ())) else x for x in labels]


def _inside(label: Label, clauses: Sequence[tuple[int, int]]) -> bool:
    return any(start <= label.start and label.end <= end for start, end in clauses)


def _open(label: Label) -> Label:
    return replace(label, scores={**label.scores, "aux:negation": 0.0, "certainty:unknown": 1.0})
