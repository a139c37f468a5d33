"""Furniture of the page: found, labelled, and never among the sentences."""

from __future__ import annotations

import pytest

from brink.records import Report
from brink.text import layout

BEFORE, AFTER = "The convoy left the base on Monday.", "The mayor saw it go, he said."

PARAGRAPHS = [
    ("ALSO READ | A convoy, a treaty and the role of the alliance: An analysis", "related"),
    ("IN PICS | Latest satellite images show build-up near the border", "related"),
    ("READ MORE: Inside the camp at Ostrava Vale.", "related"),
    ("Also read: Inside the camp", "related"),
    ("Related: What we know so far", "related"),
    ("Watch: Convoy leaves the base", "related"),
    ("Opinion | Why the convoy matters", "related"),
    ("More on this story", "related"),
    ("Watch the full interview below:", "related"),
    ("FILE PHOTO: A soldier stands guard near Ostrava Vale, February 15, 2022. REUTERS/Jane Roe", "caption"),
    ("A soldier stands guard near Ostrava Vale. (AP Photo/Jane Roe)", "caption"),
    ("A soldier stands guard. Photo: Jane Roe/Getty", "caption"),
    ("A soldier stands guard Image: Jane Roe.", "caption"),
    ("A soldier stands guard. [Jane Roe/AFP]", "caption"),
    ("Photo: a coastguard cutter takes on fuel.", "caption"),
    ("Image caption A soldier stands guard", "caption"),
    ("In this photo released by the army, a soldier stands guard.", "caption"),
    ("Jane Roe via Getty Images", "caption"),
    ("Reporting by Jane Roe; Editing by John Doe", "credit"),
    ("(Additional reporting by Jane Roe in Moscow; Editing by John Doe.)", "credit"),
    ("With inputs from agencies", "credit"),
    ("© 2022 Vale Courier. All rights reserved.", "credit"),
    ("Copyright 2022 Vale Courier", "credit"),
    ("This article was originally published by the Vale Courier.", "credit"),
    ("-ENDS-", "credit"),
    ("(AFP)", "credit"),
    ("bur-jm/dc", "credit"),
    ("nL8N2UM4KX", "credit"),
    ("https://vale-courier.example/convoy", "credit"),
    ("14:35 GMT", "stamp"),
    ("- 10:02 am -", "stamp"),
    ("Updated at 3.15pm", "stamp"),
    ("Last updated: 15 February 2022, 14:35 GMT", "stamp"),
    ("Tuesday, August 30, 2007", "stamp"),
    ("Published 15 February 2022", "stamp"),
    ("2 hours ago", "stamp"),
    ("* * *", "stamp"),
    ("Advertisement", "advert"),
    ("Story continues below", "advert"),
    ("Subscribe to our newsletter", "advert"),
    ("Sign up for our newsletter and never miss a convoy.", "advert"),
    ("Share this", "advert"),
    ("Follow us on Twitter for more.", "advert"),
    ("Facebook | Twitter | WhatsApp", "advert"),
    ("Follow Jane Roe on Twitter @janeroe", "advert"),
]

RUNNING = [
    "Watch how they move, the officer said.",
    "Related parties were told on Monday.",
    "Read more than one report, he advised.",
    "Photos show the convoy near the border.",
    "Published documents show that the army knew.",
    "Advertising revenue fell in March.",
    "Subscribe or not, he said, the paper will go on.",
    "Source close to the ministry denied it.",
    '"Watch: they will come," the officer said.',
    "Reporting from the front is dangerous.",
    "Video of the strike was shown on state television.",
    "Share prices fell after the speech.",
    "Copyright law was on the agenda.",
    "Image is everything, the minister said.",
    "Update: The ministry now says that nobody was hurt.",
    "Exclusive: The ministry is to close, officials said.",
    "At 14:35 GMT the convoy left.",
    "More: nothing can be said by anyone about it" + ", and so on" * 25 + ".",
    "By Monday the town was quiet.",
    "By Monday Night",
    "Ends of the rope were found.",
    "According to a Reuters/Ipsos poll, few agree.",
]

TAILS = [
    ("The convoy left. READ MORE: Inside the camp", "READ MORE: Inside the camp", "related"),
    (
        "The convoy left. Reporting: P. Roe. Photographs: agency pool.",
        "Reporting: P. Roe. Photographs: agency pool.",
        "credit",
    ),
    (
        "The convoy left. (Reporting by Jane Roe; Editing by John Doe)",
        "(Reporting by Jane Roe; Editing by John Doe)",
        "credit",
    ),
    ("The convoy left. (With inputs from agencies)", "(With inputs from agencies)", "credit"),
    ("The convoy left. – AFP", "– AFP", "credit"),
    ('"The convoy left." (Reuters)', "(Reuters)", "credit"),
    ("The convoy left. -ENDS-", "-ENDS-", "credit"),
]

HEADS = [
    ("14:35 GMT - The convoy left.", "14:35 GMT -"),
    ("14:35 GMT The convoy left.", "14:35 GMT"),
    ("10.02am: The convoy left.", "10.02am:"),
    ("[14:35] The convoy left.", "[14:35]"),
    ("- 10:02 am - The convoy left.", "- 10:02 am -"),
    ("10:02 a.m. ET, February 15, 2022 – The convoy left.", "10:02 a.m. ET, February 15, 2022 –"),
    ("Updated at 3.15pm: The convoy left.", "Updated at 3.15pm:"),
]


@pytest.mark.parametrize(("line", "kind"), PARAGRAPHS, ids=[row[0] for row in PARAGRAPHS])
def test_paragraph_of_furniture(line: str, kind: str) -> None:
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    found = layout(Report("r", text))
    assert [(text[piece.start : piece.end], piece.kind) for piece in found.furniture] == [(line, kind)]
    assert [sentence.text for sentence in found.sentences] == [BEFORE, AFTER]
    assert [sentence.paragraph for sentence in found.sentences] == [0, 1]


@pytest.mark.parametrize("line", RUNNING)
def test_running_text_is_no_furniture(line: str) -> None:
    found = layout(Report("r", f"{BEFORE}\n\n{line}\n\n{AFTER}"))
    assert found.furniture == ()
    assert line in [sentence.text for sentence in found.sentences]


@pytest.mark.parametrize(("text", "piece", "kind"), TAILS, ids=[row[0] for row in TAILS])
def test_furniture_behind_a_sentence(text: str, piece: str, kind: str) -> None:
    found = layout(Report("r", text))
    assert [(text[part.start : part.end], part.kind) for part in found.furniture] == [(piece, kind)]
    assert len(found.sentences) == 1


@pytest.mark.parametrize(("text", "stamp"), HEADS, ids=[row[0] for row in HEADS])
def test_clock_stamp_is_cut_off(text: str, stamp: str) -> None:
    found = layout(Report("r", f"Live\n\n{text}"))
    assert [(part.kind, stamp) for part in found.furniture] == [("stamp", stamp)]
    assert found.sentences[-1].text == "The convoy left."


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("By Jane Roe and John Doe\n\nThe convoy left.", "By Jane Roe and John Doe"),
        ("The convoy left.\n\nJane Roe, Diplomatic Correspondent", "Jane Roe"),
        ("The convoy left.\n\nReporting by Jane Roe", "Reporting by Jane Roe"),
        ("The convoy left. (AFP)", "(AFP)"),
        ("The convoy left.", None),
        ("Jane Roe, the minister, left.", None),
    ],
)
def test_signature(text: str, signature: str | None) -> None:
    found = layout(Report("r", text)).signature
    assert (found.text if found else None) == signature
