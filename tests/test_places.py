"""Where it happened: phrases of place in the analyst's words, and what they may and may not become."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.coding.place_context import ReportContext, report_context
from brink.coding.places import resolve_place
from brink.records import Dateline, Mention, Place, Sentence

# Names that a reader would mark; the country is what actor coding tells of peoples, persons and bodies.
KNOWN = {
    "Ukrainian": ("NORP", "UKR"), "Russian": ("NORP", "RUS"), "Polish": ("NORP", "POL"), "Lebanese": ("NORP", "LBN"),
    "Pakistani": ("NORP", "PAK"), "Turkish": ("NORP", "TUR"), "Donetsk airport": ("FAC", None),
    "Minneapolis airport": ("FAC", None), "Kremlin": ("FAC", None), "Hlodavka": ("GPE", None), "Bor": ("GPE", None),
}  # fmt: skip
NAMES = (
    "Luhansk People's Republic", "Republic of Crimea", "Washington, D.C.", "Crimea", "Georgia", "Tbilisi", "Atlanta",
    "Savannah", "Paris", "Texas", "Donetsk", "Luhansk", "Zaporizhzhia", "Mariupol", "Ukraine", "Poland", "Belarus",
    "Russia", "Aleppo", "Berlin", "Black Sea", "Odesa", "Singapore", "Tripoli", "Lebanon", "Beirut", "Bombay", "Kiev",
    "Anbar", "Homs", "Soviet Union", "Libya", "London", "Ontario", "Kashmir", "South Africa", "Atlantic City", "China",
    "Jordan", "Egypt", "Iraq", "Euphrates", "Gaza Strip", "Syria", "Kosovo", "Khartoum", "Washington", "Golan Heights",
    "Lisbon", "Madrid", "Earth",
)  # fmt: skip


def mentions_of(text: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for name in [*KNOWN, *NAMES]:
        kind, country = KNOWN.get(name, ("LOC" if name in {"Black Sea", "Euphrates", "Earth"} else "GPE", None))
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if all(end <= m.start or m.end <= start for m in found):
                found.append(Mention(start, end, name, kind, name, country))
            start = text.find(name, end)
    return tuple(found)


def context_of(text: str, dateline: str | None = None, titled: Sequence[str] = ()) -> ReportContext:
    sentences, start = [], 0
    for index, part in enumerate(text.split(". ")):
        sentences.append(Sentence(index, 0, start, start + len(part), part))
        start += len(part) + 2
    head = Dateline(0, 0, dateline, None, None) if dateline else None
    return report_context(text, sentences, mentions_of(text), head, titled)


@pytest.mark.parametrize(("titled", "country"), [((), "RUS"), (("SSD",), "SSD"), (("TUR",), "TUR")])
def test_of_namesakes_the_one_in_a_country_of_the_title_is_meant(titled: tuple[str, ...], country: str) -> None:
    text = "Rebels ambushed a convoy near Bor"
    place = resolve_place(text.index("Bor"), len(text), context_of(text, titled=titled))
    assert place is not None and place.country == country


def resolved(text: str, phrase: str, dateline: str | None = None) -> Place | None:
    start = text.index(phrase)
    return resolve_place(start, start + len(phrase), context_of(text, dateline))


@pytest.mark.parametrize(
    ("text", "phrase", "name", "country", "admin1", "precision"),
    [
        # namesakes
        ("Tanks entered Georgia, Tbilisi said", "Georgia", "Georgia", "GEO", None, "country"),
        (
            "Storms hit Georgia. Roads near Atlanta and Savannah closed",
            "Georgia",
            "Georgia",
            "USA",
            "Georgia",
            "admin1",
        ),
        ("A crowd met in Paris, Texas, today", "Paris", "Paris", "USA", "Texas", "city"),
        ("A crowd met in Paris, Texas. In Paris shops closed", "In Paris", "Paris", "USA", "Texas", "city"),
        ("A crowd met in Paris today", "Paris", "Paris", "FRA", "Île-de-France", "city"),
        ("A crowd met in Savannah, Ga., today", "Savannah", "Savannah", "USA", "Georgia", "city"),
        ("Rain fell in London, Ontario", "London, Ontario", "London", "CAN", "Ontario", "city"),
        ("Clashes in Tripoli as Lebanese troops left Beirut", "Tripoli", "Tripoli", "LBN", "Liban-Nord", "city"),
        ("Clashes in Tripoli", "Tripoli", "Tripoli", "LBY", "Tripoli", "city"),
        (
            "Shells fell in the Russian city of Donetsk",
            "the Russian city of Donetsk",
            "Donetsk",
            "RUS",
            "Rostov",
            "city",
        ),
        ("Talks in Washington, D.C. went on", "Washington, D.C.", "Washington", "USA", "Washington, D.C.", "city"),
        ("Fires burn in Washington state", "Washington", "Washington", "USA", "Washington", "admin1"),
        # lists of countries are no qualifications, and a country is no small town abroad
        ("Envoys of Jordan, Egypt and Iraq met", "Jordan", "Jordan", "JOR", None, "country"),
        ("The ship left China. Atlanta and Savannah wait", "China", "China", "CHN", None, "country"),
        ("A meeting in Singapore", "Singapore", "Singapore", "SGP", None, "country"),
        # older and other names
        ("A march in Bombay", "Bombay", "Mumbai", "IND", "Maharashtra", "city"),
        ("A march in Kiev", "Kiev", "Kyiv", "UKR", "Kyiv City", "city"),
        ("It began in the Soviet Union", "the Soviet Union", "Soviet Union", "RUS", None, "country"),
        # regions
        ("Fighting in Donetsk", "Donetsk", "Donetsk", "UKR", "Donetsk", "city"),
        ("Fighting in Donetsk region", "Donetsk region", "Donetsk", "UKR", "Donetsk", "admin1"),
        (
            "Fighting in the Donetsk and Luhansk regions",
            "the Donetsk and Luhansk regions",
            "Donetsk",
            "UKR",
            "Donetsk",
            "admin1",
        ),
        (
            "Fighting in Zaporizhzhia region",
            "Zaporizhzhia region",
            "Zaporizhzhya Oblast",
            "UKR",
            "Zaporizhzhya Oblast",
            "admin1",
        ),
        ("Fighting in Mariupol district in Ukraine", "Mariupol district", "Mariupol", "UKR", "Donetsk", "area"),
        ("Raids in Anbar province", "Anbar province", "Al Anbar", "IRQ", "Al Anbar", "admin1"),
        # disputed territory
        ("Ships left Crimea", "Crimea", "Crimea", "UKR", "Crimea", "admin1"),
        ("Ships left the Republic of Crimea", "the Republic of Crimea", "Crimea", "UKR", "Crimea", "admin1"),
        (
            "Shelling in the Luhansk People's Republic",
            "the Luhansk People's Republic",
            "Luhansk People's Republic",
            "UKR",
            "Luhansk",
            "area",
        ),
        ("Air raids on the Gaza Strip", "the Gaza Strip", "Gaza Strip", "PSE", "Gaza Strip", "admin1"),
        ("Rockets hit the Golan Heights", "the Golan Heights", "Golan Heights", "SYR", None, "area"),
        ("Police in Kosovo", "Kosovo", "Kosovo", "XKX", None, "country"),
        ("In Kashmir, Pakistani troops fired", "Kashmir", "Kashmir", "PAK", None, "area"),
        ("In Kashmir, shots were fired", "Kashmir", "Kashmir", None, None, "area"),
        # borders, front lines, seas, rivers, parts
        ("Troops at the Ukrainian border", "the Ukrainian border", "Ukrainian border", "UKR", None, "area"),
        (
            "Troops at Poland's border with Belarus",
            "Poland's border with Belarus",
            "Poland's border with Belarus",
            "POL",
            None,
            "area",
        ),
        (
            "Troops at the Russia-Ukraine border",
            "the Russia-Ukraine border",
            "Russia-Ukraine border",
            None,
            None,
            "area",
        ),
        ("Troops at the border", "the border", "border", None, None, "area"),
        ("Shots along the line of contact in Ukraine", "the line of contact", "line of contact", "UKR", None, "area"),
        ("Shots on the front line", "the front line", "front line", None, None, "area"),
        ("Ships in the Black Sea", "the Black Sea", "Black Sea", None, None, "area"),
        ("A ship left the Black Sea port of Odesa", "the Black Sea port of Odesa", "Odesa", "UKR", "Odessa", "city"),
        ("Bridges on the Euphrates in Syria fell", "the Euphrates", "Euphrates", "SYR", None, "area"),
        ("Boats sank off the coast of Libya", "off the coast of Libya", "coast of Libya", "LBY", None, "area"),
        ("Fighting in eastern Ukraine", "eastern Ukraine", "eastern Ukraine", "UKR", None, "area"),
        ("A blast 60 km north of Aleppo", "60 km north of Aleppo", "60 km north of Aleppo", "SYR", "Aleppo", "area"),
        ("Farms in South Africa", "South Africa", "South Africa", "ZAF", None, "country"),
        ("Seen from Earth in Lisbon and Madrid", "Earth", "Earth", None, None, "area"),
        # facilities: the town, never the country
        ("A blast at Donetsk airport", "Donetsk airport", "Donetsk", "UKR", "Donetsk", "city"),
        ("Fog at Minneapolis airport", "Minneapolis airport", "Minneapolis", "USA", "Minnesota", "city"),
        ("Guards at the Turkish embassy in Berlin", "the Turkish embassy in Berlin", "Berlin", "DEU", "Berlin", "city"),
        ("Talks at the Kremlin", "the Kremlin", "Moscow", "RUS", "Moscow", "city"),
        # names told before, and names not known
        ("He went to Homs. They shelled the city again", "the city", "Homs", "SYR", "Homs", "city"),
        (
            "A blast in the village of Hlodavka in Ukraine",
            "the village of Hlodavka in Ukraine",
            "Hlodavka",
            "UKR",
            None,
            "area",
        ),
        ("A blast in Hlodavka", "Hlodavka", "Hlodavka", None, None, "area"),
    ],
)
def test_places(text: str, phrase: str, name: str, country: str | None, admin1: str | None, precision: str) -> None:
    place = resolved(text, phrase)
    assert place is not None
    assert (place.name, place.country, place.admin1, place.precision) == (name, country, admin1, precision)
    assert text[place.start : place.end] == place.text == phrase
    assert (place.lat is not None, place.lon is not None) == ((precision == "city"),) * 2


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("They met at the hospital", "the hospital"),
        ("Shots at one of the bridges", "one of the bridges"),
        ("They shelled the city", "the city"),
        ("Seen by us on the road", "us"),
    ],
)
def test_words_that_name_no_place(text: str, phrase: str) -> None:
    assert resolved(text, phrase) is None


def test_the_dateline_decides_between_namesakes() -> None:
    text = "A court in Tripoli sat"
    at_home, abroad = resolved(text, "Tripoli", "TRIPOLI, Lebanon"), resolved(text, "Tripoli")
    assert at_home and abroad
    assert (abroad.country, context_of(text, "BEIRUT").home) == ("LBY", "LBN")
    assert context_of(text, "PARIS, Texas").home == "USA"
    assert context_of(text, "QWERTZBURG").home is None


def test_no_false_pin_for_a_small_namesake_abroad() -> None:
    place = resolved("In Savannah and Atlanta, Storlien was named", "Storlien")
    assert place is None or place.precision == "area"


def test_a_resolution_depends_on_its_report_alone() -> None:
    text = "Storms hit Georgia. Roads near Atlanta closed"
    first = resolved(text, "Georgia")
    resolved("Tanks entered Georgia, Tbilisi said", "Georgia")
    assert resolved(text, "Georgia") == first


WORDS = st.lists(
    st.sampled_from([*NAMES, *KNOWN, "the border of", "60 km", "region", "and", ",", "north of", "eastern", "'s"]),
    min_size=1,
    max_size=8,
)


@given(WORDS, st.data())
@settings(max_examples=150, deadline=None)
def test_any_phrase_keeps_the_rules(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = resolve_place(start, end, context_of(text))
    if place is None:
        return
    assert text[place.start : place.end] == place.text
    assert (place.lat is None) == (place.lon is None) == (place.precision not in {"point", "city"})
    assert place.name
