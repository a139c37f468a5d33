"""What a report itself says a person is: "Britain's Foreign Minister X", "X, president of Y", "the president, X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from brink.coding.names import GEOGRAPHIC
from brink.coding.nouns import OFFICE, PERSON, SPEAKS_FOR, courtesy
from brink.coding.roles import Role, read_affiliation, read_role
from brink.coding.scene import Scene
from brink.coding.vocabulary import words
from brink.records import Label

LONGEST = 12
"""Words of a role before or behind a name that are read."""

NEAR = 7
"""Words behind "of" or "from" among which a body must be named."""

_AGE = re.compile(r"\s*,?\s*(?:\(\d{1,3}\)|,?\s*\d{1,3}(?=\s*,))?\s*")
_IS = re.compile(r"\s+(?:is|was|became|remains|has been|as)\s+(?=(?:the|an?|one|also|now|[A-Z])\b)")
_WHO = re.compile(
    r"\s*,?\s*who\s+(?:is|was|has been|became|heads?|headed|leads?|led|runs?|ran|commands?|commanded|chairs?|chaired"
    r"|serves? as|served as|represents?|represented|works? (?:for|with)|worked (?:for|with))\s+"
)
_FROM = re.compile(r"\s*,?\s+(?:of|from|with|at)\s+(?=(?:the\s+)?[A-Z])")
_NOUN = re.compile(r"(?:ions?|airs|ics|ness|ity|[ea]nce|ing)$")
"""Endings of nouns that modify another: "press operations director"."""
_PARTY = re.compile(r"\s*\((?P<party>R|D|I)\s*[-–,]\s*(?P<seat>[A-Z][\w.]*)\)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that say what a person is. `title` is true for a title before the name; `start`/`end` span both."""

    person: Label
    role: Role
    start: int
    end: int
    title: bool


def read_evidence(scene: Scene, person: Label) -> list[Evidence]:
    """Read the words around a person's name, the most telling first."""
    found: list[Evidence] = []
    for role, title in (
        (_title(scene, person), True),
        (_behind(scene, person), False),
        (_before_comma(scene, person), False),
        (_says_who(scene, person), False),
    ):
        if role:
            begin, end = scene.tokens.span(role.first, role.last)
            found.append(Evidence(person, role, min(begin, person.start), max(end, person.end), title))
    return found


def _title(scene: Scene, person: Label) -> Role | None:
    """The role right before a name: "Russian Defence Minister X", "Minister for Health X", "his spokesman X"."""
    at = scene.tokens.within(person.start, person.end)[0]
    low = scene.bounds(person.start)[0]
    while at == low > 0 or (0 < low < at and at - low < 3):
        if not (scene.tokens.is_short(low - 1) and scene.tokens.joined(low - 1)):
            break
        low = scene.bounds(scene.tokens.starts[low - 1])[0]  # a sentence was cut after "Capt."
    end = at
    while end > low and scene.tokens.keys[end - 1] in courtesy() and scene.tokens.joined(end - 1):
        end -= 1
    if end == low or not scene.tokens.joined(end - 1):
        return None
    hit = next((h for h in reversed(scene.nouns_within(max(low, end - LONGEST), end))), None)
    if hit is None or hit.plural or not (hit.personal or hit.noun.flag == SPEAKS_FOR):
        return None
    if hit.last < end and not _title_goes_on(scene, hit.last, end):
        return None
    return read_role(scene, _phrase_start(scene, hit.first, low), end)


def _title_goes_on(scene: Scene, start: int, end: int) -> bool:
    """Whether words between an office and a name belong to the office: "Minister for Foreign Affairs"."""
    keys, written = scene.tokens.keys, scene.tokens.words
    return keys[start] in ("of", "for") and all(
        written[i][:1].isupper() or keys[i] in ("of", "for", "and", "the") for i in range(start, end)
    )


def _phrase_start(scene: Scene, head: int, low: int) -> int:
    """The first word of the phrase that ends in the noun at word `head`."""
    tokens, start = scene.tokens, head
    while start > low and head - start < LONGEST:
        before = start - 1
        if not tokens.joined(before) or tokens.keys[before] in words("breaks") or tokens.keys[before] == "and":
            break
        start = before
        if tokens.keys[before] in words("determiners"):
            break
    start = _behind_verb(scene, start, head)
    return start if start == head or _nominal(scene, start, head) else _trimmed(scene, start, head)


def _behind_verb(scene: Scene, start: int, head: int) -> int:
    """The first word behind the last verb among words `start` to `head`: "Berlin criticised | US President X".

    Verbs are not known as such: what is written small, is no known noun and no "former", and stands behind a name or
    a noun ("Hamas urges | President X") or before a country's adjective ("welcomed | US President X") is taken for
    one. Words behind an adjective or possessive ("German conservative leader", "Iran's new president") are not.
    """
    inside = {i for h in scene.nouns_within(start, head) for i in range(h.first, h.last)}
    names = [r for r in scene.references_within(start, head) if r.known.kind in GEOGRAPHIC]
    opened = {r.first for r in names}
    adjectives = {r.last - 1 for r in names if r.known.kind == "people"}
    keys = scene.tokens.keys
    for i in range(head - 1, start - 1, -1):
        if _of_person(scene, i) or keys[i] in words("auxiliaries"):
            return i + 1
        if i in inside or not _may_be_verb(scene, i):
            continue
        behind = i - 1 in inside or (i > start and i - 1 not in adjectives and _is_name(scene, i - 1))
        if behind or i + 1 in opened:
            return i + 1
    return start


def _may_be_verb(scene: Scene, index: int) -> bool:
    key = scene.tokens.keys[index]
    small = scene.tokens.words[index][:1].islower() and not _NOUN.search(key)
    return small and key != "s" and key not in words("former") and key not in words("determiners")


def _is_name(scene: Scene, index: int) -> bool:
    return scene.tokens.words[index][:1].isupper() and scene.tokens.keys[index] not in words("determiners")


def _of_person(scene: Scene, index: int) -> bool:
    """Whether a word belongs to a person's name."""
    at = scene.tokens.starts[index]
    person = scene.person_from(at)
    return person is not None and person.start <= at


def _nominal(scene: Scene, start: int, head: int) -> bool:
    return scene.tokens.keys[start] in words("determiners") or scene.tokens.words[start][:1].isupper()


def _trimmed(scene: Scene, start: int, head: int) -> int:
    """Leave out words before the first that is capitalised, a determiner or a noun: verbs ("told president X")."""
    nouns = {h.first for h in scene.nouns_within(start, head)}
    for i in range(start, head):
        if _nominal(scene, i, head) or i in nouns:
            return i
    return head


def _behind(scene: Scene, person: Label) -> Role | None:
    """The role behind a name: ", the president of China," or "X, 52, a farmer," or "X of Human Rights Watch"."""
    rest = _AGE.match(scene.text, person.end)
    comma = rest is not None and ("," in rest.group() or "(" in rest.group())
    if rest and comma:
        return _phrase_from(scene, person, rest.end())
    if (after := _FROM.match(scene.text, person.end)) or scene.text[person.end : person.end + 2] in (" (", " –", " —"):
        return (_phrase_from(scene, person, after.end()) or _affiliation(scene, person, after.end())) if after else None
    return None


def _affiliation(scene: Scene, person: Label, start: int) -> Role | None:
    """The body or country that follows "of" or "from" right away."""
    first = scene.tokens.within(start, start)[0]
    last = min(scene.bounds(person.start)[1], first + NEAR)
    for i in range(first, last):
        if not scene.tokens.joined(i):
            last = i + 1
            break
    return read_affiliation(scene, first, last)


def _phrase_from(scene: Scene, person: Label, start: int) -> Role | None:
    """The role in the words from `start` to the next comma or verb; its noun must come early."""
    first = scene.tokens.within(start, start)[0]
    high = min(scene.bounds(person.start)[1], first + LONGEST)
    last = first
    while last < high:
        key = scene.tokens.keys[last]
        if last > first and key in words("breaks") and key not in words("links"):
            break
        last += 1
        if not scene.tokens.joined(last - 1):
            break
    if last == first or any(first <= scene.tokens.within(p.start, p.end)[0] < last for p in _next(scene, person)):
        return None
    role = read_role(scene, first, last)
    if role is None or role.plural or role.head.noun.flag not in (OFFICE, PERSON, SPEAKS_FOR):
        return None
    return role if role.head.noun.flag != SPEAKS_FOR or role.head.noun.word in words("personal") or role.body else None


def _next(scene: Scene, person: Label) -> Iterator[Label]:
    return (p for p in scene.people if person.end < p.start < person.end + 80)


def _before_comma(scene: Scene, person: Label) -> Role | None:
    """The role before a name and a comma: "the Ukrainian president, X," but not an item of a list."""
    at = scene.tokens.within(person.start, person.end)[0]
    low = scene.bounds(person.start)[0]
    if at <= low or scene.tokens.gap(at - 1).strip() != ",":
        return None
    closed = scene.text[person.end : person.end + 1] in (",", ".", ";", ")") or _verb_follows(scene, person)
    hits = scene.nouns_within(max(low, at - LONGEST), at)
    hits = [h for h in hits if h.noun.flag in (OFFICE, SPEAKS_FOR) and not h.plural]
    if not closed or not hits:
        return None
    head = hits[0]
    for h in hits:
        if not any(scene.tokens.gap(i).strip() for i in range(h.last - 1, at - 1)):
            head = h
            break
    else:
        return None
    start = _phrase_start(scene, head.first, low)
    if scene.tokens.keys[start] not in words("determiners") and not scene.tokens.words[start][:1].isupper():
        return None
    return read_role(scene, start, at)


def _verb_follows(scene: Scene, person: Label) -> bool:
    return bool(
        re.match(r"\s+(?:said|says|told|has|had|was|is|will|\w+ed)\b", scene.text[person.end : person.end + 20])
    )


def _says_who(scene: Scene, person: Label) -> Role | None:
    """The role in a clause of its own: "X, who heads the mission", "X is the president of Y"."""
    for pattern in (_WHO, _IS):
        if found := pattern.match(scene.text, person.end):
            role = _phrase_from(scene, person, found.end())
            return role or (_affiliation(scene, person, found.end()) if pattern is _WHO else None)
    return None


def nationality(scene: Scene, person: Label) -> str | None:
    """The country of a people named just before a person: "the Australian X", "the Irish gardener X"."""
    at = scene.tokens.within(person.start, person.end)[0]
    low = scene.bounds(person.start)[0]
    for first in range(at - 1, max(low, at - 3) - 1, -1):
        if not scene.tokens.joined(first):
            return None
        found = scene.references_within(first, first + 1)
        if found:
            return found[0].known.country if found[0].known.kind == "people" else None
        if not scene.tokens.words[first].islower():
            return None
    return None


def american_seat(scene: Scene, person: Label) -> str | None:
    """The party letter of a name followed by "(R-Arizona)", None where there is none."""
    found = _PARTY.match(scene.text, person.end)
    return found["party"] if found else None
