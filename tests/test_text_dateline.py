"""Datelines: place, date, agency at the head of a report, and openings that are none."""

from __future__ import annotations

import pytest

from brink.records import Report
from brink.text import layout

FOUND = [
    ("KYIV, Feb 15 (Reuters) - Troops left.", "KYIV", "Feb 15", "Reuters"),
    ("New Delhi: Troops left.", "New Delhi", None, None),
    ("WASHINGTON (AP) — Troops left.", "WASHINGTON", None, "AP"),
    ("MOSCOW, 3 March 2014 (Interfax) -- Troops left.", "MOSCOW", "3 March 2014", "Interfax"),
    ("Geneva – Troops left.", "Geneva", None, None),
    ("February 15, 2022 Kyiv - Troops left.", "Kyiv", "February 15, 2022", None),
    ("(CNN) -- Troops left.", None, None, "CNN"),
    ("Kyiv, Ukraine (CNN)Troops left.", "Kyiv, Ukraine", None, "CNN"),
    ("MOSCOW, March 3. /TASS/. Troops left.", "MOSCOW", "March 3", "TASS"),
    ("KYIV. Feb 15 (Interfax-Ukraine) – Troops left.", "KYIV", "Feb 15", "Interfax-Ukraine"),
    ("MOSCOW - Interfax - Troops left.", "MOSCOW", None, "Interfax"),
    ("WASHINGTON/MOSCOW, Feb. 15 (Reuters) - Troops left.", "WASHINGTON/MOSCOW", "Feb. 15", "Reuters"),
    ("GENEVA/NEW YORK, 15 February 2022 – Troops left.", "GENEVA/NEW YORK", "15 February 2022", None),
    ("St. Petersburg, Russia — Troops left.", "St. Petersburg, Russia", None, None),
    ("Washington, D.C. – Troops left.", "Washington, D.C.", None, None),
    ("MOSCOW—Troops left.", "MOSCOW", None, None),
    ("Smallbrook, Ohio — Troops left.", "Smallbrook, Ohio", None, None),
    ("NOVY SAD - Troops left.", "NOVY SAD", None, None),
    ("Verkhnegorsk – Troops left.", "Verkhnegorsk", None, None),
    ("KHARTOUM (Nile Wire) - Troops left.", "KHARTOUM", None, "Nile Wire"),
    ("Lusaka: Troops left.", "Lusaka", None, None),
    ("Tuesday, Kyiv - Troops left.", "Kyiv", "Tuesday", None),
    ("15 February 2022 — Troops left.", None, "15 February 2022", None),
    ("AFP - Troops left.", None, None, "AFP"),
    ("N’DJAMENA (AFP) – Troops left.", "N'DJAMENA", None, "AFP"),
    ("By Jane Roe in Kyiv\n\nTroops left.", "Kyiv", None, None),
    ("By Jane Roe, Reuters, in Kyiv\n\nTroops left.", "Kyiv", None, "Reuters"),
    ("Geneva, 15 February 2022\n\nTroops left.", "Geneva", "15 February 2022", None),
    ("Convoy goes home\n\nBy Jane Roe\n\nKYIV (AP) - Troops left.", "KYIV", None, "AP"),
]

NONE = [
    "Analysts: The war is over, for now.",
    "Analysts: the war is over, for now.",
    "Mr. Roe: We left on Monday.",
    "Mr Roe: We left on Monday.",
    "Washington said troops left.",
    "Breaking: Troops left.",
    "BREAKING - Troops left.",
    "UPDATE 2-Troops left.",
    "EXCLUSIVE – Troops left.",
    "Moscow: the city that never sleeps.",
    "Kyiv - which has slept - woke up.",
    "Kyiv – Ukraine's capital – was quiet.",
    "Janssen: We left, the minister said.",
    "JANSSEN: We left, the minister said.",
    "Janssen – The general who waited.",
    "Janssen (CDA) - The general who waited.",
    "NATO — The alliance met.",
    "Ukraine: What we know",
    "Moscow: What we know",
    "Monday: Troops left.",
    "May: The minister left.",
    "March 3 was cold.",
    "On Monday, Kyiv said: Troops left.",
    "The Kyiv - Moscow train was late.",
    "Beijing (China) says troops left.",
    "Kyiv's mayor - a boxer - left.",
    "Kyiv-based analysts said troops left.",
    "A first paragraph of the report.\n\nKYIV (AP) - Troops left.",
]


@pytest.mark.parametrize(("text", "place", "date", "agency"), FOUND, ids=[row[0] for row in FOUND])
def test_dateline(text: str, place: str | None, date: str | None, agency: str | None) -> None:
    found = layout(Report("r", text))
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.date, found.dateline.agency) == (place, date, agency)
    assert found.sentences[-1].text == "Troops left."


@pytest.mark.parametrize("text", NONE)
def test_no_dateline(text: str) -> None:
    found = layout(Report("r", text))
    assert found.dateline is None
    assert found.sentences[0].start == 0
