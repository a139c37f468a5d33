"""Origin identity: in whose name does the innermost speaker of a telling speak (docs/design.md, section 6)?

One state's executive, ministries, embassies, forces, services and state media are ONE body, named by the state.
Parliament, courts, local government, each armed group, party, union, company, rights group and person is a body of
its own; UN agencies are one. What an outlet tells in its own voice is the body "outlets", unless its reporter saw it.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from brink.coding import named_in
from brink.ledger import wording
from brink.ledger.tables import table, words
from brink.records import Actor, CodedReport

STATE = frozenset({"GOV", "MIL", "SPY", "COP"})
GROUPS = frozenset({"REB", "UAF", "OPP", "PTY", "CRM"})
BODIES = frozenset({"NGO", "BUS", "LAB", "REL", "EDU"})

_TELLING = 2.0
"""Least weight of a noun that tells one body from another, in nats (`wording.weight`); set by hand."""

_AND = re.compile(r",\s+(?:and\s+)?|\s+and\s+|^both\s+", re.IGNORECASE)

_LONGEST = 5
"""Most words of a listed name with its office: "the Foreign Ministry in Paris"."""

OPPOSITION = "-Opposition"
"""What stands behind the country in the name of an opposition that is told by no name."""


@dataclass(frozen=True, slots=True)
class Body:
    """Who vouches. `name` is a state's code, else the name the field knows; `kind` as in `records.Origin`."""

    name: str
    country: str | None
    kind: str
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report itself tells about its unnamed speakers: the country it is mostly about, its place, its outlet."""

    home: str | None
    place: str | None
    outlet: str | None
    body: str | None = None


OUTLETS = Body("outlets", None, "outlet")


def setting_of(coded: CodedReport) -> Setting:
    """The setting of a report: the country and the body it names most, its dateline's place, its outlet."""
    named = Counter(m.country for m in coded.mentions if m.country)
    home = min(named, key=lambda c: (-named[c], c)) if named else None
    dateline = coded.layout.dateline
    bodies = Counter(m.name for m in coded.mentions if "IGO" in m.sector and m.kind == "ORG")
    body = min(bodies, key=lambda b: (-bodies[b], b)) if bodies else None
    return Setting(home, dateline.place if dateline else None, coded.report.outlet, body)


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("bodies")["words"][name], re.IGNORECASE)


def body_of(speaker: Actor, setting: Setting) -> Body:
    """The body for which a speaker speaks."""
    told = " ".join(filter(None, (speaker.text, speaker.office)))
    sectors = frozenset(speaker.sector)
    first = speaker.sector[0] if speaker.sector else None
    if _words("document").search(speaker.text):
        return Body(_plain(speaker.text), speaker.country, "document")
    if first == "MED" and not _is_named_person(speaker, told):
        return _medium(speaker, sectors, setting)
    if first == "IGO":
        person = _names_person(speaker.name) and setting.body is not None
        return Body(_named(told, "body") or str(setting.body if person else speaker.name), None, "body")
    country = speaker.country or (setting.home if first in STATE else None)
    if country and _words("ombudsman").search(told):
        return Body(f"{country}-Ombudsman", country, "body")
    if country and _words("local").search(told) and not _words("national").search(told):
        return Body(f"{country}-{_place_of(speaker)}", country, "state")
    judge = first == "JUD" and not _words("prosecution").search(told)
    if country and (judge or (first in ("LEG", "JUD") and _words("house").search(told))):
        return Body(f"{country}-{'Parliament' if first == 'LEG' else 'Courts'}", country, "state")
    if GROUPS & sectors and first not in STATE | {"LEG"}:
        return Body(_group(speaker, told), country, "group", _unnamed(speaker))
    if country and first in STATE | {"LEG", "JUD"}:
        if _words("nameless").fullmatch(speaker.text) and not _of_a_state(speaker.text):
            return Body(_plain(speaker.text), None, "person", True)  # nobody says whose officials they are
        return Body(country, country, "state", _unnamed(speaker))
    if first in BODIES:
        return Body(_plain(speaker.name), country, "body", _unnamed(speaker))
    return _person(speaker, setting)


def listed(speaker: Actor) -> tuple[Body, ...]:
    """The states and bodies that a speaker's words list by name ("London, Washington and Paris"); else nothing."""
    parts = [part for part in _AND.split(speaker.text) if part]
    found = [_one_named(part) for part in parts] if len(parts) > 1 else []
    named = dict.fromkeys(b for b in found if b is not None)
    return tuple(named) if len(named) == len(parts) else ()


def _one_named(text: str) -> Body | None:
    known = named_in(text) if len(text.split()) <= _LONGEST else ()
    if len(known) != 1 or known[0].shared:
        return None
    if known[0].country and known[0].kind in ("country", "seat", "metonym"):
        return Body(known[0].country, known[0].country, "state")
    return Body(known[0].name, None, "body") if known[0].kind == "body" else None


def _of_a_state(text: str) -> bool:
    """Whether the words themselves name a state or its seat ("a person familiar with Pentagon planning")."""
    return any(known.country and known.kind in ("country", "people", "metonym", "seat") for known in named_in(text))


def group_of(actor: Actor) -> Body:
    """The body of an armed group, party or opposition that acts."""
    return Body(_group(actor, actor.text), actor.country, "group")


def _named(text: str, kind: str) -> str | None:
    """The first name of that kind that the tables know in a phrase."""
    return next((known.name for known in named_in(text) if known.kind == kind), None)


def _medium(speaker: Actor, sectors: frozenset[str], setting: Setting) -> Body:
    """A state's medium speaks for its state, a reporter on the spot for his agency; the rest are outlets."""
    known = next((k.country for k in named_in(speaker.name) if k.kind == "outlet"), None)
    if (speaker.country or known) and speaker.name in table("bodies")["state_media"]:
        return Body(str(speaker.country or known), speaker.country or known, "state")
    country = speaker.country or setting.home
    if country and "GOV" in sectors:
        return Body(country, country, "state")
    if country and _words("state_outlet").search(speaker.text):
        return Body(country, country, "state")
    if _words("reporter").search(speaker.text):
        named = " ".join(w for w in re.findall(r"[A-Z][\w'’-]+", speaker.name) if w not in ("The", "A", "An", "Our"))
        listed = next((k.name for k in named_in(speaker.text) if k.kind == "outlet"), "")
        named = named or listed  # "a dpa reporter" has no capital
        known = named if named and named not in (setting.outlet or "") else setting.outlet or named
        return Body(known, None, "witness") if known else OUTLETS
    return OUTLETS


def _is_named_person(speaker: Actor, told: str) -> bool:
    """A person who speaks for himself, though of the media or, as coders confuse them, of medicine."""
    if _words("medical").search(told):
        return True
    known = any(k.kind == "outlet" for k in named_in(told))
    media = known or _words("reporter").search(told) or _words("outlet").search(told)
    return bool(re.fullmatch(r"(?:[A-Z][\w'’.-]+ ?){2,4}", speaker.name)) and not media


def _place_of(speaker: Actor) -> str:
    """What tells one local office from another: its capitalised words that are no title, else its own words."""
    told = speaker.text if speaker.office is None or speaker.text in speaker.office else speaker.office
    names = [w for w in re.findall(r"[A-Z][\w'’-]+", told) if not _words("title").fullmatch(w)]
    found = _words("local").search(told)
    return " ".join(names[-2:]) if names else (found.group().lower() if found else _plain(told))


def _group(speaker: Actor, told: str) -> str:
    """An armed group, party or opposition by the name the tables know, else by the capitals of its office or name."""
    known = _named(told, "group") or _named(told, "party")
    if known:
        return known
    if speaker.office:
        led = re.findall(r"\b[A-Z][\w-]*[A-Z\d][\w-]*|\b[A-Z][\w'’-]+", speaker.office)
        led = [w for w in led if not _is_role(w) and not _of_a_state(w)]
        if led:
            return " ".join(led)
        if armed := _words("armed_men").search(speaker.office):
            return armed.group().lower().rstrip("s") + "s"
    if "OPP" in speaker.sector and speaker.country and _words("opposition").search(told):
        return f"{speaker.country}{OPPOSITION}"
    return _plain(speaker.name)


def _is_role(word: str) -> bool:
    """Whether a word with a capital tells a role and names nobody ("Commander", "Opposition")."""
    found = _words("title"), _words("opposition"), _words("armed"), words("rank")
    return any(pattern.fullmatch(word) for pattern in found)


def _person(speaker: Actor, setting: Setting) -> Body:
    told = speaker.text
    if not re.search(r"\w{2,}", re.sub(r"^(?:the|an?)$", "", speaker.name.lower())):
        return OUTLETS  # a slip of the coder's: an article is nobody
    if _words("official").search(told) and speaker.country and not _words("nameless").fullmatch(told):
        return Body(speaker.country, speaker.country, "state", True)
    if _words("people").search(told) and not _names_person(told):
        found = _words("people").search(told)
        head = found.group().lower() if found else told
        return Body(f"{head} in {setting.place}" if setting.place else _plain(told), None, "witness", True)
    witness = bool(_words("witness").search(" ".join(filter(None, (speaker.office, told)))))
    anonymous = not re.search(r"[A-Z]", speaker.name) or _unnamed(speaker)
    return Body(_plain(speaker.name), speaker.country, "witness" if witness else "person", anonymous)


def _names_person(text: str) -> bool:
    return bool(re.search(r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+", text))


def _unnamed(speaker: Actor) -> bool:
    """An official who would not be named: the words for the role stand where a name would."""
    return bool(_words("official").search(speaker.name))


def _plain(text: str) -> str:
    """Without a leading article, in one line."""
    return re.sub(r"^(?:an?|the|its|his|her|their)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)


def unified(bodies: set[Body]) -> dict[Body, Body]:
    """Which bodies of one happening are the same told in two ways ("Rahmani", "the movement", "rebel group FACT").

    A name whose capitalised words all stand in another's is that other; a body told by a common noun alone is the one
    body of its kind that has a name; unnamed persons of no known state are one. So are leaked papers without a name,
    unnamed people of the place, and an armed side that no telling names: nothing tells them apart, so they do not vouch
    for one another. States go by their codes and stay.
    """
    named = sorted((b for b in bodies if _capitals(b)), key=lambda b: (-len(_capitals(b)), b.name, b.kind))
    found: dict[Body, Body] = {}
    for body in sorted(bodies, key=lambda b: (b.name, b.kind)):
        found[body] = body if _fixed(body) else next((o for o in named if _within(body, o)), body)
    for body in bodies:
        others = [o for o in named if _may_be(body, o)]
        fitting = others if len(others) == 1 else [o for o in others if _alike(body, o)]
        kin = {found[o].name for o in fitting}
        if not _has_name(body) and body.kind in ("group", "body", "document") and len(kin) == 1:
            found[body] = replace(body, name=kin.pop())
    for nameless in _nameless(bodies, found):
        for body in nameless:
            found[body] = found[nameless[0]]
    return found


def _nameless(bodies: set[Body], found: Mapping[Body, Body]) -> Iterator[list[Body]]:
    """Lists of bodies that nothing tells apart, each in the order of their names."""
    alike: dict[tuple[str, str | None], list[Body]] = defaultdict(list)
    for body in sorted(bodies, key=lambda b: (b.name, b.kind)):
        if body.kind in ("person", "witness") and body.anonymous:
            alike[body.kind, None].append(body)
        elif body.kind in ("group", "document") and found[body] == body and not _capitals(body):
            alike[body.kind, body.country if body.kind == "group" else None].append(body)
    yield from alike.values()


def _has_name(body: Body) -> bool:
    """Whether a body is told by more than a common noun; "the opposition" is one."""
    return _fixed(body) or (bool(_capitals(body)) and not body.name.endswith(OPPOSITION))


def _may_be(body: Body, other: Body) -> bool:
    """Whether a body without a name may be another that has one: of its kind, a side of its country."""
    side = body.kind != "group" or None in (body.country, other.country) or body.country == other.country
    return other.kind == body.kind and side and _has_name(other) and not _fixed(other)


def _alike(body: Body, other: Body) -> bool:
    """Whether a body without a name is told by a noun of another's name ("a steward of the union", "Miners' Union")."""
    nouns = wording.stems(body.name) & wording.stems(other.name)
    return any(wording.weight(noun) > _TELLING for noun in nouns)


def _fixed(body: Body) -> bool:
    return body.kind in ("state", "outlet")


def _capitals(body: Body) -> frozenset[str]:
    found = re.findall(r"\b[A-Z][\w'’-]*|\b[A-Z\d]{2,}\b", body.name)
    return frozenset(re.split(r"['’]s\b", w)[0].lower() for w in found)


def _within(body: Body, other: Body) -> bool:
    mine, others = _capitals(body), _capitals(other)
    if not mine or _fixed(other) or (body.kind != other.kind and {body.kind, other.kind} != {"person", "witness"}):
        return False
    # "Hassan" is Khalid Hassan; "UN" is not UN Watch.
    return mine == others if body.kind == "body" else mine <= others
