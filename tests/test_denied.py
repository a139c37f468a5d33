"""Acts that "no", "nothing" or a verdict on the tale denies."""

from __future__ import annotations

import pytest

from brink.coding.denied import denied
from brink.records import Label, Sentence

CASES = [
    ("Our guns fired at no town.", "fired", True),
    ("Our troops have seized nothing.", "seized", True),
    ("No soldier has left the base.", "left", True),
    ("He said that not one of them was killed.", "killed", True),
    ("The tale of an attack by our navy is a fabrication.", "attack", True),
    ("Claims that Peru shelled the port were false.", "shelled", True),
    ("No more than twenty were killed.", "killed", False),
    ("No country should arm the rebels.", "arm", False),
    ("They fired on the town, nothing else.", "fired", False),
    ("The report of the attack is long.", "attack", False),
    ("It is a lie that nobody left.", "left", False),
    ("There was no rain when they shelled the port.", "shelled", False),
]


@pytest.mark.parametrize(("text", "words", "negated"), CASES)
def test_what_is_denied_by_its_words(text: str, words: str, negated: bool) -> None:
    at = text.index(words)
    label = Label(at, at + len(words), words, "event", "ASSAULT", 0, 0.5, {"aux:negation": 0.1})
    (found,) = denied(text, [label], [Sentence(0, 0, 0, len(text), text)])
    assert (found.scores["aux:negation"] > 0.5) is negated
