"""The door of actors: any span of a report -> whom it stands for: name, office, country, sectors.

`index_actors` reads a report once (`scene`: known names and nouns; `people`: persons and their offices;
`coreference`: pronouns and role phrases); `ActorIndex.actor` then answers for any span.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from brink.coding.belonging import kind_of
from brink.coding.coreference import Coreference, default_bodies, pronouns
from brink.coding.countries import country_name
from brink.coding.names import GEOGRAPHIC, Known, Reference, known, named_in, outlet_names
from brink.coding.people import People, Person, office_holdings
from brink.coding.register import over
from brink.coding.roles import NAMED, Role, read_role
from brink.coding.scene import Scene
from brink.coding.vocabulary import words
from brink.records import Actor, Label, Mention, OfficeHolding, Register, RegisterEntry, Sentence

DEPTH = 4
"""How many steps from pronoun to phrase to name are followed."""

PARTIES = frozenset(("PER", "ORG", "UNIT"))
LEAD = re.compile(r"^(?:the|a|an|this|that|these|those|some)\s+", re.I)
AMERICAN = {"R": ("LEG", "PTY"), "D": ("LEG", "PTY"), "I": ("LEG",)}


HALF = re.compile(r"^(?:led|run|based|backed)\s+")
"""The second half of "Saudi-led", which is no part of an office."""


@dataclass(frozen=True, slots=True)
class Whom:
    """What a span resolves to, before it gets its own offsets."""

    name: str
    office: str | None
    country: str | None
    sectors: tuple[str, ...]
    body: str | None = None
    """The international body that a person serves."""


def index_actors(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Label],
    register: Register,
    published: date | None = None,
    titled: Mapping[str, float] | None = None,
) -> ActorIndex:
    """Read a report for its actors.

    Takes the report's text and sentences, the mention labels (kinds PER, ORG, UNIT, GPE, …), the register of office
    holders, the publication date, by which the register is read (without it only an unambiguous entry counts), and the
    countries that the title tells (`headline.countries_told`). Raises nothing: what is not known stays None.
    """
    return ActorIndex(Scene(text, sentences, mentions, titled or {}), register, published)


class ActorIndex:
    """Whom the spans of one report stand for."""

    def __init__(self, scene: Scene, register: Register, published: date | None) -> None:
        """Index `scene`; use `index_actors`."""
        self._scene = scene
        self._published = published
        self._people = People(scene, register, published)
        self._cache: dict[tuple[int, int], Whom] = {}
        self._persons: dict[int, Whom] = {}

    @cached_property
    def _coreference(self) -> Coreference:
        return Coreference(self._scene, self._people)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention label of the report with its name, country and (persons, organisations, units) sectors."""
        return tuple(self._mention(label) for label in self._scene.mentions)

    @cached_property
    def offices(self) -> tuple[OfficeHolding, ...]:
        """Who holds which office by the report's own words."""
        countries = {m.start: self._whom(m.start, m.end, DEPTH).country for m in self._scene.people}
        return office_holdings(self._people, countries)

    def actor(self, start: int, end: int) -> Actor:
        """Give the actor that the characters `start:end` stand for; text and offsets are the span's own."""
        whom = self._whom(start, end, DEPTH)
        office = HALF.sub("", whom.office) if whom.office else None
        return Actor(start, end, self._scene.text[start:end], whom.name, office, whom.country, whom.sectors)

    def party(self, start: int, end: int) -> Actor:
        """Give whom the words stand for in an event: who serves an international body acts for it, under its name."""
        body = self._whom(start, end, DEPTH).body
        found = self.actor(start, end)
        return replace(found, name=body) if body else found

    def _mention(self, label: Label) -> Mention:
        whom = self._whom(label.start, label.end, DEPTH) if label.kind in PARTIES else self._place(label)
        sectors = whom.sectors if label.kind in PARTIES else ()
        return Mention(label.start, label.end, label.text, label.kind, whom.name, whom.country, sectors)

    def _place(self, label: Label) -> Whom:
        first, last = self._scene.tokens.within(label.start, label.end)
        found = self._scene.references_within(first, last)
        if label.kind in ("WPN", "EVT", "DOC"):
            return Whom(label.text, None, found[0].known.country if found else None, ())
        if not found:
            alone = known(label.text)
            country = self._scene.country_near(label.start, label.end, "people") if label.kind == "FAC" else None
            return Whom(label.text, None, alone.country if alone and not alone.shared else country, ())
        exact = found[0].first == first and found[0].last == last
        place = next((k for k in found[-1].readings if k.kind in GEOGRAPHIC), found[-1].known)
        return Whom(place.name if exact and place.kind != "people" else label.text, None, place.country, ())

    def _whom(self, start: int, end: int, depth: int) -> Whom:
        key = (start, end)
        if key not in self._cache:
            self._cache[key] = self._read(start, end, depth)
        return self._cache[key]

    def _read(self, start: int, end: int, depth: int) -> Whom:
        first, last = self._scene.tokens.within(start, end)
        text = self._scene.text[start:end]
        if first == last:
            return Whom(text, None, None, ())
        if text != "US" and text.strip().lower() in pronouns():
            return self._antecedent(start, end, depth) or self._placed(text, start, end)
        if person := self._person_in(start, end, first, last):
            return self._person(person, depth)
        whole = self._whole(first, last)
        if whole:
            return self._known(whole.known, text)
        role = read_role(self._scene, first, last)
        return self._role(role, start, end, depth) if role else self._unnamed(start, end, depth)

    def _antecedent(self, start: int, end: int, depth: int) -> Whom | None:
        found = self._coreference.resolve(start, end) if depth else None
        return self._whom(*found, depth - 1) if found and found != (start, end) else None

    def _person_in(self, start: int, end: int, first: int, last: int) -> Person | None:
        """The person whom a span names: it is his name, begins with it, or ends in it after a title."""
        name = self._scene.person_from(start)
        if name is None or name.start >= end:
            return None
        low, high = self._scene.tokens.within(name.start, name.end)
        if low <= first or last <= high:
            return self._people.by_start[name.start] if not self._possessive(high, last) else None
        if (
            self._scene.text[name.end : name.end + 1] in ",("
            or self._scene.text[max(0, name.start - 2) : name.start] == ", "
        ):
            return self._people.by_start[name.start]
        return None

    def _possessive(self, high: int, last: int) -> bool:
        """Whether a name is only the owner of what the span means: "Putin's foreign minister"."""
        return high < last - 1 and self._scene.tokens.keys[high] == "s"

    def _whole(self, first: int, last: int) -> Reference | None:
        """A known name that is the span, save an article before and a possessive behind it."""
        if self._scene.tokens.keys[first] in ("the", "a", "an") and last - first > 1:
            found = self._exact(first, last) or self._exact(first + 1, last)
        else:
            found = self._exact(first, last)
        if found is None and self._scene.tokens.keys[last - 1] == "s" and last - first > 1:
            return self._whole(first, last - 1)
        return found

    def _exact(self, first: int, last: int) -> Reference | None:
        return next(
            (r for r in self._scene.references_within(first, last) if r.first == first and r.last == last), None
        )

    def _known(self, known: Known, text: str) -> Whom:
        if known.kind == "people":
            plural = text.rstrip("'’").endswith(("s", "men", "people"))
            name = LEAD.sub("", text) if plural else country_name(known.country or "")
            return Whom(name, None, known.country, ("CVL",) if plural else known.sectors)
        return Whom(known.name, None, known.country, known.sectors)

    # --- persons ---

    def _person(self, person: Person, depth: int) -> Whom:
        key = id(person)
        if key not in self._persons:
            self._persons[key] = Whom(person.name, None, self._scene.home, ())
            self._persons[key] = self._profile(person, depth)
        return self._persons[key]

    def _profile(self, person: Person, depth: int) -> Whom:
        told = next(iter(person.evidence), None)
        bare = told is None or (told.role.country is None and not told.role.body)
        misread = told and person.entry and person.entry.country and told.role.country != person.entry.country
        if (bare or misread) and person.entry:
            return self._registered(person, person.entry, told.role if told and not misread else None)
        if told is None:
            return self._unsaid(person)
        whom = self._role(told.role, told.person.start, told.person.end, depth)
        sectors = ("ELI", *whom.sectors) if told.role.former else whom.sectors
        serves_body = told.role.body is not None and whom.country is None
        country = told.role.country or person.nationality or ("USA" if person.seat else person.led or whom.country)
        country = None if serves_body else country
        body = whom.name if country is None and "IGO" in whom.sectors and not told.role.former else None
        return Whom(person.name, told.role.office, country, tuple(dict.fromkeys(sectors)), body)

    def _registered(self, person: Person, entry: RegisterEntry, role: Role | None) -> Whom:
        """A person whom the register knows; without title in the report and no longer in office he is of the elite."""
        office = role.office if role else entry.office
        if (role and role.former) or (role is None and over(entry, self._published)):
            return Whom(person.name, office if role else None, entry.country, ("ELI",))
        body = next((k.name for k in named_in(entry.office) if k.kind == "body"), None)
        return Whom(person.name, office, entry.country, entry.sector, None if entry.country else body)

    def _unsaid(self, person: Person) -> Whom:
        """A person of whom the report says nothing."""
        if person.seat:
            return Whom(person.name, None, "USA", AMERICAN[person.seat])
        first = person.mentions[0]
        country = person.nationality or person.led or self._scene.country_near(first.start, first.end, "person")
        return Whom(person.name, None, country, ("CVL",))

    # --- roles ---

    def _role(self, role: Role, start: int, end: int, depth: int) -> Whom:
        text = LEAD.sub("", self._scene.text[start:end])
        role = self._of_police(role)
        if role.body and role.body.country is None and role.country is None:
            return Whom(role.body.name, role.office, None, role.sectors)
        if role.country:
            return Whom(text, role.office, role.country, role.sectors)
        if role.owner is not None and (owner := self._owner(role.owner, depth)):
            sectors = owner.sectors if "IGO" in owner.sectors or owner.country is None else role.sectors
            serves = owner.country is None and self._scene.tokens.keys[role.owner] not in ("his", "her")
            return Whom(owner.name if serves else text, role.office, owner.country, sectors)
        spokes = role.head.noun.word in words("spokespeople") and role.sectors == role.head.noun.sectors
        if (role.definite or spokes) and (earlier := self._antecedent(start, end, depth)):
            return replace(earlier, office=earlier.office or role.office)
        if self._of_many(role) or self._nobodys(start, end):
            return Whom(text, role.office, None, role.sectors)
        if body := default_bodies().get(role.head.noun.word):
            return Whom(body, role.office, None, ("IGO",))
        country = self._scene.country_near(start, end, kind_of(role.sectors))
        return Whom(text, role.office, country, role.sectors)

    def _of_many(self, role: Role) -> bool:
        """Whether the words name a region of several countries: "Western officials" are nobody's in particular."""
        named = (r.known for r in self._scene.references_within(role.first, role.last))
        return any(k.kind == "place" and k.country is None for k in named)

    def _nobodys(self, start: int, end: int) -> bool:
        """Whether words are of a kind that seldom belongs to one country: "analysts", "a diplomat", "reports"."""
        first, last = self._scene.tokens.within(start, end)
        keys = self._scene.tokens.keys[first:last]
        return bool(keys) and keys[-1] in words("nobodys") and keys[0] not in words("definite") | words("possessives")

    def _of_police(self, role: Role) -> Role:
        """A rank that police and army share is the police's in a report that speaks of police, not of the army."""
        if role.head.noun.word not in words("ranks") or role.sectors[0] not in ("MIL", "COP") or role.body:
            return role
        counts = self._scene.uniforms
        return replace(role, sectors=("COP",)) if counts["COP"] > counts["MIL"] else replace(role, sectors=("MIL",))

    def _fuller(self, start: int, end: int) -> tuple[int, int] | None:
        """The longer name of the same organisation: "BEA" or "Sulpicio" after "Bureau of …" and "Sulpicio Lines"."""
        short = LEAD.sub("", self._scene.text[start:end])
        for m in self._scene.mentions:
            if m.kind in ("ORG", "UNIT") and len(m.text) > len(short) and not (m.start < end and start < m.end):
                initials = "".join(w[0] for w in m.text.replace("-", " ").split() if w[0].isupper())
                if m.text.startswith(f"{short} ") or (len(short) > 1 and initials == short.replace(".", "")):
                    return m.start, m.end
        return None

    def _owner(self, index: int, depth: int) -> Whom | None:
        return self._antecedent(*self._scene.tokens.span(index, index + 1), depth)

    def _unnamed(self, start: int, end: int, depth: int) -> Whom:
        """Words without a noun that is known: an organisation of the report, or anything else."""
        first, last = self._scene.tokens.within(start, end)
        text = LEAD.sub("", self._scene.text[start:end])
        found = self._scene.references_within(first, last)
        if not found and (person := self._people.called(text)):
            return self._person(person, depth)
        if found:
            told = next((r.known for r in found if r.known.kind in NAMED), found[0].known)
            country = found[0].known.country or told.country
            sectors = told.sectors if told.kind in NAMED else ()
            return Whom(text if country else told.name, None, country, sectors)
        if (fuller := self._fuller(start, end)) and depth:
            return replace(self._whom(*fuller, depth - 1), office=None)
        if earlier := self._antecedent(start, end, depth):
            return earlier
        return self._placed(text, start, end)

    def _placed(self, text: str, start: int, end: int) -> Whom:
        """Words of which nothing is known but where they stand."""
        if self._nobodys(start, end):
            return Whom(text, None, None, ())
        return Whom(text, None, self._scene.country_near(start, end, "people"), ())


__all__ = ["ActorIndex", "index_actors", "outlet_names"]
