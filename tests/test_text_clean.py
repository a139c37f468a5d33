"""Cleaning: what changes, and the way back to the stored characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.text.clean import clean, steps

ODD = "a ﬁﬃ\u00ad\u200b\u00a0“”’—…é\n\t"


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        ("spaces", "5\u00a0km\u2009north\tof", "5 km north of"),
        ("quotes", "“Go,” she said: ‘it’s late’", "\"Go,\" she said: 'it's late'"),
        ("dashes", "Kyiv – a city — and 5−3", "Kyiv - a city - and 5-3"),
        ("invisible", "Min\u00adis\u200bter\ufeff", "Minister"),
        ("ligatures", "oﬃcial ﬁre", "official fire"),
    ],
)
def test_step(step: str, text: str, expected: str) -> None:
    assert clean(text, (step,)).text == expected


def test_unknown_step_is_an_error() -> None:
    with pytest.raises(KeyError):
        clean("text", ("no such step",))


def test_span_of_a_shortened_text_points_to_the_stored_word() -> None:
    stored = "The Min\u00adis\u00adter left."
    view = clean(stored, ("invisible",))
    start = view.text.index("Minister")
    begin, end = view.stored(start, start + len("Minister"))
    assert stored[begin:end] == "Min\u00adis\u00adter"


def test_span_of_a_lengthened_text_points_to_the_ligature() -> None:
    view = clean("an oﬃcer", ("ligatures",))
    assert view.text == "an officer"
    assert view.stored(4, 7) == (4, 5)


def test_text_without_odd_characters_keeps_its_positions() -> None:
    assert clean("Plain text.", tuple(steps())).offsets is None


@given(st.text(alphabet=ODD, max_size=60))
def test_every_position_leads_back_in_order(text: str) -> None:
    view = clean(text, tuple(steps()))
    spans = [view.stored(i, i + 1) for i in range(len(view.text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(alphabet=ODD, max_size=60), st.sampled_from(["spaces", "quotes", "dashes"]))
def test_swaps_keep_the_length(text: str, step: str) -> None:
    assert len(clean(text, (step,)).text) == len(text)
