"""What somebody calls an actor -> the code or name under which the ledger files it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brink.coding import load_register
from brink.coding.countries import country_name
from brink.coding.names import Known, known
from brink.coding.register import holders
from brink.errors import UsageError


def actor_named(given: str, names: Collection[str]) -> str:
    """The one of `names` that is meant: itself, in other capitals, a country's name, or who holds an office.

    A country or body of which no report tells is found all the same, and then stands for nothing. Raises UsageError, in
    one sentence, where nobody can be meant.
    """
    # Lists name a state by its code, though a speaker may be filed as "Russia" too.
    states = [one.country for one in _known(given) if one.kind == "country" and one.country in names]
    if states and states[0]:
        return states[0]
    if given in names:
        return given
    meant = list(dict.fromkeys(_meant(given)))
    folded = {name.casefold(): name for name in sorted(names, reverse=True)}
    for one in (given, *meant):
        if one.casefold() in folded:
            return folded[one.casefold()]
    if meant:
        return meant[0]
    raise UsageError(
        f"No report names an actor '{given}', and no country, body or office holder is known by that name: give a code "
        "such as RUS, a country's name, or a name from the list of actors."
    )


def ready() -> None:
    """Load what names stand for and who holds which office, which otherwise the first reader who asks waits for."""
    list(_known("Russia"))
    list(_office_holder("Nobody"))


def _meant(given: str) -> Iterator[str]:
    code = given.upper()
    if len(code) == 3 and country_name(code) != code:
        yield code
    for found in _known(given):
        of_country = found.kind in ("country", "people", "seat", "place", "metonym")
        both = (found.country, found.name) if of_country else (found.name, found.country)
        yield from (one for one in both if one and not found.shared)
    yield from _office_holder(given)


def _known(given: str) -> list[Known]:
    """What a name stands for without any report; names are known in their own capitals, forms are filled in small."""
    found = (known(written) for written in dict.fromkeys((given, given.title())))
    return [one for one in found if one is not None]


def _office_holder(given: str) -> Iterator[str]:
    """A person by full name, or by a last name that one person alone bears, and the state for which they speak."""
    held = holders(load_register(None))
    full = held.named(given, None)
    rows = [full] if full else held.every_last_named(given)
    if len({row.person for row in rows}) == 1:
        yield rows[0].person
        yield from {row.country: None for row in rows if row.country}
