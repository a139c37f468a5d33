"""Whether a single full stop, followed by something that could begin a sentence, ends one.

The rules stand in `RULES`, in the order in which they are asked; the first that knows decides, and where none knows
the stop ends the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from brink.text.marks import Mark
from brink.text.tables import table

# A quotation that closes within so many characters after a doubtful stop is a nickname or a label, not speech.
NICKNAME_REACH = 28

Rule = Callable[[Mark, int], bool | None]

_INITIALS = re.compile(r"(?:[A-Z]\.-?)*[A-Z]$")
_NICKNAME = re.compile(r"[A-Z][\w'’-]+ [\"“'‘][A-Z.]+$")
_ROMAN = re.compile(r"[IVXLC]+$")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]*$")


def ends_at_stop(mark: Mark, begin: int) -> bool:
    """Take the mark and where its sentence began; True where the stop ends it."""
    for rule in RULES:
        verdict = rule(mark, begin)
        if verdict is not None:
            return verdict
    return True


def _enumerator(mark: Mark, begin: int) -> bool | None:
    """ "1. The ministry …" at the head of a sentence."""
    if mark.at - begin > 8:
        return None
    return False if _ENUMERATOR.fullmatch(mark.text[begin : mark.at].strip()) else None


def _quoted(mark: Mark, begin: int) -> bool | None:
    """A closing quote after the stop: what was quoted is over, unless it was somebody's nickname."""
    if not set(mark.closers) & set("\"'”’»"):
        return None
    head = mark.text[max(begin, mark.at - NICKNAME_REACH) : mark.at]
    return not (_INITIALS.match(mark.before) and _NICKNAME.search(head))


def _title(mark: Mark, begin: int) -> bool | None:
    return False if _listed(mark.before, "never") else None


def _number(mark: Mark, begin: int) -> bool | None:
    numbered = mark.next[:1].isdigit() or bool(_ROMAN.match(mark.next.rstrip(".")))
    return False if numbered and _listed(mark.before, "number") else None


def _clock(mark: Mark, begin: int) -> bool | None:
    if mark.before.lower().lstrip("0123456789:.") not in _words("clock"):
        return None
    return mark.next.rstrip(".") not in _words("after_clock") and not set(mark.openers) & set("-–—")


def _doubtful(mark: Mark, begin: int) -> bool | None:
    """Initials and abbreviations that may stand at the end of a sentence: what follows must look like a beginning."""
    known = _listed(mark.before, "perhaps") or bool(_INITIALS.match(mark.before.rsplit("-", 1)[-1]))
    if not known and _listed(mark.before, "states"):
        known = mark.text[: mark.at - len(mark.before)][-2:] in (", ", "(", " (")
    return _begins(mark) if known else None


def _begins(mark: Mark) -> bool:
    """Whether the words after a doubtful stop begin a sentence."""
    if any(opener in mark.openers for opener in "\"“'‘"):
        return not _short_quotation(mark)
    if set(mark.openers) & set("-–—"):
        return False
    word = mark.next.replace("’", "'")
    return word in _words("starters") or word.removesuffix("'s") in _words("starters")


def _short_quotation(mark: Mark) -> bool:
    opened = mark.stop + len(mark.text[mark.stop : mark.stop + 4]) - len(mark.text[mark.stop : mark.stop + 4].lstrip())
    return bool(re.search("[\"”'’]", mark.text[opened + 1 : opened + NICKNAME_REACH]))


RULES: Sequence[Rule] = (_enumerator, _quoted, _title, _number, _clock, _doubtful)


def _listed(word: str, name: str) -> bool:
    """Whether a word, or its last part after a hyphen, is in a list; also when it is all in capitals or small."""
    words = _words(name)
    return any(form in words for part in (word, word.rsplit("-", 1)[-1]) for form in (part, _capital_first(part)))


def _capital_first(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 1 else word


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("abbreviations")[name])
