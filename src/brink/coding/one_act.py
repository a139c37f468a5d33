"""One act that the model opens twice in a row: "has | withdrawn", "Russian | withdrawal", "dead | civilians"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from brink.coding.vocabulary import words
from brink.records import Label


def joined(labels: Sequence[Label], text: str) -> tuple[tuple[Label, ...], set[int]]:
    """The labels with such acts put together, and the numbers of those that are thereby no act of their own.

    The last part keeps its number, type and links (in English the noun or verb that tells the act comes last) and is
    widened to the first; an auxiliary before an act of another type is left out alone. Of 60 acts opened twice in 650
    development documents (wikinews-plover, corpus/, team's readings) the annotators have two events in one.
    """
    found, gone = list(labels), set[int]()
    told = [i for i, label in enumerate(labels) if label.layer == "event"]
    for i, j in pairwise(told):
        one, other = found[i], found[j]
        if one.sentence != other.sentence or text[one.end : other.start] not in (" ", ""):
            continue
        if one.kind == other.kind:
            sure = max(one.confidence, other.confidence)
            found[j] = replace(other, start=one.start, text=text[one.start : other.end], confidence=sure)
            gone.add(i)
        elif all(word in words("auxiliaries") for word in one.text.lower().split()):
            gone.add(i)
    return tuple(found), gone
