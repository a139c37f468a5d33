"""The act of a happening in plain words, from the table data/brief/acts.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from brink.brief.names import is_plural, listed, party, table
from brink.records import Happening

BASE, THIRD, PARTICIPLE, PROGRESSIVE = range(4)
NOBODY = "somebody not named"


def phrase(event: str, mode: Sequence[str], form: int, to: str = "", deed: str = "") -> str:
    """A type's words in one form of their verb: `phrase("RETREAT", ["withdraw"], PROGRESSIVE)` is "withdrawing forces".

    `to` is the recipient in words, `deed` the deed in words ("to give aid"), each "" for none.
    """
    row = _row(event, mode, bool(deed))
    if deed:
        template = row["deed_to"] if to and "deed_to" in row else row["deed"]
    elif to:
        template = row.get("to") or row["alone"] + ", towards {to}"
    else:
        template = row["alone"]
    verb, _, rest = template.partition(" ")
    comma = "," if verb.endswith(",") else ""
    forms = verb.rstrip(",").split("/")
    return " ".join(filter(None, (forms[form] + comma, rest.format(to=to, deed=deed))))


def _row(event: str, mode: Sequence[str], with_deed: bool) -> Mapping[str, Any]:
    own: Mapping[str, Any] = table("acts")[event]
    found = next((own[m] for m in mode if m in own), own)
    return own if with_deed and "deed" not in found else found


def actors(h: Happening) -> str:
    """Who acts, in words."""
    return listed([party(p) for p in h.actor]) or NOBODY


def recipients(h: Happening) -> str:
    """To whom, in words; who is also the actor is left out."""
    own = {p.name for p in h.actor}
    return listed([party(p) for p in h.recipient if p.name not in own])


def predicate(h: Happening, tense: str, plural: bool) -> str:
    """What is done, without who does it. `tense`: now, will, would, is, has or not (has not)."""
    form = {"now": BASE if plural else THIRD, "will": BASE, "would": BASE, "is": PROGRESSIVE}.get(tense, PARTICIPLE)
    helping = {
        "now": "", "will": "will ", "would": "would ", "is": "are " if plural else "is ",
        "has": "have " if plural else "has ", "not": "have not " if plural else "has not ",
    }[tense]  # fmt: skip
    return helping + _sized(h, _act(h, form))


def _act(h: Happening, form: int) -> str:
    to = recipients(h)
    if h.deed is None or "deed" not in table("acts")[h.event]:
        return phrase(h.event, h.mode, form, to)
    asked = "deed_to" in table("acts")[h.event]
    deed = phrase(h.deed.event, h.deed.mode, BASE, "" if asked else to)
    return phrase(h.event, h.mode, form, to if asked else "", f"{'not ' if h.deed.negation else ''}to {deed}")


def _sized(h: Happening, words: str) -> str:
    """Forces of which only "some" is told are some forces: the size is what one must not read into it."""
    counts = [q.quantity for q in h.quantity if q.quantity.kind == "troops"]
    some = bool(counts) and all(q.low == 1 and q.high is None for q in counts)
    return re.sub(r"\b(forces|troops)\b", r"some \1", words, count=1) if some else words


def tense_of(h: Happening) -> str:
    """The tense in which those who assert a happening tell it."""
    return {"announced": "will", "under_way": "is"}.get(h.phase, "has")


def clause(h: Happening, tense: str, subject: str = "") -> str:
    """Who does what: "Russia has withdrawn some forces"; `subject` takes the actors' place ("it")."""
    who = subject or actors(h)
    many = not subject and (len(h.actor) > 1 or is_plural(who))
    return f"{who} {predicate(h, tense, many)}"
