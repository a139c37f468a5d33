"""The class of a cue: say, claim, confirm, deny, doubt, warn, threaten, accuse, promise, ask or predict.

The model's scores decide where they stand; the lexicon of `data/statements/classes.toml` weighs in where a cue has
a class of its own ("denied"), and decides alone where the model gives no scores. A neutral cue ("said") then takes
the class of what it tells.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

CLASSES = ("say", "claim", "confirm", "deny", "doubt", "warn", "threaten", "accuse", "promise", "ask", "predict")

OWN = 0.35
"""What a cue's own class adds to the model's probability, and what a content's class adds (`TOLD`, or `SURE`)."""
TOLD = 0.1
SURE = 1.0

WORD = re.compile(r"[\w’'-]+")


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("brink.data").joinpath("statements/classes.toml").read_text("utf-8"))


@functools.cache
def _lexicon() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for name, phrases in _table()["lexicon"].items():
        for phrase in phrases:
            found.setdefault(tuple(phrase.split()), name)
    return found


@functools.cache
def _contents() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    rules = _table()["content"]
    return tuple((r["class"], SURE if r.get("sure") else TOLD, re.compile("|".join(r["words"]), re.I)) for r in rules)


@functools.cache
def bases(word: str) -> tuple[str, ...]:
    """The forms a lower-case English word may have as its base ("denied": denied, deny …), itself first."""
    irregular = _table()["irregular"].get(word)
    if irregular:
        return word, irregular
    found = [word]
    for ending, makes in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            found += [word[: len(word) - len(ending)] + make for make in makes]
    return tuple(found)


ENDINGS = (
    ("ied", ("y",)), ("ies", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)),
    ("nned", ("n",)), ("nning", ("n",)), ("tted", ("t",)), ("tting", ("t",)), ("gged", ("g",)), ("bbed", ("b",)),
    ("rred", ("r",)), ("bbing", ("b",)), ("gging", ("g",)), ("tion", ("te",)),
)  # fmt: skip


@functools.lru_cache(maxsize=4096)
def own_class(cue: str) -> str | None:
    """The class that a cue has whatever it tells, or None for a neutral one ("said", "according to")."""
    words = [bases(w) for w in WORD.findall(cue.lower())]
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            for phrase in _phrases(words[at : at + size]):
                if phrase in _lexicon():
                    return _lexicon()[phrase]
    return None


def _phrases(words: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for forms in words:
        found = [(*head, form) for head in found for form in forms]
    return found


def told_class(content: str) -> str:
    """The class that a neutral cue takes from its content; "say" where nothing in it tells."""
    return _told(content)[0]


def _told(content: str) -> tuple[str, float]:
    return next(((name, weight) for name, weight, rule in _contents() if rule.search(content)), ("say", TOLD))


def class_of(cue: str | None, content: str, scores: Mapping[str, float]) -> str:
    """The class of a cue.

    Takes the cue's words (None for a content without cue), the content's words, and the model's scores, in which
    the classes are named "class:say" and so on and may be missing. Gives one of `CLASSES`.
    """
    own = own_class(cue) if cue else None
    told, weight = (own, OWN) if own else _told(content)
    given = {name: scores[f"class:{name}"] for name in CLASSES if f"class:{name}" in scores}
    if not given:
        return told
    given[told] = given.get(told, 0.0) + weight
    return max(given, key=lambda name: given[name])
