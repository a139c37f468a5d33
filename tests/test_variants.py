"""Our own sample of the seed's kind, varied twenty ways: other countries, agencies, offices, days and word order.

The analyst's expectation is the same each time: the ministry's claim, the spokesperson's quote through the agency, the
foreign minister's two quotes, the defence minister's partial quote, the last minister's two statements with "He" (or
"She") resolved, the impersonal belief without a speaker, and furniture set aside.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest

from brink import coding, pipeline
from brink.records import CodedReport, Report, Statement

COUNTRIES = {
    "Eritrea": ("Eritrean", "ERI"), "Armenia": ("Armenian", "ARM"), "Chad": ("Chadian", "TCD"),
    "Serbia": ("Serbian", "SRB"), "Peru": ("Peruvian", "PER"), "Myanmar": ("Burmese", "MMR"),
    "Ethiopia": ("Ethiopian", "ETH"), "Syria": ("Syrian", "SYR"), "Algeria": ("Algerian", "DZA"),
    "Rwanda": ("Rwandan", "RWA"),
}  # fmt: skip
OTHERS = ("Djibouti", "Moldova", "Kuwait", "Bhutan", "Uruguay")
CRITICS = {"Norway": "NOR", "Canada": "CAN", "Japan": "JPN", "Kenya": "KEN", "Poland": "POL"}
AGENCIES = ("AFP", "Reuters", "Interfax", "Xinhua", "Anadolu")
DAYS = {"Monday": "2016-03-14", "Tuesday": "2016-03-15", "Sunday": "2016-03-13", "Friday": "2016-03-11"}
PUBLISHED = date(2016, 3, 16)
MINISTER = ("Lena Hartvig", "Omar Delacroix", "Ines Korhonen", "Peter Obuya", "Maria Stanek")
SECOND = ("Yonas Ghebre", "Artur Velyan", "Marko Ilic", "Rosa Quiroga", "Karim Haddad")
THIRD = ("Daniel Okbay", "Samuel Petros", "Hugo Zelaya", "Nadir Salem", "Pavel Simic")
LEADER = ("Tesfay", "Aram", "Cisse", "Kovac", "Vargas")


@dataclass(frozen=True)
class Variant:
    """The words that change."""

    country: str
    other: str
    critic: str
    agency: str
    day: str
    names: tuple[str, str, str, str]
    order: int


def variants() -> list[Variant]:
    """Twenty draws with a fixed seed."""
    rng = random.Random(20220215)
    found = []
    for number in range(20):
        names = rng.choice(MINISTER), rng.choice(SECOND), rng.choice(THIRD), rng.choice(LEADER)
        found.append(
            Variant(
                rng.choice(sorted(COUNTRIES)), rng.choice(OTHERS), rng.choice(sorted(CRITICS)), rng.choice(AGENCIES),
                rng.choice(sorted(DAYS)), names, number % 3,
            )
        )  # fmt: skip
    return found


def text_of(v: Variant) -> str:
    """The report in one of three word orders."""
    people = COUNTRIES[v.country][0]
    critic, second, third, leader = v.names
    claim = "some troops stationed on the border are returning to their bases"
    opening = (
        f"the Defence Ministry of {v.country} said that {claim}.",
        f"{claim}, the {people} Defence Ministry said.",
        f"the {people} Defence Ministry announced that {claim}.",
    )[v.order]
    quote = "Units of the northern command have already begun loading onto trucks and today they will start moving to their barracks"
    relayed = (
        f'"{quote}," news agency {v.agency} quoted a {people} Defence Ministry spokesperson as saying.',
        f'"{quote}," {v.agency} quoted a {people} Defence Ministry spokesman as saying.',
        f'News agency {v.agency} quoted a {people} Defence Ministry spokesperson as saying: "{quote}."',
    )[v.order]
    return "\n\n".join([
        f"Vienna: Amid growing fears of an attack on {v.other}, {opening}",
        relayed,
        f"ALSO READ | {v.country} and {v.other}: a long quarrel explained",
        f"However, it is not clear from the {people} side how many troops are leaving the border with {v.other}.",
        f"It is believed to be the first attempt by {v.country} to ease tensions in the dispute.",
        f'{v.critic}\'s Foreign Minister {critic} said in an interview "We could be on the verge of a war that nobody would win."',
        f'"There is still time for President {leader} to step back. But there is not much of it," {critic.split()[1]} added.',
        f"IN PICS | Satellite images show trenches near {v.other}",
        f"Remarks by {people} ministers on {v.day} have raised some hope. In a meeting with President {leader}, {people} "
        f'Defence Minister {second} said that "there is always a way" of reaching an agreement with {v.other}.',
        f"At the same time, Foreign Minister {third} said during his meeting with {leader} on {v.day} that {v.country} is "
        f"always ready to reach an agreement with its neighbours. He told {leader} that talks in several capitals were worth pursuing.",
    ])  # fmt: skip


def coded(v: Variant) -> CodedReport:
    return pipeline.annotate_one(Report("v", text_of(v), published=PUBLISHED), coding.load_register(None))


def telling(c: CodedReport, words: str) -> Statement:
    """The statement whose content holds the words."""
    at = c.report.text.index(words)
    holding = [s for s in c.statements if any(x.start <= at < x.end for x in s.content)]
    assert holding, f"no statement holds {words!r}"
    return holding[0]


@pytest.mark.parametrize("v", variants(), ids=lambda v: f"{v.country}-{v.agency}-{v.order}")
def test_shape_is_the_same(v: Variant) -> None:
    c = coded(v)
    code = COUNTRIES[v.country][1]
    critic, second, third, _ = v.names

    claim = telling(c, "troops stationed on the border")
    assert claim.speaker is not None and claim.speaker.country == code and not claim.relay
    assert {"MIL", "GOV"} & set(claim.speaker.sector)

    quote = telling(c, "Units of the northern command")
    assert quote.speaker is not None and quote.speaker.country == code
    assert [r.text for r in quote.relay] == [v.agency] and quote.quoted == "direct"

    for words in ("We could be on the verge", "There is still time"):
        said = telling(c, words)
        assert said.speaker is not None and said.speaker.name == critic
        assert said.speaker.country == CRITICS[v.critic] and said.quoted == "direct"

    partial = telling(c, "there is always a way")
    assert partial.speaker is not None and partial.speaker.name == second
    assert partial.speaker.country == code and partial.quoted in ("mixed", "direct")

    for words in ("is always ready to reach", "talks in several capitals"):
        said = telling(c, words)
        assert said.speaker is not None and said.speaker.name == third and said.speaker.country == code

    belief = [s for s in c.statements if s.cue and "believed" in s.cue.text]
    assert belief and belief[0].speaker is None
    assert sorted(f.kind for f in c.layout.furniture) == ["related", "related"]
    assert c.layout.dateline is not None and c.layout.dateline.place == "Vienna"
