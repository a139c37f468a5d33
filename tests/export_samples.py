"""Coded reports for the export tests: one written out by hand (invented persons), and a hypothesis strategy."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from brink.records import (
    Actor,
    CodedReport,
    Cue,
    Dateline,
    Deed,
    Event,
    Furniture,
    Mention,
    OfficeHolding,
    Place,
    Quantity,
    Relay,
    Report,
    Sentence,
    Span,
    Statement,
    TextLayout,
    TimeValue,
    Unknown,
)

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "schema.json").read_text("utf-8"))

FIRST = "MINSK, March 3 (Reuters) - Belarusian troops shelled Polish border posts near Hrodna, killing 12 soldiers."
SECOND = "Defence Minister Oleg Taran said in Minsk the army would withdraw from the border on Friday."
THIRD = "The ministry denied that it had arrested three reporters. It is not clear who gave the order."
TEXT = "\n".join([FIRST, SECOND, THIRD, "ALSO READ | A border in photographs"])


def at(words: str, text: str = TEXT) -> tuple[int, int, str]:
    start = text.index(words)
    return start, start + len(words), words


def span(words: str) -> Span:
    return Span(*at(words))


def event(number: int, kind: str, trigger: str, **more: Any) -> Event:
    values: dict[str, Any] = {
        "mode": (),
        "context": (),
        "auxiliary": (),
        "deed": None,
        "main": True,
        "actor": (),
        "recipient": (),
        "place": None,
        "time": None,
        "quantity": (),
        "certainty": "certain",
        "statement": None,
        "cameo": None,
        "score": 0.0,
        "quad": "verbal_conflict",
        "confidence": 0.8,
    }
    return Event(id=f"e{number}", event=kind, trigger=span(trigger), **{**values, **more})


ARMY = Actor(*at("Belarusian troops"), "Armed Forces of Belarus", None, "BLR", ("MIL",))
POSTS = Actor(*at("Polish border posts"), "Border Guard of Poland", None, "POL", ("COP", "GOV"))
MINISTRY = Actor(*at("The ministry"), "Ministry of Defence of Belarus", None, "BLR", ("MIL", "GOV"))
TARAN = Actor(*at("Oleg Taran"), "Oleg Taran", "Defence Minister", "BLR", ("GOV", "MIL"))
REPORTERS = Actor(*at("three reporters"), "reporters", None, None, ("MED",))
HRODNA = Place(*at("Hrodna"), "Hrodna", "BLR", "Grodno Region", 53.6884, 23.8258, 627904, "city")
BORDER = Place(*at("the border"), "the border", "BLR", None, None, None, None, "area")
DEAD = Quantity(*at("12 soldiers"), "killed", 12.0, 12.0, "persons", False, None)

SHELLED = event(
    1,
    "ASSAULT",
    "shelled",
    mode=("heavy-weapons",),
    context=("military", "territory"),
    actor=(ARMY,),
    recipient=(POSTS,),
    place=HRODNA,
    time=TimeValue("2024-03-02", "2024-03-02", "day", "March 3", *at("March 3")[:2]),
    quantity=(DEAD,),
    cameo="194",
    score=-9.5,
    quad="material_conflict",
)
PLEDGED = event(
    2,
    "CONCEDE",
    "withdraw",
    context=("military",),
    deed=Deed("RETREAT", ("withdraw",), "withdraw from the border", *at("withdraw from the border")[:2]),
    actor=(TARAN,),
    place=BORDER,
    statement="s1",
    cameo="087",
    score=4.5,
    quad="verbal_cooperation",
)
DENIED = event(
    3,
    "COERCE",
    "arrested",
    mode=("arrest",),
    auxiliary=("negation",),
    actor=(MINISTRY,),
    recipient=(REPORTERS,),
    statement="s2",
    cameo="173",
    score=-7.0,
    quad="material_conflict",
)


def sample(report_id: str = "r1") -> CodedReport:
    """One report with an assault in the outlet's voice, an attributed pledge and a denied arrest."""
    return CodedReport(
        report=Report(
            report_id, TEXT, "https://news.example/a", "The Example", "Shells at the border", date(2024, 3, 3), "day"
        ),
        layout=TextLayout(
            sentences=tuple(
                Sentence(i, i, *at(words)) for i, words in enumerate([FIRST, SECOND, "The ministry denied that it had"])
            ),
            dateline=Dateline(0, 27, "MINSK", "2024-03-03", "Reuters"),
            furniture=(Furniture(*at("ALSO READ | A border in photographs")[:2], "related"),),
        ),
        mentions=(
            Mention(*at("Hrodna"), "GPE", "Hrodna", "BLR"),
            Mention(*at("Oleg Taran"), "PER", "Oleg Taran", "BLR", ("GOV", "MIL")),
            Mention(*at("The ministry"), "ORG", "Ministry of Defence of Belarus", "BLR", ("MIL", "GOV")),
        ),
        statements=(
            Statement(
                "s1",
                TARAN,
                (Relay(*at("Reuters"), "Reuters"),),
                Cue(*at("said"), "say"),
                (span("the army would withdraw from the border on Friday"),),
                "indirect",
                0.9,
            ),
            Statement(
                "s2",
                MINISTRY,
                (),
                Cue(*at("denied"), "deny"),
                (span("it had arrested three reporters"),),
                "indirect",
                0.9,
            ),
        ),
        events=(SHELLED, PLEDGED, DENIED),
        unknowns=(Unknown(*at("It is not clear who gave the order"), "e3", "actor", None),),
        offices=(OfficeHolding("Oleg Taran", "Defence Minister", "BLR", *at("Defence Minister Oleg Taran")[:2]),),
        coder="brink 0.1.0 model 1a2b3c4d register 5e6f gazetteer 7a8b",
    )


WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
OFFSET = st.integers(0, 5000)
SHARE = st.floats(0, 1)
COUNTRY = st.none() | st.sampled_from(["RUS", "UKR", "XKX", "PSE"])
SECTORS = st.lists(st.sampled_from(["GOV", "MIL", "CVL"]), max_size=2).map(tuple)
DATE = st.none() | st.dates().map(date.isoformat)
STATEMENT_ID = st.none() | st.integers(1, 99).map(lambda n: f"s{n}")
TYPES = st.sampled_from(["AGREE", "THREATEN", "REQUEST", "CONCEDE", "ASSAULT", "RETREAT"])
MODES = st.lists(st.sampled_from(["withdraw", "heavy-weapons"]), max_size=1).map(tuple)
COUNT = st.none() | st.floats(0, 1e9) | st.integers(0, 10**9).map(float)


def many(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


SPAN = st.builds(Span, OFFSET, OFFSET, WORDS)
ACTOR = st.builds(Actor, OFFSET, OFFSET, WORDS, WORDS, st.none() | WORDS, COUNTRY, SECTORS)
PLACE = st.builds(
    Place, OFFSET, OFFSET, WORDS, WORDS, COUNTRY, st.none() | WORDS, st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180), st.none() | st.integers(1, 10**8),
    st.sampled_from(["point", "city", "admin1", "country", "area"]),
)  # fmt: skip
TIME = st.builds(
    TimeValue, DATE, DATE, st.sampled_from(["day", "week", "hour"]), WORDS, OFFSET, OFFSET,
    st.sampled_from(["UTC", "place", "dateline"]),
)  # fmt: skip
QUANTITY = st.builds(
    Quantity, OFFSET, OFFSET, WORDS, st.just("killed"), COUNT, COUNT, st.none() | WORDS, st.booleans(), STATEMENT_ID
)
DEED = st.builds(Deed, TYPES, MODES, st.none() | WORDS, st.none() | OFFSET, st.none() | OFFSET, st.booleans())
CUE = st.builds(Cue, OFFSET, OFFSET, WORDS, st.sampled_from(["say", "deny", "predict"]))
STATEMENT = st.builds(
    Statement, st.integers(1, 99).map(lambda n: f"s{n}"), st.none() | ACTOR,
    many(st.builds(Relay, OFFSET, OFFSET, WORDS, WORDS)), st.none() | CUE,
    st.lists(SPAN, min_size=1, max_size=2).map(tuple), st.sampled_from(["direct", "indirect", "mixed"]), SHARE,
)  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(TYPES)
    deed = draw(st.none() | DEED) if kind in {"AGREE", "THREATEN", "REQUEST", "CONCEDE"} else None
    return Event(
        f"e{draw(st.integers(1, 99))}", kind, draw(MODES), draw(many(st.sampled_from(["military", "legal"]))),
        draw(many(st.sampled_from(["negation", "future"]))), deed, draw(SPAN), draw(st.booleans()), draw(many(ACTOR)),
        draw(many(ACTOR)), draw(st.none() | PLACE), draw(st.none() | TIME), draw(many(QUANTITY)),
        draw(st.sampled_from(["certain", "unknown"])), draw(STATEMENT_ID), draw(st.sampled_from([None, "02", "193"])),
        draw(st.floats(-10, 10)), draw(st.sampled_from(["verbal_conflict", "material_conflict"])), draw(SHARE),
    )  # fmt: skip


@st.composite
def coded_reports(draw: st.DrawFn) -> CodedReport:
    """Any coded report that keeps the contract; its sentences cut its text, other spans need not."""
    text = draw(WORDS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    sentences = tuple(Sentence(i, i, a, b, text[a:b]) for i, (a, b) in enumerate(pairwise(cuts)))
    published = draw(st.none() | st.dates())
    return CodedReport(
        Report(draw(WORDS.filter(bool)), text, draw(st.none() | WORDS), draw(st.none() | WORDS),
               draw(st.none() | WORDS), published, "day" if published else None, "en", draw(st.booleans())),
        TextLayout(
            sentences,
            draw(st.none() | st.builds(Dateline, OFFSET, OFFSET, st.none() | WORDS, DATE, st.none() | WORDS)),
            draw(many(st.builds(Furniture, OFFSET, OFFSET, st.sampled_from(["advert", "stamp"])))),
            draw(st.none() | SPAN),
        ),
        draw(many(st.builds(
            Mention, OFFSET, OFFSET, WORDS, st.sampled_from(["GPE", "PER"]), WORDS, COUNTRY, SECTORS))),
        draw(many(STATEMENT)), draw(many(events())),
        draw(many(st.builds(Unknown, OFFSET, OFFSET, WORDS, st.none() | st.just("e1"),
                            st.sampled_from(["quantity", "outcome"]), STATEMENT_ID))),
        draw(many(st.builds(OfficeHolding, WORDS, WORDS, COUNTRY, OFFSET, OFFSET))),
        draw(WORDS.filter(bool)),
    )  # fmt: skip
