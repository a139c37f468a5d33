"""Whom the spans of a report stand for: names, countries, sectors, offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actor_reports import actor, index
from brink.coding.actors import outlet_names
from brink.coding.countries import country_name, country_names, peoples, seats
from brink.coding.gazetteer import gazetteer
from brink.coding.names import known, lexicon


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Russia", "RUS", "GOV"),
        ("the United States", "USA", "GOV"),
        ("U.S.", "USA", "GOV"),
        ("U.S", "USA", "GOV"),
        ("Côte d’Ivoire", "CIV", "GOV"),
        ("Ivory Coast", "CIV", "GOV"),
        ("Burma", "MMR", "GOV"),
        ("Democratic Republic of the Congo", "COD", "GOV"),
        ("Kosovo", "XKX", "GOV"),
        ("the USSR", "RUS", "GOV"),
        ("Yugoslavia", "SRB", "GOV"),
        ("Moscow", "RUS", "GOV"),
        ("Kiev", "UKR", "GOV"),
        ("Kyiv", "UKR", "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("Downing Street", "GBR", "GOV"),
        ("the Quai d'Orsay", "FRA", "GOV"),
        ("the Quai d’Orsay", "FRA", "GOV"),
        ("Elysee", "FRA", "GOV"),
        ("the Blue House", "KOR", "GOV"),
        ("Zhongnanhai", "CHN", "GOV"),
        ("the Pentagon", "USA", "MIL"),
        ("Foggy Bottom", "USA", "GOV"),
        ("Israel's", "ISR", "GOV"),
        ("the Houthis", "YEM", "REB"),
        ("FARC", "COL", "REB"),
        ("M23", "COD", "REB"),
        ("Hezbollah", "LBN", "REB"),
        ("Hamas", "PSE", "REB"),
        ("the Luhansk People's Republic", "UKR", "REB"),
        ("Abkhazia", "GEO", "REB"),
        ("the FSB", "RUS", "SPY"),
        ("the Verkhovna Rada", "UKR", "LEG"),
        ("the FBI", "USA", "COP"),
        ("the Bundeswehr", "DEU", "MIL"),
        ("the African National Congress", "ZAF", "PTY"),
        ("Gazprom", "RUS", "BUS"),
    ],
)
def test_known_names(name: str, country: str, sector: str) -> None:
    found = actor(f"Nobody in the room spoke for {name}.", name)
    assert (found.country, found.sector[0]) == (country, sector)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("NATO", "NATO"),
        ("the North Atlantic Treaty Organisation", "NATO"),
        ("the European Union", "EU"),
        ("the U.N.", "UN"),
        ("the Security Council", "UN"),
        ("UNHCR", "UN"),
        ("the OSCE", "OSCE"),
        ("the African Union", "AU"),
        ("the International Atomic Energy Agency", "IAEA"),
        ("the World Health Organization", "WHO"),
        ("Brussels", "EU"),
    ],
)
def test_bodies_have_no_country_and_their_short_name(name: str, short: str) -> None:
    found = actor(f"Nobody in the room spoke for {name}.", name)
    assert (found.name, found.country, found.sector[0]) == (short, None, "IGO")


@pytest.mark.parametrize(
    ("form", "full"),
    [("AFP", "Agence France-Presse"), ("the Associated Press", "Associated Press"), ("The Times", "The Times"),
     ("KCNA", "Korean Central News Agency"), ("Itar-Tass", "TASS"), ("Al-Jazeera", "Al Jazeera")],
)  # fmt: skip
def test_outlets_have_their_full_name(form: str, full: str) -> None:
    found = actor(f"It was first told by {form}.", form)
    assert (found.name, found.sector) == (full, ("MED",))


def test_outlet_names_are_case_folded_and_without_article() -> None:
    assert {"afp", "agence france-presse", "interfax", "new york times"} <= outlet_names()
    assert all(name == name.casefold() and not name.startswith("the ") for name in outlet_names())


@pytest.mark.parametrize(
    ("text", "span", "country", "sector", "office"),
    [
        ("The Turkish soldiers left.", "Turkish soldiers", "TUR", "MIL", "soldiers"),
        ("Then some Turkish soldiers left.", "some Turkish soldiers", "TUR", "MIL", "soldiers"),
        ("A Russian Defence Ministry spokesperson spoke.", "A Russian Defence Ministry spokesperson", "RUS", "GOV",
         "Defence Ministry spokesperson"),
        ("The president of China spoke.", "The president of China", "CHN", "GOV", "president"),
        ("The Saudi-led coalition left.", "The Saudi-led coalition", "SAU", "MIL", "coalition"),
        ("Soldiers from Chad fled.", "Soldiers from Chad", "TCD", "MIL", "Soldiers"),
        ("A Taliban commander spoke.", "A Taliban commander", "AFG", "REB", "Taliban commander"),
        ("A spokesman for the rebels in Mali spoke.", "A spokesman for the rebels in Mali", "MLI", "REB", "spokesman"),
        ("Peru's lawmakers left.", "Peru's lawmakers", "PER", "LEG", "lawmakers"),
        ("The Kenyan army chief spoke.", "The Kenyan army chief", "KEN", "MIL", "army chief"),
        ("Polish prosecutors spoke.", "Polish prosecutors", "POL", "JUD", "prosecutors"),
        ("Gunmen in Haiti fired.", "Gunmen in Haiti", "HTI", "UAF", "Gunmen"),
        ("The Israeli opposition leader spoke.", "The Israeli opposition leader", "ISR", "OPP", "opposition leader"),
        ("A Labour MP from Britain spoke.", "A Labour MP from Britain", "GBR", "LEG", "Labour MP"),
        ("The US ambassador to Israel left.", "The US ambassador to Israel", "USA", "GOV", "ambassador"),
        ("Syrian refugees slept there.", "Syrian refugees", "SYR", "REF", "refugees"),
        ("Egyptian doctors struck.", "Egyptian doctors", "EGY", "CVL", "doctors"),
        ("A Reuters photographer saw it.", "A Reuters photographer", "GBR", "MED", "Reuters photographer"),
        ("Nigerian union leaders met.", "Nigerian union leaders", "NGA", "LAB", "union leaders"),
        ("The Chilean police chief spoke.", "The Chilean police chief", "CHL", "COP", "police chief"),
        ("Georgia's Security Council met in Tbilisi.", "Georgia's Security Council", "GEO", "GOV", "Security Council"),
    ],
)  # fmt: skip
def test_role_phrases(text: str, span: str, country: str, sector: str, office: str) -> None:
    found = actor(text, span)
    assert (found.country, found.sector[0], found.office) == (country, sector, office)
    assert (found.text, text[found.start : found.end]) == (span, span)


@pytest.mark.parametrize("span", ["The UN envoy", "A NATO general", "An OSCE spokeswoman"])
def test_servants_of_bodies_stand_for_the_body(span: str) -> None:
    found = actor(f"{span} was in Tripoli on Friday.", span)
    assert (found.country, found.name, found.sector[0]) == (None, span.split()[1], "IGO")


@pytest.mark.parametrize(
    ("text", "span", "country"),
    [
        ("TBILISI - Georgia closed the road. The Foreign Ministry gave no reason.", "The Foreign Ministry", "GEO"),
        ("Brazil is to vote. Police in Manaus held nine men.", "Police", "BRA"),
        ("Vietnam recalled its envoy. Its defence ministry was silent.", "Its defence ministry", "VNM"),
        ("US$40 was paid in Ghana. Officials would not say why.", "Officials", "GHA"),
        ("The strike shut Panama City, Florida. Police in Panama City said so.", "Panama City", "USA"),
        ("Tuvalu sold the stamps. A clerk said so.", "A clerk", "TUV"),
    ],
)
def test_words_without_a_country_take_it_from_the_report(text: str, span: str, country: str) -> None:
    assert actor(text, span, {"Panama City": "GPE", "Manaus": "GPE"}).country == country


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Georgia", "Fields in Georgia burned, and Texas sent planes; Ohio and the United States paid.", "USA"),
        ("Georgia", "Tbilisi said Georgia would pay, and Russia would not.", "GEO"),
        ("Labour", "In Britain the vote is on Sunday. Labour wants it sooner.", "GBR"),
        ("Congolese", "Kinshasa and the Congolese met in Goma, in the Democratic Republic of the Congo.", "COD"),
    ],
)
def test_shared_names_are_read_by_what_else_the_report_names(name: str, text: str, expected: str) -> None:
    assert actor(text, name).country == expected


def test_a_region_of_many_countries_is_no_country() -> None:
    text = "Moscow waited. Western officials would not say who was there."
    assert actor(text, "Western officials").country is None
    assert actor(text, "Western", {"Western": "LOC"}).country is None


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Analysts", None),
        ("A diplomat", None),
        ("Several observers", None),
        ("The analysts", "PER"),
        ("Residents", "PER"),
    ],
)
def test_some_words_are_nobodys_unless_they_point_back(words: str, country: str | None) -> None:
    assert actor(f"Peru closed the road. {words} said it was calm.", words).country == country


def test_a_ministry_is_no_outlet_and_his_lawyer_is_not_he() -> None:
    assert actor("“All is calm,” TASS quoted the ministry as saying.", "the ministry").name == "ministry"
    assert actor("The bishop spoke through his lawyer.", "his lawyer").name == "his lawyer"


def test_acronyms_and_pronouns_are_told_apart() -> None:
    text = "They told us who is ill; the WHO told the US."
    assert actor(text, "WHO").name == "WHO"
    assert actor(text, "US").country == "USA"
    assert actor(text, "us").country != "GBR"
    assert {r.known.name for r in index(text)._scene.references} == {"WHO", "United States"}


def test_mentions_keep_their_labels_and_places_have_no_sector() -> None:
    found = index(
        "Chad's army held Abéché airport. The Kremlin and UNICEF watched.",
        {"Chad": "GPE", "Abéché airport": "FAC", "Kremlin": "GPE", "UNICEF": "ORG"},
    ).mentions
    told = [(m.text, m.kind, m.name, m.country, m.sector) for m in found]
    assert told == [
        ("Chad", "GPE", "Chad", "TCD", ()),
        ("Abéché airport", "FAC", "Abéché airport", "TCD", ()),
        ("Kremlin", "GPE", "Kremlin", "RUS", ()),
        ("UNICEF", "ORG", "UN", None, ("IGO",)),
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [("USA", "United States"), ("MMR", "Myanmar"), ("XKX", "Kosovo"), ("ZZZ", "ZZZ"), ("HKG", "Hong Kong")],
)
def test_country_name(code: str, name: str) -> None:
    assert country_name(code) == name


def test_every_code_of_the_tables_is_a_country() -> None:
    codes = {name.country for name in country_names()}
    assert {name.country for name in (*peoples(), *seats())} <= codes
    told = {form.known.country for forms in lexicon().forms.values() for form in forms}
    assert told - codes <= {None, "?"}


def test_seats_are_capitals_of_the_gazetteer() -> None:
    named: dict[str, list[str]] = {}
    for seat in seats():
        named.setdefault(seat.country, []).append(seat.form)
    missing = {
        country
        for country, forms in named.items()
        if not any(c.capital and c.country == country for form in forms for c in gazetteer().find(form))
    }
    # Disputed or unpopulated seats that GeoNames lists in another way.
    assert len(missing) <= 6, missing


def test_known_needs_the_whole_name() -> None:
    assert known("the Kremlin") is not None
    assert known("Kremlin wall") is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300), st.data())
def test_any_span_of_any_text_has_an_actor_that_points_to_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = index(text).actor(start, end)
    assert (found.start, found.end, found.text) == (start, end, text[start:end])


@given(st.lists(st.sampled_from(
    ["the", "Russian", "president", "Putin", "of", ",", "said", "he", "UN", "’s", "army", "spokesman", "\n\n", "."]
), max_size=40).map(" ".join), st.data())  # fmt: skip
def test_words_in_any_order_are_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reports = index(text, {"Putin": "PER", "Russian": "NORP", "UN": "ORG"})
    assert reports.actor(start, end).text == text[start:end]
    assert all(text[m.start : m.end] == m.text for m in reports.mentions)
    assert all(text[o.start : o.end] for o in reports.offices)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (
            "French aircraft struck a camp in Mali on Sunday. The raid killed 12 people in Mali, the mayor said.",
            "people",
            "MLI",
        ),
        (
            "China closed the city. Japan sent an aircraft. It was quiet, said Haruto Shimizu, a teacher.",
            "Haruto Shimizu",
            "JPN",
        ),
    ],
)
def test_words_belong_where_they_stand_and_names_where_they_are_borne(text: str, words: str, country: str) -> None:
    assert actor(text, words, {"Haruto Shimizu": "PER"}).country == country
