"""What a telling says of its act: asserts, denies or doubts it, and on what a denial bears.

A single telling is judged here by its own words; `rivals` judges it by what others tell of the same happening.
"""

from __future__ import annotations

from brink.ledger.parties import compared, parties
from brink.ledger.tables import words
from brink.records import Event, Statement

ATTRIBUTES = ("actor", "quantity", "place", "time", "extent")
"""What a denial may grant the rest of, in the order in which its words are looked for."""


def stance_of(event: Event, statement: Statement | None, sentence: str) -> tuple[str, str]:
    """Asserts, denies or doubts, and what a denial is about; who has not verified an act doubts."""
    cue = statement.cue.cue_class if statement and statement.cue else None
    if cue == "doubt" or (words("doubt").search(sentence) and event.certainty == "unknown"):
        return "doubts", "occurrence"
    if statement and words("unverified").search(sentence):
        return "doubts", "occurrence"
    if statement and words("untrue").search(sentence) and attribute_of(sentence) != "quantity":
        return "denies", attribute_of(sentence)
    if "negation" in event.auxiliary:
        return "denies", "actor" if _unowned(event) else attribute_of(sentence)
    if cue == "deny" and statement is not None:
        attribute = attribute_of(sentence)
        verb = statement.cue.text if statement.cue else ""
        if (attribute == "quantity" and event.quantity) or words("rejects_count").search(sentence):
            return "asserts", "quantity"  # who puts his own count against another's grants the act
        if attribute != "occurrence" or words("denying").search(verb):
            return "denies", attribute
        return _other_version(event, statement)
    return "asserts", "quantity" if words("rejects_count").search(sentence) else "occurrence"


def _other_version(event: Event, statement: Statement) -> tuple[str, str]:
    """What an act that is told against another's version differs in: whose it was, else how many."""
    speaker = parties([statement.speaker]) if statement.speaker else frozenset()
    actors = parties(event.actor)
    if actors and speaker and compared(actors, speaker) == "other":
        return "denies", "actor"
    return "asserts", "quantity" if event.quantity else "occurrence"


def _unowned(event: Event) -> bool:
    """A cyber attack that is denied has been felt by somebody: what is denied is whose it was."""
    return "cyber" in event.mode


def attribute_of(sentence: str) -> str:
    """What a denial is about, by its words."""
    return next((name for name in ATTRIBUTES if words(f"not_{name}").search(sentence)), "occurrence")


def bare_stance(statement: Statement, sentence: str) -> str | None:
    """The stance of a statement that tells no act of its own, None where it takes none."""
    if words("unverified").search(sentence):
        return "doubts"
    cue = statement.cue.cue_class if statement.cue else None
    if cue == "deny":
        return "denies"
    if words("unseen").search(sentence):
        return "denies"
    return "doubts" if cue == "doubt" or words("doubt").search(sentence) else None


def is_silent(event: Event, sentence: str) -> bool:
    """Whether a speaker only declines to speak of an act: that is neither denial nor doubt, and tells nothing."""
    return event.certainty == "unknown" and bool(words("no_comment").search(sentence))
