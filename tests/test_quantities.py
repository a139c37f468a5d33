"""Quantities: what is counted, within which bounds, and whose event it belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.coding.quantities import event_quantities, find_quantities
from brink.records import Quantity, Sentence, Span


def counts(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, [Sentence(0, 0, 0, len(text), text)])


BOUNDS = [
    ("The ministry moved some troops.", "some troops", 1, None, True),
    ("Several tanks were seen.", "Several", 3, None, True),
    ("Dozens of people were hurt.", "Dozens", 24, 99, True),
    ("Hundreds of protesters came.", "Hundreds", 200, 999, True),
    ("Thousands of protesters came.", "Thousands", 2000, 9999, True),
    ("Tens of thousands of protesters came.", "Tens of thousands", 20000, 99999, True),
    ("Scores of protesters came.", "Scores", 40, None, True),
    ("Several thousand soldiers came.", "Several thousand", 2000, 9999, True),
    ("Between 3,000 and 5,000 soldiers came.", "Between 3,000 and 5,000", 3000, 5000, False),
    ("Some 3,000 to 5,000 soldiers came.", "Some 3,000 to 5,000", 3000, 5000, True),
    ("Four to nine hundred men fell.", "Four to nine hundred", 400, 900, True),
    ("More than 100,000 people marched.", "More than 100,000", 100000, None, False),
    ("At least 12 people died.", "At least 12", 12, None, False),
    ("Over two dozen people were held.", "Over two dozen", 24, None, False),
    ("Up to 500 men deserted.", "Up to 500", None, 500, True),
    ("Nearly 40 men deserted.", "Nearly 40", None, 40, True),
    ("Fewer than 200 men deserted.", "Fewer than 200", None, 199, True),
    ("About 300 men deserted.", "About 300", 300, 300, True),
    ("Some 300 men deserted.", "Some 300", 300, 300, True),
    ("An estimated 8,000 people came.", "An estimated 8,000", 8000, 8000, True),
    ("Forty or so men deserted.", "Forty or so", 40, 40, True),
    ("A dozen men deserted.", "A dozen", 12, 12, False),
    ("Twenty-three men deserted.", "Twenty-three", 23, 23, False),
    ("A pair of drones fell.", "A pair of", 2, 2, False),
    ("A total of 19 men deserted.", "A total of 19", 19, 19, False),
    ("Police handed over two smugglers.", "two", 2, 2, False),
    ("No casualties were reported.", "No casualties", 0, 0, False),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "approximate"), BOUNDS)
def test_bounds(text: str, words: str, low: float | None, high: float | None, approximate: bool) -> None:
    assert [(q.text, q.low, q.high, q.approximate) for q in counts(text)] == [(words, low, high, approximate)]


KINDS = [
    ("The army sent 200 soldiers.", "troops", "persons"),
    ("The army lost twelve tanks.", "vehicles", "vehicles"),
    ("Two army helicopters fell.", "aircraft", "aircraft"),
    ("Six warships sailed.", "ships", "ships"),
    ("Over 4,000 demonstrators came.", "protesters", "persons"),
    ("The siege lasted nine days.", "days", "days"),
    ("Gunmen killed 12 people.", "killed", "persons"),
    ("Twelve people were killed.", "killed", "persons"),
    ("The bodies of 40 men were found.", "killed", "persons"),
    ("The death toll rose to 98.", "killed", "persons"),
    ("The blast left 12 dead.", "killed", "persons"),
    ("The blast injured 12 people.", "wounded", "persons"),
    ("Police arrested six men.", "arrested", "persons"),
    ("Fighting displaced 3,000 people.", "displaced", "persons"),
    ("A turnout of about 35,000 was claimed.", "protesters", "persons"),
    ("Raiders killed an aid worker.", "killed", "persons"),
    ("The bank froze $3.2bn.", "money", "USD"),
    ("The bank froze €20m.", "money", "EUR"),
    ("The bank froze US$575.", "money", "USD"),
    ("The bank froze 76 billion baht.", "money", "THB"),
]


@pytest.mark.parametrize(("text", "kind", "unit"), KINDS)
def test_kind_and_unit(text: str, kind: str, unit: str) -> None:
    assert [(q.kind, q.unit) for q in counts(text)] == [(kind, unit)]


def test_amounts_of_money() -> None:
    found = counts("The bank froze $3.2bn, €20m and 1.5 million pounds.")
    assert [(q.text, q.low) for q in found] == [
        ("$3.2bn", 3_200_000_000),
        ("€20m", 20_000_000),
        ("1.5 million pounds", 1_500_000),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The blast killed 12 people and wounded 30.", [("12", "killed"), ("30", "wounded")]),
        ("Three soldiers died and eleven were wounded.", [("Three", "killed"), ("eleven", "wounded")]),
        ("At least 9 were killed and 20 others injured.", [("At least 9", "killed"), ("20", "wounded")]),
    ],
)
def test_killed_and_wounded_side_by_side(text: str, told: list[tuple[str, str]]) -> None:
    assert [(q.text, q.kind) for q in counts(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "The town fell on 12 March 2014 at 11:45.",
        "A 24-year-old was seen.",
        "Ilo Brandt, 24, spoke.",
        "T-72 and Su-25 models and a Boeing 737 were shown.",
        "Resolution 1701 and Article 5 were read.",
        "The 7th Fleet and the third battalion sailed.",
        "The home side won 2-1.",
        "No one and no other one spoke for some time.",
        "It ended at ten.",
        "It was founded in 1998.",
    ],
)
def test_no_count(text: str) -> None:
    assert counts(text) == ()


def of_event(text: str, trigger: str, kind: str, modes: tuple[str, ...] = ()) -> list[str]:
    start = text.index(trigger)
    span, sentence = Span(start, start + len(trigger), trigger), Sentence(0, 0, 0, len(text), text)
    return [q.text for q in event_quantities(span, kind, modes, sentence, counts(text))]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "told"),
    [
        ("The blast killed 12 people and wounded 30.", "killed", "ASSAULT", ["12", "30"]),
        ("At least five bombs exploded in the market, killing 30.", "exploded", "ASSAULT", ["30"]),
        ("Some 200 soldiers left the base after 40 days.", "left", "RETREAT", ["Some 200"]),
        ("About 8,000 people marched past 12 embassies.", "marched", "PROTEST", ["About 8,000"]),
        ("Assets worth 76 billion baht (US$2.2 billion) were frozen.", "frozen", "COERCE", ["76 billion baht"]),
        ("Officials say 96 trucks, 70 cars and 6 containers were destroyed.", "destroyed", "ASSAULT", ["96"]),
        ("The minister met her guest.", "met", "CONSULT", []),
    ],
)
def test_counts_of_an_event(text: str, trigger: str, kind: str, told: list[str]) -> None:
    assert of_event(text, trigger, kind) == told


PHRASES = """
at least 12 , 3,000 to 5,000 people killed and wounded $ 3.2bn some no dozens of troops or more
one hundred -year-old % (US$3 million) between nearly twice a man T-72 . 2014 10 men's
"""
WORDS = st.sampled_from(PHRASES.split())


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_count_points_to_its_words(text: str) -> None:
    found = counts(text)
    assert all(text[q.start : q.end] == q.text and q.text for q in found)
    assert all(q.low <= q.high for q in found if q.low is not None and q.high is not None)
    assert all(q.statement is None for q in found)
