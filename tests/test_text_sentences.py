"""Sentence boundaries: each row is one paragraph, its sentences divided by " ¦ "."""

from __future__ import annotations

import pytest

from brink.text.sentences import sentences

TABLE = [
    "Troops left. ¦ They went home.",
    "Mr. Roe met Mrs. Doe and Dr. Poe. ¦ Prof. Moe stayed away.",
    "Lt. Gen. J. K. Roe and Maj.-Gen. Doe met Sgt. Poe. ¦ Col. Moe left.",
    "GEN. Roe and ex-Gov. Doe spoke. ¦ Sen. Poe did not.",
    "George W. Roe met J.-P. Doe. ¦ H. Poe left.",
    "The U.S. Army left. ¦ It had been in the U.S. ¦ The town was quiet.",
    "He went to the U.S. on Monday. ¦ U.N. envoys met in Washington, D.C. ¦ They failed.",
    "In the U.S. ¦ Officials said so.",
    "Talks began at 5 p.m. Monday. ¦ They ended at 3 a.m. ¦ Troops left at 5 a.m. Moscow time.",
    "On Jan. 5 and Feb. 6 they met. ¦ It was cold in Sept. ¦ The sea froze.",
    "No. 10 denied it. ¦ He said no. ¦ Then he left. ¦ Art. 5 and Nos. 6 and 7 apply.",
    "Acme Inc. said so. ¦ It bought Roe Bros. and Doe & Co. ¦ The price rose.",
    "Roe of Salem, Ore. and Doe of Macon, Ga. spoke. ¦ He heard Mass. ¦ Men left.",
    "He lives in St. Roe near Mt. Doe on Main St. ¦ The house is old.",
    "Prices rose 3.5 percent to $4.20. ¦ In 2014. ¦ They fell 1,000.5 points.",
    "Troops, e.g. infantry, left, i.e. went home. ¦ Roe v. Doe was heard. ¦ Roe et al. wrote it.",
    "King Roe Jr. spoke. ¦ Martin Doe Sr. did not.",
    "See www.brink.example/a.b?c=d. ¦ Visit Roe.com now. ¦ Write to j.roe@brink.example. ¦ Go.",
    "“We will go. ¦ We will not stay,” Roe said. ¦ “Never!” ¦ “Why not?” Doe asked.",
    '"Are you ready?" he asked. ¦ "Are you sure?" Roe asked on Monday. ¦ "Go!" the crowd shouted.',
    '"We saw it." ¦ The mayor left. ¦ "It burned."',
    "He called it 'a mess.' ¦ Nobody laughed.",
    'He shouted "Go home!" ¦ Police fired.',
    'They chanted "Shame! Shame!" as he left. ¦ He left.',
    "Yahoo! News said so. ¦ Wow! ¦ Troops left.",
    "Nobody knew... ¦ The town burned. ¦ It was… quiet.",
    '"I am... I was afraid," Roe said. ¦ He left.',
    "He left (it was late). ¦ (It was late.) ¦ She stayed.",
    "The group (founded in 2004. It was small) left. ¦ It was late.",
    "Three demands: peace, bread, land. ¦ They are: Peace first. ¦ Then bread.",
    "1. The army left. ¦ 2. The navy stayed.",
    "Demands: ¦ • Peace for all ¦ • Bread for all",
    "Troops left.They went home.¦The town burned.",
    'The mayor said "it burned."¦Troops left.',
    "Troops left. ¦ al-Roe stayed. ¦ iPhone sales fell.",
    'Col. John "J.D." Roe spoke. ¦ It was late.',
    "Gen. “Mad Roe” Doe spoke. ¦ It was late.",
    "The law was passed.[1] ¦ The court struck it down.[2][3] ¦ It stayed.",
    "“It is over.” — Jane Roe",
    '"Troops left. " ¦ They went home.',
    "Is it true? ¦ Yes. ¦ Really?! ¦ Nobody knows.",
    "Ph.D. students left. ¦ He has a Ph.D. ¦ The rest stayed.",
    "A heading without a stop",
    "The convoy left Image: Jane Roe.".replace(" Image", " ¦ Image"),
    "£5 bn. was lost. ¦ $3 was found. ¦ 15 people left.",
]


@pytest.mark.parametrize("row", TABLE)
def test_sentences(row: str) -> None:
    expected = [part.strip() for part in row.replace("left.They", "left.¦They").split("¦")]
    text = row.replace(" ¦ ", " ").replace("¦", "")
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_only_the_paragraph_is_read() -> None:
    text = "One. Two. Three. Four."
    assert [text[start:end] for start, end in sentences(text, 5, 16)] == ["Two.", "Three."]


@pytest.mark.parametrize(
    ("piece", "count", "least"),
    [
        ("a.", 50_000, 1),
        ("U.S. ", 20_000, 1),
        ('"', 100_000, 1),
        ('A. " ', 20_000, 1),
        ("(a. B ", 20_000, 1),
        (".", 100_000, 1),
    ],
)
def test_odd_masses_of_text_end(piece: str, count: int, least: int) -> None:
    text = piece * count
    found = sentences(text, 0, len(text))
    assert len(found) >= least
    assert found[0][0] == 0
    assert found[-1][1] == len(text.rstrip())
