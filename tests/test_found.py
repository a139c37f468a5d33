"""Happenings on disk give what they were given, in the ledger's order, and hold no more than they were told to."""

from __future__ import annotations

import random

import pytest

from brink.ledger import Disk, Found, ledger
from test_laying import a_report


def test_what_is_put_in_comes_out_in_order() -> None:
    rng = random.Random(4)
    happenings = ledger([a_report(rng, number) for number in range(40)])
    places = {h.id: (at, h.id, 0, 0, 0) for at, h in enumerate(happenings)}
    shelf = Disk(held=100)
    found = Found(shelf)
    for h in rng.sample(happenings, len(happenings)):
        found[h.id] = places[h.id], h
    assert len(happenings) > 8 and shelf._weight <= 100
    assert tuple(found.in_order()) == happenings and tuple(found.in_order()[2:5]) == happenings[2:5]
    assert all(found[h.id] == (places[h.id], h) for h in happenings)
    gone = happenings[3]
    del found[gone.id]
    assert gone.id not in found and found.get(gone.id) is None and gone not in list(found.in_order())
    with pytest.raises(KeyError):
        found[gone.id]
