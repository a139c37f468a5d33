"""Cues: which ones name no speaker, which quote somebody else, where the speaker stands."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from typing import Any

BE = r"(?:is|are|was|were|be|been|being|gets?|got)"
"""Forms of "be" before which a participle is passive."""

ADVERBS = r"(?:(?:\w+ly|also|at first|now|not|still|then|once|being|been|never|long|once again|said to be)\s+){0,2}"
"""Words that may stand between "be" and its participle."""

TO_BE = r"\W*(?:that|as|to|to have|to be|to have been|not to)?\W*"
"""What may follow an impersonal participle within its cue; any other verb has a subject ("is said to have replied")."""


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("brink.data").joinpath("statements/cues.toml").read_text("utf-8"))


@functools.cache
def _impersonal() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    table = _table()["impersonal"]
    words = "|".join(map(re.escape, table["passive"]))
    passive = re.compile(rf"\b{BE}\s+{ADVERBS}(?:{words})\b|\b(?:widely|generally|commonly)\s+(?:{words})\b", re.I)
    bare = re.compile(rf"(?:{'|'.join(map(re.escape, table['bare']))})\b", re.I)
    return frozenset(table["adverbs"]), passive, bare


@functools.lru_cache(maxsize=64)
def is_impersonal(text: str, start: int, end: int) -> bool:
    """Whether the cue at `text[start:end]` names no speaker ("reportedly", "is believed to", "it is thought")."""
    adverbs, passive, bare = _impersonal()
    cue = text[start:end].lower()
    if cue in adverbs:
        return True
    if cue in _words("adjectives") and re.search(
        r"\b(?:the|an?|his|her|its|their|of|for|in|over|about|'s|’s)\s+$",
        text[max(0, start - 24) : start],
        re.I,
    ):
        return True
    if re.match(r"\s+(?:\w+\s+)?by\b", text[end : end + 24]) or cue.endswith(" by"):
        return False
    left = max(0, start - 30)
    led = text[left:end]
    found = next((m for m in passive.finditer(led) if m.end() > start - left), None)
    if found:
        return re.fullmatch(TO_BE, led[found.end() :]) is not None
    return bool(bare.match(text, start, end + 8)) and not subject_before(text, start)


@functools.lru_cache(maxsize=64)
def passive_before(text: str, start: int) -> bool:
    """Whether a form of "be" stands right before `start`, so that what follows is passive."""
    return bool(re.search(rf"\b{BE}\s+{ADVERBS}$", text[max(0, start - 30) : start], re.I))


@functools.lru_cache(maxsize=64)
def is_passive(text: str, start: int, end: int) -> bool:
    """Whether the cue at `text[start:end]` is passive ("was announced"), its subject not the speaker."""
    return passive_before(text, start) or bool(
        re.match(rf"(?:has been|have been|had been|{BE})\s", text[start:end], re.I)
    )


def subject_before(text: str, start: int) -> bool:
    """Whether a subject pronoun stands right before `start` ("he expected to")."""
    return bool(re.search(r"\b(?:he|she|they|we|i|who)\s+(?:\w+\s+)?$", text[max(0, start - 24) : start], re.I))


def begins_asked(text: str, start: int, end: int) -> bool:
    """Whether the cue is the "Asked whether …," before somebody's answer: who asked is not told."""
    return text[start:end] in ("Asked", "When asked", "Questioned") and bool(
        re.match(r"\s+(?!for\b)", text[end : end + 5])
    )


@functools.lru_cache(maxsize=4096)
def is_noun(cue: str) -> bool:
    """Whether a cue is a noun ("allegations"), whose speaker stands right beside it or behind "by"."""
    return cue.lower().split()[-1].strip('"“”') in _words("nouns")


@functools.cache
def plain_verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns with a group "cue" for a plain verb of saying: right before a content, and right behind one."""
    words = "|".join(map(re.escape, sorted(_words("plain"))))
    before = rf"\b(?P<cue>{words})(?:\s+that)?[\s,:\"“”‘'`]*$"
    behind = rf"[\s,\"“”’'.?!]*(?:[\w.’'-]+\s+){{0,6}}?(?P<cue>{words})\b"
    return re.compile(before, re.I), re.compile(behind, re.I)


@functools.lru_cache(maxsize=4096)
def quotes_other(cue: str) -> bool:
    """Whether a cue's grammatical subject quotes somebody else ("quoted", "citing")."""
    return not _words("quoting").isdisjoint(cue.lower().split())


@functools.lru_cache(maxsize=4096)
def speaker_follows(cue: str) -> bool:
    """Whether a cue is followed by its speaker ("according to", "in the words of")."""
    return cue.lower() in _words("speaker_follows")


@functools.cache
def heard_by() -> re.Pattern[str]:
    """Matches the end of words that are followed by a hearer or a medium ("told ", "in a long ")."""
    words = "|".join(map(re.escape, sorted(_words("heard_by"))))
    return re.compile(rf"\b(?:{words})\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:\w+\s+)?$", re.I)


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(_table()[section]["words"])
