"""The heads of the network and where each stands in its output; the card carries this table to run time.

The network gives one row of logits per word. TAGS are BIO sequences, decoded by Viterbi; CHOICES are one of several
and SEVERAL independent yes/no answers at a label's first word. Links are scored
from two vectors per word and kind and a bias by signed distance:
score(head, tail) = q[head] . k[tail] / sqrt(LINK_WIDTH) + bias[bucket(tail - head)] + LINK_OFFSET.
"""

from __future__ import annotations

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
MODES = (
    "visit", "third-party", "multilateral", "phone", "withdraw", "release", "disarm", "ceasefire", "access", "resign",
    "assist", "change", "yield", "meet", "disapprove", "investigate", "allege", "restrict", "arrest", "relations",
    "expel", "territory", "violence", "demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize", "convict",
    "discontinue", "troops", "weapons", "police", "militia", "seize", "censor", "curfew", "martial-law", "deport",
    "withhold", "misinformation", "cyber", "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive",
    "firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
)  # fmt: skip
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
AUXILIARIES = ("historical", "future", "hypothetical", "negation")
CERTAINTIES = ("certain", "probable", "possible", "unknown")
CUE_CLASSES = (
    "say", "claim", "confirm", "deny", "doubt", "warn", "threaten", "accuse", "promise", "ask", "predict",
)  # fmt: skip
MENTIONS = ("PER", "ORG", "UNIT", "GPE", "LOC", "FAC", "NORP", "WPN", "EVT", "DOC")
ATTRIBUTES = ("quantity", "time", "place", "actor", "recipient", "cause", "occurrence", "outcome")

TAGS: dict[str, tuple[str, ...]] = {
    "mention": MENTIONS,
    "mention_coarse": ("PER", "ORG", "LOC"),
    "attribution": ("speaker", "cue", "relay"),
    "content": ("outer",),
    "content_inner": ("inner",),
    "polnear": ("source", "cue", "content"),
    "event": EVENT_TYPES,
    "deed": EVENT_TYPES,
    "party": ("party",),
    "circumstance": ("place", "time", "quantity"),
    "unknown": ATTRIBUTES,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "class": CUE_CLASSES,
    "certainty": CERTAINTIES,
    "deed_type": ("none", *EVENT_TYPES),
}
SEVERAL: dict[str, tuple[str, ...]] = {
    "flag": ("main", "attributed", "deed_negation"),
    "aux": AUXILIARIES,
    "mode": MODES,
    "context": CONTEXTS,
    "deed_mode": MODES,
}
LINKS = (
    "speaker", "relay", "content", "polnear_source", "polnear_content", "actor", "recipient", "place", "time",
    "quantity",
)  # fmt: skip
LINK_WIDTH = 48
LINK_OFFSET = -3.0


GROUPS: tuple[tuple[str, ...], ...] = (
    ("mention", "mention_coarse"),
    ("attribution", "content", "content_inner", "polnear", "class"),
    ("event", "deed", "party", "circumstance", "unknown", "certainty", "deed_type", *SEVERAL),
)
"""Heads that share a hidden layer of their own above the encoder; together the order of the output's columns."""


def width_of(name: str) -> int:
    """Columns of one head; BIO heads have O first, then B-, I- per label."""
    return 1 + 2 * len(TAGS[name]) if name in TAGS else len((CHOICES | SEVERAL)[name])


def columns() -> dict[str, tuple[int, int]]:
    """Half-open ranges of a row's columns by head."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for name in (name for group in GROUPS for name in group):
        found[name] = (at, at + width_of(name))
        at += width_of(name)
    return found
