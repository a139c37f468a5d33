"""What a title tells of the countries that a report is about."""

from __future__ import annotations

import pytest

from actor_reports import sentences_of
from brink.coding.actors import index_actors
from brink.coding.headline import countries_told
from brink.coding.register import load_register


@pytest.mark.parametrize(
    ("title", "countries"),
    [
        ("Opposition: soldiers shot student in Venezuela", {"VEN"}),
        ("Turkish jets cross into Syria", {"TUR", "SYR"}),
        ("Moscow names date for pull-out", {"RUS"}),
        ("THEY TOLD US NOTHING", set()),
        ("Reuters: no deal yet", set()),
        (None, set()),
    ],
)
def test_countries_of_a_title(title: str | None, countries: set[str]) -> None:
    assert set(countries_told(title)) == countries


@pytest.mark.parametrize(
    ("title", "country"), [("Caracas: guard did not fire", "VEN"), ("Madrid: guard did not fire", "ESP"), (None, None)]
)
def test_an_office_without_a_country_is_of_the_one_in_the_title(title: str | None, country: str | None) -> None:
    text = "No guardsman fired a shot on Monday, the interior minister said."
    index = index_actors(text, sentences_of(text), (), load_register(None), titled=countries_told(title))
    start = text.index("the interior")
    assert index.actor(start, start + len("the interior minister")).country == country
