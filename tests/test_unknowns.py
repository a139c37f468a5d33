"""Admissions of ignorance: what is not known, of which event, who says so."""

from __future__ import annotations

import pytest

from brink.coding.unknowns import attribute_of, find_unknowns
from brink.records import Deed, Event, Label, Labelling, Quantity, Sentence, Span

CASES = [
    ("it is not clear how many troops are leaving", "quantity"),
    ("nobody knows when the convoy will come", "time"),
    ("it was not known where he is held", "place"),
    ("the army did not say why", "cause"),
    ("no group claimed responsibility", "actor"),
    ("it is unclear whether the truce holds", "occurrence"),
    ("it is not known who gave the order or why", "actor"),
    ("the outcome is open", "outcome"),
]


@pytest.mark.parametrize(("words", "attribute"), CASES)
def test_attribute(words: str, attribute: str) -> None:
    assert attribute_of(words, "outcome") == attribute


def event(
    name: str, at: int, kind: str = "RETREAT", deed: str | None = None, counts: tuple[Quantity, ...] = ()
) -> Event:
    """An event whose trigger stands at `at`."""
    trigger = Span(at, at + 4, "left")
    nothing: tuple[()] = ()
    act = Deed(deed, nothing, None, None, None, False) if deed else None
    return Event(name, kind, nothing, nothing, nothing, act, trigger, True, nothing, nothing, None, None, counts,
                 "certain", None, None, 6.5, "material_cooperation", 0.9)  # fmt: skip


SOME = Quantity(0, 4, "Some", "troops", 1, None, "persons", True, None)
PARADE = "Some left. They load. They will move. They met. It is not clear how many {}."
TOLD = (
    event("some left", 5, counts=(SOME,)),
    event("load", 16),
    event("will move", 27, "CONCEDE", "RETREAT"),
    event("met", 43, "CONSULT"),
)


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("are withdrawing", "some left"),
        ("were at the talks", "met"),
        ("that makes", "some left"),
        ("were killed", "some left"),
    ],
)
def test_an_admission_is_about_the_act_that_its_words_name(words: str, about: str) -> None:
    text = PARADE.format(words)
    start = text.index("It is")
    sentences = [Sentence(0, 0, 0, start - 1, text[: start - 1]), Sentence(1, 0, start, len(text), text[start:])]
    label = Label(start, len(text) - 1, text[start:-1], "unknown", "quantity", 1, 0.8)
    found = find_unknowns(text, Labelling((label,), ()), TOLD, (), sentences)
    assert [u.about for u in found] == [about]


def test_parts_of_one_admission_are_one_and_about_the_event_before() -> None:
    text = "Troops left. It is not clear so far how many. Nothing more."
    sentences = [
        Sentence(0, 0, 0, 12, text[:12]),
        Sentence(1, 0, 13, 45, text[13:45]),
        Sentence(2, 0, 46, 59, text[46:]),
    ]
    parts = [(13, 28, "occurrence"), (36, 44, "quantity")]
    labels = tuple(Label(a, b, text[a:b], "unknown", kind, 1, 0.8) for a, b, kind in parts)
    found = find_unknowns(text, Labelling(labels, ()), [event("e1", 7)], (), sentences)
    assert [(u.text, u.attribute, u.about) for u in found] == [("It is not clear so far how many", "quantity", "e1")]


def test_an_event_far_before_is_not_meant() -> None:
    text = "Left. One. Two. Three. It is not clear why."
    ends = [5, 10, 15, 22, 43]
    starts = [0, 6, 11, 16, 23]
    sentences = [Sentence(i, 0, a, b, text[a:b]) for i, (a, b) in enumerate(zip(starts, ends, strict=True))]
    label = Label(23, 42, text[23:42], "unknown", "cause", 4, 0.8)
    found = find_unknowns(text, Labelling((label,), ()), [event("e1", 0)], (), sentences)
    assert found[0].about is None and found[0].attribute == "cause"
