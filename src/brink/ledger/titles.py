"""For whom a named person speaks, by the words beside the name: "Nusra commander X", "X, the governor of Y,".

The coder gives a speaker his office where it knows one. Where it does not, the words beside the name tell it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from brink.ledger.bodies import GROUPS
from brink.ledger.tables import table
from brink.records import Actor

_NAME = re.compile(r"[A-Z][\w'’.-]*(?: (?:(?:al|bin|de|el|van|von|da|dos)[- ])?[A-Z][\w'’.-]*)+")
_BEFORE = re.compile(r"(?:(?:of|for|the) |[\w'’-]+ ){1,7}$")
_AFTER = re.compile(r", (?:an? |the |who )?([^,.;:]{3,70})(?=[,.;:])")
_OF = re.compile(r" (?:of|for) (?:the )?[A-Z][\w'’-]*(?: [\w'’-]+){0,4}")
_CUE = re.compile(r" (?:said|says|told|tells|added|announced|claimed|denied|confirmed)\b.*$")
_BREAK = re.compile(r"^.*\b(?:that|said|says|told|quoted|to|as|and|but|by|in|on|at|with|from|whom|who|when|after)\b ")


def titled(speaker: Actor, sentence: str, start: int) -> Actor:
    """The speaker with the office that the sentence tells beside a full name; the same where there is none.

    `start` is the offset of the sentence in the report.
    """
    known = speaker.office is not None and speaker.office != speaker.text
    at = speaker.start - start
    if known or not _NAME.fullmatch(speaker.text) or sentence[at : at + len(speaker.text)] != speaker.text:
        return speaker
    ahead, rest = sentence[:at], sentence[at + len(speaker.text) :]
    if ahead.endswith(", ") and rest.startswith(","):
        ahead = f"{ahead[:-2]} "  # "the governor of Y, X, said"
    before = _BEFORE.search(_BREAK.sub("", ahead.rpartition(",")[2].lstrip(' "“')))
    told = (m.group(m.lastindex or 0).strip() for m in (before, _AFTER.match(rest)) if m)
    office = next((one for one in told if _is_office(one)), None)
    if office is None and GROUPS & set(speaker.sector) and (side := _OF.match(rest)):
        office = _CUE.sub("", side.group().strip())
    return replace(speaker, office=office) if office else speaker


def _is_office(phrase: str) -> bool:
    return any(re.search(table("bodies")["words"][kind], phrase, re.IGNORECASE) for kind in ("office", "local"))
