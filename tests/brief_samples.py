"""Happenings, reports and a crisis from which tests make briefs; no model is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from brink import brief as room
from brink.brief import Admission, CrisisBrief, Line, Material
from brink.brief.view import View
from brink.brief.voices import sentence
from brink.records import (
    Act,
    Cited,
    Crisis,
    Happening,
    Interval,
    Origin,
    OwnedQuantity,
    Party,
    Promise,
    Quantity,
    Report,
    StatusChange,
    Telling,
)

CRISIS = Crisis("Test", None, None, (("RUS", "east"), ("UKR", "west"), ("USA", "west")))
TEXTS = {
    "r1": ("2022-02-08", "Russia will withdraw its troops after the exercise, the Kremlin said."),
    "r2": ("2022-02-15", "Some Russian troops have left, the ministry said. It did not say how many had left."),
    "r3": ("2022-02-16", "Ukraine has seen no withdrawal. Russia sent 7,000 more soldiers, a US official said."),
}
REPORTS = {
    key: Report(key, text, None, "Halden Press", f"Title of {key}", date.fromisoformat(on))
    for key, (on, text) in TEXTS.items()
}


VIEW = View(Material((), REPORTS), CRISIS, "2022-02-14", "2022-02-17")


def telling(report: str, words: str = "", event: str | None = "e1", relay: tuple[str, ...] = ()) -> Telling:
    text = REPORTS[report].text
    start = text.index(words) if words else 0
    return Telling(report, event, "s1", relay, start, start + len(words or text))


def voice(name: str, stance: str = "asserts", report: str = "r2", **more: Any) -> Origin:
    kind, country = ("state", name) if len(name) == 3 else ("outlet", None)
    known = Origin(
        name,
        country,
        kind,
        CRISIS.camp_of(name),
        False,
        stance,
        "occurrence",
        "claim",
        (telling(report),),
        TEXTS[report][0],
    )
    return replace(known, **more)


def happening(**more: Any) -> Happening:
    known = Happening(
        id="h1",
        event="RETREAT",
        mode=("withdraw",),
        deed=None,
        actor=(Party("RUS", "RUS"),),
        recipient=(),
        place=None,
        time=None,
        phase="done",
        standing="claimed",
        status="claimed",
        origins=(voice("RUS"),),
        reports=("r2",),
        quantity=(),
        background=False,
        contradicted_on=(),
        opposes=(),
        promise=None,
        history=(StatusChange("2022-02-15", "claimed", (Cited("r2", 0, 4),)),),
        first="2022-02-15",
    )
    return replace(known, **more)


def counted(owner: str, on: str, text: str, low: float | None, high: float | None = None) -> OwnedQuantity:
    return OwnedQuantity(Quantity(0, 4, text, "troops", low, high, "persons", True), owner, on, "r2")


def brief_of(*happenings: Happening, admissions: tuple[Admission, ...] = (), **window: Any) -> CrisisBrief:
    return room.crisis_brief(
        Material(happenings, REPORTS, admissions), CRISIS, **({"as_of": date(2022, 2, 17)} | window)
    )


def head(**more: Any) -> str:
    return sentence(VIEW, happening(**more))


def entries(brief: CrisisBrief, key: str) -> list[Any]:
    return [e for s in brief.sections if s.key == key for e in s.entries]


def lines(brief: CrisisBrief) -> list[Line]:
    found = [line for s in brief.sections for e in s.entries for line in (e.head, *e.lines)]
    return found + [c.line for p in brief.pairs for c in p.courses]


KEPT = happening(
    id="kept",
    status="fulfilled",
    promise=Promise("pledge", "RUS", "2022-02-08", Interval("2022-02-20", "2022-02-20"), None, "kept"),
    origins=(voice("RUS", report="r1"), voice("RUS", of="outcome")),
    reports=("r1", "r2"),
    first="2022-02-08",
    history=(
        StatusChange("2022-02-08", "planned", (Cited("r1", 0, 4),)),
        StatusChange("2022-02-15", "fulfilled", (Cited("r2", 0, 4),)),
    ),
)
DISPUTED = happening(
    id="disputed",
    event="MOBILIZE",
    mode=("troops",),
    standing="contradicted",
    status="contradicted",
    contradicted_on=("occurrence",),
    origins=(voice("USA", report="r3"), voice("RUS", "denies", "r3")),
    reports=("r3",),
    first="2022-02-16",
    opposes=("kept",),
    recipient=(Party("UKR", "UKR"),),
    history=(StatusChange("2022-02-16", "contradicted", (Cited("r3", 0, 4),)),),
)
OVERDUE = happening(
    id="overdue",
    event="AGREE",
    mode=(),
    deed=Act("AID"),
    actor=(Party("DEU", "DEU"),),
    recipient=(Party("UKR", "UKR"),),
    phase="announced",
    status="overdue",
    origins=(voice("DEU", report="r1"),),
    reports=("r1",),
    first="2022-02-08",
    promise=Promise("schedule", "DEU", "2022-02-08", Interval("2022-02-10", "2022-02-10"), None, "overdue"),
    history=(StatusChange("2022-02-08", "planned", (Cited("r1", 0, 4),)), StatusChange("2022-02-12", "overdue", ())),
)
