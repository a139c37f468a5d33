"""Names that Brink knows without the report: countries, seats, bodies, groups, parties, organisations, outlets."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from brink.coding.countries import CountryName, country_name, country_names, peoples, regions, rows, seats
from brink.coding.tokens import Tokens, key_of

GEOGRAPHIC = frozenset(("country", "people", "seat", "place"))
SHARED = "?"
"""Country of a name that several countries share; the report tells which."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a known name stands for.

    `kind`: country, people, seat, place, metonym, body, group, party, organisation or outlet.
    """

    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: str

    @property
    def shared(self) -> bool:
        """Whether several countries share the name."""
        return self.country == SHARED


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a known name: its words as the table spells them."""

    words: tuple[str, ...]
    known: Known


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a report that are a known name: word indexes `first` to before `last`; the readings, likeliest first."""

    first: int
    last: int
    start: int
    end: int
    readings: tuple[Known, ...]

    @property
    def known(self) -> Known:
        """The likeliest reading."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every form by its key, and for each first word the lengths of the forms that begin with it, longest first."""

    forms: Mapping[str, tuple[Form, ...]]
    lengths: Mapping[str, tuple[int, ...]]


@functools.cache
def lexicon() -> Lexicon:
    """Read the tables once."""
    forms: dict[str, tuple[Form, ...]] = {}
    lengths: dict[str, set[int]] = {}
    for written, known in _entries():
        tokens = Tokens(written)
        key = " ".join(tokens.keys)
        forms[key] = (*forms.get(key, ()), Form(tokens.words, known))
        lengths.setdefault(tokens.keys[0], set()).add(len(tokens))
    return Lexicon(forms, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


def _entries() -> Iterator[tuple[str, Known]]:
    yield from _places(country_names(), "country")
    yield from _places(peoples(), "people")
    for name in seats():
        yield name.form, Known(name.form, name.country, ("GOV",), "seat")
    for name in regions():
        yield name.form, Known(name.form, None if name.country == "-" else name.country, ("GOV",), "place")
    for file, kind in _TABLES.items():
        yield from _table(file, kind)


def _places(names: Iterable[CountryName], kind: str) -> Iterator[tuple[str, Known]]:
    for name in names:
        known = Known(name.form if name.told else country_name(name.country), name.country, ("GOV",), kind)
        yield name.form.removeprefix("the "), known


_TABLES = {
    "metonyms": "metonym",
    "bodies": "body",
    "groups": "group",
    "organisations": "organisation",
    "parties": "party",
    "outlets": "outlet",
}
"""Tables of data/actors and the kind of name each holds, in the order in which readings are tried."""

_SECTORS = {"party": ("PTY",), "outlet": ("MED",)}


def _table(file: str, kind: str) -> Iterator[tuple[str, Known]]:
    for cells in rows(f"{file}.tsv"):
        name, country, sectors, others = _columns(cells, kind)
        known = Known(name, None if country == "-" else country, sectors, kind)
        for form in (name, *others):
            yield form, known


def _columns(cells: list[str], kind: str) -> tuple[str, str, tuple[str, ...], list[str]]:
    others = [form for form in cells[-1].split(";") if form]
    if kind == "body":
        return cells[0], "-", tuple(cells[1].split(";")), others
    sectors = _SECTORS.get(kind) or tuple(cells[2].split(";"))
    return cells[0], cells[1], sectors, others


@functools.cache
def outlet_names() -> frozenset[str]:
    """Case-folded names of every known outlet, in all their forms, without a leading "the"."""
    found = set()
    for written, known in _table("outlets", "outlet"):
        found |= {known.name.casefold().removeprefix("the "), written.casefold().removeprefix("the ")}
    return frozenset(found)


def references(tokens: Tokens, first: int = 0, last: int | None = None) -> list[Reference]:
    """Find the known names among words `first` to before `last`, the longest at each place, none within another."""
    table, found, at = lexicon(), [], first
    last = len(tokens) if last is None else last
    while at < last:
        hit = _longest(tokens, at, last, table) if tokens.keys[at] in table.lengths else None
        if hit and (later := _outdone(tokens, at, hit.last, last, table)):
            hit = later
        if hit:
            found.append(hit)
        at = hit.last if hit else at + 1
    return found


def _longest(tokens: Tokens, at: int, last: int, table: Lexicon) -> Reference | None:
    for length in table.lengths.get(tokens.keys[at], ()):
        end = at + length
        if end > last:
            continue
        forms = table.forms.get(" ".join(tokens.keys[at:end]), ())
        written = tokens.words[at:end]
        readings = tuple(f.known for f in forms if _same_case(f.words, written)) if forms else ()
        if readings and all(tokens.joined(i) for i in range(at, end - 1)) and not _cut(tokens, at, end):
            bare = at + (tokens.keys[at] == "the" and length > 1)  # the words without their article
            return Reference(bare, end, *tokens.span(bare, end), tuple(dict.fromkeys(readings)))
    return None


def _outdone(tokens: Tokens, at: int, end: int, last: int, table: Lexicon) -> Reference | None:
    """A longer name that begins within a hit: "the North" before "North Korea"."""
    for later in range(at + 1, end):
        hit = _longest(tokens, later, last, table)
        if hit and hit.last > end:
            return hit
    return None


def _cut(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a name "the X" goes on with another capitalised word: "the North Sea"."""
    if tokens.keys[at] != "the" or end >= len(tokens) or not tokens.joined(end - 1):
        return False
    return tokens.words[end][:1].isupper() and tokens.keys[end] != "s"


def _same_case(form: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Whether words have the capitals that a form has; headlines in capitals pass, acronyms must be whole."""
    for model, word in zip(form, written, strict=True):
        if model.isupper() and len(model) > 1:
            if not word.isupper():
                return False
        elif model[:1].isupper() and not word[:1].isupper():
            return False
    return True


def known(name: str) -> Known | None:
    """Give what a whole name stands for, None where it is not known; a leading "the" does not matter."""
    for written in (name, name.removeprefix("the ").removeprefix("The ")):
        tokens = Tokens(written)
        found = _longest(tokens, 0, len(tokens), lexicon()) if len(tokens) else None
        if found and found.last == len(tokens):
            return found.known
    return None


def named_in(text: str) -> tuple[Known, ...]:
    """Give what the known names in a phrase stand for, in text order."""
    return tuple(reference.known for reference in references(Tokens(text)))


def settled(reading: Known, home: str | None) -> Known:
    """Give a shared name the country of the report."""
    return replace(reading, country=home) if reading.shared else reading


__all__ = ["GEOGRAPHIC", "Known", "Reference", "key_of", "known", "lexicon", "outlet_names", "references", "settled"]
