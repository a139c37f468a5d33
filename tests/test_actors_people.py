"""Persons: their offices and countries from the report's own words, and from the register."""

from __future__ import annotations

from datetime import date

import pytest

from actor_reports import actor, index
from brink.records import OfficeHolding


@pytest.mark.parametrize(
    ("text", "name", "office", "country", "sector"),
    [
        ("Britain's Foreign Minister Ada Crowe spoke.", "Ada Crowe", "Foreign Minister", "GBR", "GOV"),
        ("British Foreign Minister Ada Crowe spoke.", "Ada Crowe", "Foreign Minister", "GBR", "GOV"),
        ("Li Wenzao, the president of China, spoke.", "Li Wenzao", "president", "CHN", "GOV"),
        ("Li Wenzao, president of China, spoke.", "Li Wenzao", "president", "CHN", "GOV"),
        ("The Ukrainian president, Oles Hai, spoke.", "Oles Hai", "president", "UKR", "GOV"),
        ("Foreign Minister Pia Lund of Norway spoke.", "Pia Lund", "Foreign Minister", "NOR", "GOV"),
        ("Jo Adeyemi, a spokesman for the Nigerian army, spoke.", "Jo Adeyemi", "spokesman", "NGA", "MIL"),
        ("Jo Adeyemi, 52, a farmer from Kenya, spoke.", "Jo Adeyemi", "farmer", "KEN", "CVL"),
        ("Jo Adeyemi, who heads the Nigerian police, spoke.", "Jo Adeyemi", "police", "NGA", "COP"),
        ("Gen. Omar Tahir of Sudan spoke.", "Omar Tahir", "Gen", "SDN", "MIL"),
        ("Maj. Gen. Omar Tahir of Sudan spoke.", "Omar Tahir", "Maj. Gen", "SDN", "MIL"),
        ("Minister for Health Eva Ruiz of Spain spoke.", "Eva Ruiz", "Minister", "ESP", "GOV"),
        ("Sen. Al Burke (R-Ohio) spoke.", "Al Burke", "Sen", "USA", "LEG"),
        ("Eva Ruiz of Human Rights Watch spoke.", "Eva Ruiz", None, None, "NGO"),
        ("French lawyer Ana Petit spoke.", "Ana Petit", "lawyer", "FRA", "CVL"),
        ("The Australian Ben Lowe spoke.", "Ben Lowe", None, "AUS", "CVL"),
        ("An aide told President Ben Lowe of Fiji so.", "Ben Lowe", "President", "FJI", "GOV"),
    ],
)
def test_office_and_country_from_the_report(
    text: str, name: str, office: str | None, country: str | None, sector: str
) -> None:
    found = actor(text, name, {name: "PER"})
    assert (found.name, found.country, found.sector[0]) == (name, country, sector)
    if office:
        assert found.office == office


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("French President Ana Petit criticised Peruvian President Luz Arana.", "Luz Arana", "PER"),
        ("French President Ana Petit has welcomed US President Luz Arana's decision.", "Luz Arana", "USA"),
        ("Norway criticised President Luz Arana of Peru.", "Luz Arana", "PER"),
        ("Germans denounced Peruvian President Luz Arana.", "Luz Arana", "PER"),
        ("The Norwegian army has warned British High Commissioner Luz Arana.", "Luz Arana", "GBR"),
        ("Iran's new foreign minister Luz Arana spoke in Oslo.", "Luz Arana", "IRN"),
        ("Norwegian conservative leader Luz Arana spoke in Lima.", "Luz Arana", "NOR"),
        ("Pentagon press operations director Luz Arana spoke on Iraq. Iraq fought in Iraq.", "Luz Arana", "USA"),
    ],
)
def test_a_title_does_not_reach_over_the_verb_before_it(text: str, name: str, country: str) -> None:
    assert actor(text, name, {"Ana Petit": "PER", "Luz Arana": "PER"}).country == country


@pytest.mark.parametrize(
    ("text", "name", "published", "country"),
    [
        ("Obama will visit Kenya, which has waited for Kenya's day.", "Obama", None, "USA"),
        ("Obama will visit Kenya, which has waited for Kenya's day.", "Obama", date(2015, 7, 24), "USA"),
        ("Obama will visit Kenya, which has waited for Kenya's day.", "Obama", date(2024, 7, 24), "KEN"),
        ("Brown will visit Kenya, which has waited for Kenya's day.", "Brown", None, "KEN"),
        ("Kenyan lawyer Obama will visit Oslo.", "Obama", None, "KEN"),
    ],
)
def test_a_leader_known_by_his_last_name_alone(text: str, name: str, published: date | None, country: str) -> None:
    assert actor(text, name, {name: "PER"}, published).country == country


def test_the_country_us_is_not_the_word_us() -> None:
    assert actor("Peru left. The envoy told the US so.", "US", {"US": "GPE"}).country == "USA"


def test_former_holders_are_elites() -> None:
    found = actor("Former Peruvian president Luz Arana spoke.", "Luz Arana", {"Luz Arana": "PER"})
    assert (found.country, found.sector) == ("PER", ("ELI", "GOV"))


@pytest.mark.parametrize("span", ["Crowe", "Ms Crowe", "Foreign Minister Ada Crowe", "Ada Crowe, the minister"])
def test_short_names_link_to_the_full_name(span: str) -> None:
    text = (
        "Britain's Foreign Minister Ada Crowe left. Ms Crowe had spoken in Lima. Crowe was tired. "
        "They saw Ada Crowe, the minister."
    )
    found = actor(text, span, {"Ada Crowe": "PER", "Crowe": "PER"})
    assert (found.name, found.office, found.country) == ("Ada Crowe", "Foreign Minister", "GBR")


def test_who_owns_is_not_who_acts() -> None:
    text = "President Ada Crowe of Malta left. Crowe's spokesman stayed."
    assert actor(text, "Crowe's spokesman", {"Ada Crowe": "PER", "Crowe": "PER"}).name != "Ada Crowe"


def test_offices_are_handed_out_with_the_words_that_say_so() -> None:
    text = "Britain's Foreign Minister Ada Crowe met Li Wenzao, the president of China. Former minister Bo Ek watched."
    found = index(text, {"Ada Crowe": "PER", "Li Wenzao": "PER", "Bo Ek": "PER"}).offices
    assert found == (
        OfficeHolding("Ada Crowe", "Foreign Minister", "GBR", 0, 36),
        OfficeHolding("Li Wenzao", "president", "CHN", 41, 74),
    )
    assert text[0:36] == "Britain's Foreign Minister Ada Crowe"
    assert text[41:74] == "Li Wenzao, the president of China"


@pytest.mark.parametrize(
    ("published", "office", "sector"),
    [
        (date(2009, 3, 1), "Prime Minister", "GOV"),
        (date(2014, 3, 1), "President", "GOV"),
        (None, "President", "GOV"),
    ],
)
def test_famous_names_come_from_the_register_by_date(published: date | None, office: str, sector: str) -> None:
    found = actor("Vladimir Putin smiled.", "Vladimir Putin", {"Vladimir Putin": "PER"}, published)
    assert (found.office, found.country, found.sector[0]) == (office, "RUS", sector)


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("In Washington President Bush smiled.", date(2006, 3, 1), "George W. Bush"),
        ("In Washington President Bush smiled.", date(1991, 3, 1), "George H. W. Bush"),
        ("The US waited. Bush smiled.", date(2006, 3, 1), "George W. Bush"),
        ("In Botswana a gardener named Bush smiled.", date(2006, 3, 1), "Bush"),
        ("The US waited. Bush smiled.", None, "Bush"),
    ],
)
def test_a_last_name_alone_needs_date_and_country(text: str, published: date | None, name: str) -> None:
    assert actor(text, "Bush", {"Bush": "PER"}, published).name == name


def test_the_report_outweighs_the_register() -> None:
    text = "The Irish gardener John Major smiled."
    found = actor(text, "John Major", {"John Major": "PER"}, date(1995, 1, 1))
    assert (found.country, found.sector[0]) == ("IRL", "CVL")


def test_who_left_office_before_is_of_the_elite() -> None:
    found = actor("Jacques Chirac smiled.", "Jacques Chirac", {"Jacques Chirac": "PER"}, date(2012, 1, 1))
    assert (found.country, found.sector, found.office) == ("FRA", ("ELI",), None)


def test_persons_of_bodies_keep_their_own_name() -> None:
    text = "UN Secretary-General Ada Crowe spoke."
    found = actor(text, "Ada Crowe", {"Ada Crowe": "PER"})
    assert (found.name, found.country, found.sector) == ("Ada Crowe", None, ("IGO",))


def test_organisations_link_to_their_longer_name() -> None:
    text = "Lotus Ferry Lines of Samoa lost a boat. Lotus blamed the wind."
    found = actor(text, "Lotus", {"Lotus Ferry Lines": "ORG", "Lotus": "ORG"})
    assert found.sector == ("BUS",)


def test_the_very_office_outweighs_a_country_that_stands_before_it_by_chance() -> None:
    text = "Malta warns Cuba authorities Prime Minister John Major said he would go."
    found = actor(text, "John Major", {"John Major": "PER"}, date(1995, 1, 1))
    assert (found.country, found.office) == ("GBR", "Prime Minister")


@pytest.mark.parametrize(
    ("text", "span", "country"),
    [
        ("Malian General Omar Tahir spoke. Tahir left for Cuba, where Cuba waits.", "Tahir", "MLI"),
        ("Malian General Omar Tahir and Cuban General Ali Tahir spoke in Cuba. Tahir left.", "Tahir", "CUB"),
    ],
)
def test_a_last_name_that_no_label_marks_is_its_one_bearers(text: str, span: str, country: str) -> None:
    assert actor(text, span, {"Omar Tahir": "PER", "Ali Tahir": "PER"}).country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UN Secretary-General Ban Ki-moon wept.", "UN"),
        ("Ban Ki-moon of the UN wept.", "UN"),
        ("In Rome Ban Ki-moon wept.", "UN"),
        ("NATO envoy Ban Ki-moon wept.", "NATO"),
        ("Former UN envoy Ban Ki-moon wept.", "Ban Ki-moon"),
        ("Peruvian President Ban Ki-moon wept.", "Ban Ki-moon"),
    ],
)
def test_who_serves_a_body_acts_under_its_name_and_speaks_under_his_own(text: str, name: str) -> None:
    start = text.index("Ban")
    found = index(text, {"Ban Ki-moon": "PER"})
    assert found.party(start, start + 11).name == name
    assert found.actor(start, start + 11).name == "Ban Ki-moon"
