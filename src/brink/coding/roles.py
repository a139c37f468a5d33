"""Role phrases: "the Russian foreign minister", "a spokesman for the rebels" -> office, sectors, whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brink.coding.names import Known, Reference
from brink.coding.nouns import BODY, OFFICE, PERSON, SPEAKS_FOR, WORK, Noun, NounHit
from brink.coding.scene import Scene
from brink.coding.vocabulary import words

NAMED = frozenset(("body", "group", "organisation", "party", "outlet", "metonym"))


@dataclass(frozen=True, slots=True)
class Role:
    """A phrase read as a role. `country` and `body` are what the phrase itself says; `owner` is the word index of a
    possessive pronoun in it, `definite` whether it points back ("the minister")."""

    first: int
    last: int
    head: NounHit
    sectors: tuple[str, ...]
    country: str | None
    body: Known | None
    office: str
    owner: int | None
    definite: bool
    former: bool

    @property
    def plural(self) -> bool:
        """Whether several are meant."""
        return self.head.plural


def read_affiliation(scene: Scene, first: int, last: int) -> Role | None:
    """Read words as where somebody belongs: "Human Rights Watch", "the Nigerian police"; None without name or noun."""
    if (role := read_role(scene, first, last)) and (role.head.noun.flag == BODY or not role.plural):
        return role
    found = [r for r in scene.references_within(first, last) if r.known.kind in NAMED or r.known.country]
    if not found:
        return None
    known, named = found[0].known, found[0].known.kind in NAMED
    noun = Noun("member", known.sectors if named else ("CVL",), PERSON)
    begin, end = scene.tokens.span(found[0].first, found[0].last)
    return Role(
        first, last, NounHit(found[0].first, found[0].last, noun, False), noun.sectors, known.country,
        known if named else None, scene.text[begin:end], None, False, False,
    )  # fmt: skip


def read_role(scene: Scene, first: int, last: int) -> Role | None:
    """Read words `first` to before `last` as a role; None where no noun of theirs stands for a party."""
    hits = scene.nouns_within(first, last)
    end = _core_end(scene, first, last, hits)
    core = [h for h in hits if h.last <= end]
    if not core:
        return None
    head = core[-1]
    references = scene.references_within(first, last)
    before = [r for r in references if r.first < head.last]
    behind = [r for r in references if r.first >= head.last]
    body = _body(scene, before, behind, head)
    keys = scene.tokens.keys
    owner = next((i for i in range(first, head.first) if keys[i] in words("possessives")), None)
    tail = [h for h in hits if h.first >= end]
    return Role(
        first=first,
        last=last,
        head=head,
        sectors=_sectors(head, core[:-1], tail, body),
        country=_country(scene, before, behind, head, body),
        body=body,
        office=_office(scene, first, last, head, before),
        owner=owner,
        definite=first < head.first and keys[first] in words("definite"),
        former=any(keys[i] in words("former") or keys[i].startswith("ex-") for i in range(first, head.first)),
    )


def _core_end(scene: Scene, first: int, last: int, hits: Sequence[NounHit]) -> int:
    """The word before which the phrase's own noun ends: a preposition, relative or comma outside a noun or name."""
    inside = {i for h in hits for i in range(h.first + 1, h.last)}
    inside |= {i for r in scene.references_within(first, last) for i in range(r.first + 1, r.last)}
    for i in range(first, last):
        if i > first and i not in inside and scene.tokens.keys[i] in words("breaks"):
            return i
        if i + 1 < last and any(c in scene.tokens.gap(i) for c in ',;:()–—"“”') and _ends_noun(hits, i):
            return i + 1
    return last


def _ends_noun(hits: Sequence[NounHit], index: int) -> bool:
    return any(h.last - 1 == index for h in hits)


def _body(scene: Scene, before: Sequence[Reference], behind: Sequence[Reference], head: NounHit) -> Known | None:
    """The body, group or organisation that the role belongs to."""
    for r in before:
        if r.known.kind in NAMED:
            return r.known
    for r in behind[:1]:
        if r.known.kind in NAMED and _linked(scene, head.last, r.first, ("of", "for", "from", "with", "at")):
            return r.known
    return None


def _linked(scene: Scene, start: int, end: int, links: Sequence[str]) -> bool:
    """Whether a preposition of `links` opens the words between a noun and a name, with few others in between."""
    return start < end and end - start <= 5 and scene.tokens.keys[start] in links


def _country(
    scene: Scene, before: Sequence[Reference], behind: Sequence[Reference], head: NounHit, body: Known | None
) -> str | None:
    own = [r for r in before if r.known.country and r.known.kind not in NAMED]
    if own and not (body and body.country is None and body.kind == "body"):
        return own[0].known.country
    if body:
        return body.country
    for r in behind:
        link = scene.tokens.keys[head.last] if head.last < r.first else ""
        abroad = link == "to" and head.noun.flag in (OFFICE, SPEAKS_FOR)
        if link in words("links") and not abroad and r.known.country:
            return r.known.country
    return None


def _sectors(
    head: NounHit, modifiers: Sequence[NounHit], tail: Sequence[NounHit], body: Known | None
) -> tuple[str, ...]:
    own = head.noun.sectors
    leads = head.noun.flag in (SPEAKS_FOR, WORK) or head.noun.word in words("leading")
    if body:
        return _of_body(body, own, leads)
    donors = [h.noun.sectors for h in modifiers if h.noun.sectors[0] in words("donors") or h.noun.flag == "b"]
    if leads and donors:
        return donors[-1]
    if leads and tail:
        return tail[0].noun.sectors
    rebels = [s for s in donors if s[0] in ("REB", "UAF", "OPP") and s[0] != own[0]]
    return tuple(dict.fromkeys((*rebels[-1], *own))) if rebels else own


def _of_body(body: Known, own: tuple[str, ...], leads: bool) -> tuple[str, ...]:
    if body.kind == "metonym" and not leads:
        return own
    if body.kind == "party" and own[0] in ("LEG", "OPP"):
        return (*own, "PTY")
    if body.kind in ("body", "group") and own[0] in ("MIL", "COP", "JUD") and own[0] not in body.sectors:
        return (*body.sectors, own[0])
    return body.sectors


def _office(scene: Scene, first: int, last: int, head: NounHit, before: Sequence[Reference]) -> str:
    """The office in the report's words, without article, country and whose it is."""
    tokens = scene.tokens
    start = first
    for i in range(first, head.first):
        if tokens.keys[i] in words("determiners") or tokens.keys[i] == "s" or tokens.words[i].isdigit():
            start = i + 1
    for r in before:
        if r.last <= head.first and r.known.kind in ("country", "people", "seat", "place"):
            start = max(start, r.last)
    if start < len(tokens) and tokens.keys[start] == "s":
        start += 1
    begin, end = tokens.span(min(start, head.first), head.last)
    return scene.text[begin:end]
