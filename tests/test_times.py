"""Times: what the words mean on Tuesday 15 February 2022, and which of them dates an event."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.coding.times import event_time, find_times
from brink.records import Dateline, Sentence, Span, TimeValue

TUESDAY = date(2022, 2, 15)
"""A Tuesday: the day of writing of all examples here."""


def sentences_of(*texts: str) -> tuple[str, list[Sentence]]:
    text, found = "", []
    for index, one in enumerate(texts):
        found.append(Sentence(index, 0, len(text), len(text) + len(one), one))
        text += one + " "
    return text, found


def times(*texts: str, published: date | None = TUESDAY, dateline: Dateline | None = None) -> tuple[TimeValue, ...]:
    text, sentences = sentences_of(*texts)
    return find_times(text, sentences, published, dateline)


def values(*texts: str) -> list[tuple[str | None, str | None]]:
    return [(t.start, t.end) for t in times(*texts)]


ONE_DAY = [
    ("The envoy arrived on Monday.", "2022-02-14"),
    ("The envoy arrived on Tuesday.", "2022-02-15"),
    ("The envoy left last Tuesday.", "2022-02-08"),
    ("The envoy will leave on Friday.", "2022-02-18"),
    ("The envoy will leave on Tuesday.", "2022-02-15"),
    ("The envoy returns next Friday.", "2022-02-18"),
    ("The envoy returns next Tuesday.", "2022-02-22"),
    ("On Friday the two presidents will meet.", "2022-02-18"),
    ("On Friday the two presidents met.", "2022-02-11"),
    ("In Kyiv they promised on Monday to help.", "2022-02-14"),
    ("The talks are to begin on Thursday.", "2022-02-17"),
    ("Dockers called a strike for Wednesday.", "2022-02-16"),
    ("The units returned on Tuesday (15 February).", "2022-02-15"),
    ("The units returned earlier today.", "2022-02-15"),
    ("The mayor resigned yesterday.", "2022-02-14"),
    ("The mayor resigned the day before yesterday.", "2022-02-13"),
    ("A vote is due tomorrow.", "2022-02-16"),
    ("He speaks tonight.", "2022-02-15"),
    ("Shells fell last night.", "2022-02-14"),
    ("Shells fell this morning.", "2022-02-15"),
    ("The bridge fell overnight on 3 February.", "2022-02-03"),
    ("The bridge fell on the night of 3 February.", "2022-02-03"),
    ("He died on Sept. 11, 2001.", "2001-09-11"),
    ("He died on 11 September 2001.", "2001-09-11"),
    ("He died on the 11th of September, 2001.", "2001-09-11"),
    ("He died on 2001-09-11.", "2001-09-11"),
    ("He died on 25/09/2001.", "2001-09-25"),
    ("It stopped on 15 Feb 2022 14:30 GMT.", "2022-02-15"),
    ("It began at 3 p.m. on Sunday.", "2022-02-13"),
    ("It began on Sunday, at about 11 a.m. (local time).", "2022-02-13"),
    ("They fled in the early hours of Sunday.", "2022-02-13"),
    ("The siege ended on 20 December.", "2021-12-20"),
    ("They will vote on 24 April.", "2022-04-24"),
    ("She announced the 1 March launch.", "2022-03-01"),
    ("The fleet sailed on the 10th.", "2022-02-10"),
    ("The fleet sailed two weeks ago.", "2022-02-01"),
    ("The fleet sailed three days ago.", "2022-02-12"),
    ("They met on New Year's Day.", "2022-01-01"),
    ("They met on Christmas Eve.", "2021-12-24"),
    ("They will meet on Easter Sunday.", "2022-04-17"),
    ("They met on Easter Sunday 2011.", "2011-04-24"),
    ("The vote falls on the first Sunday of June.", "2022-06-05"),
    ("It ended at the end of January.", "2022-01-31"),
]


@pytest.mark.parametrize(("text", "day"), ONE_DAY)
def test_one_day(text: str, day: str) -> None:
    assert values(text) == [(day, day)]


SPANS = [
    ("Drills run 10-20 February.", "2022-02-10", "2022-02-20"),
    ("Drills ran between 3 and 5 January.", "2022-01-03", "2022-01-05"),
    ("Drills ran from 28 December to 5 January.", "2021-12-28", "2022-01-05"),
    ("Drills were held from Monday to Thursday.", "2022-02-07", "2022-02-10"),
    ("They will meet in March.", "2022-03-01", "2022-03-31"),
    ("They met in March.", "2021-03-01", "2021-03-31"),
    ("They met last November.", "2021-11-01", "2021-11-30"),
    ("They met in September and October.", "2021-09-01", "2021-10-31"),
    ("It was seized in early 2014.", "2014-01-01", "2014-04-30"),
    ("It was seized in early August.", "2021-08-01", "2021-08-10"),
    ("It was seized in mid-2009.", "2009-06-01", "2009-08-31"),
    ("It has stood there since last week.", "2022-02-07", "2022-02-15"),
    ("It was shelled in the past 24 hours.", "2022-02-14", "2022-02-15"),
    ("It was shelled over the past month.", "2022-01-15", "2022-02-15"),
    ("They must go by the end of the month.", "2022-02-15", "2022-02-28"),
    ("They will go by 24 April.", "2022-02-15", "2022-04-24"),
    ("They demanded an answer by Friday.", "2022-02-15", "2022-02-18"),
    ("They must go within 48 hours.", "2022-02-15", "2022-02-17"),
    ("They will stay until Friday.", "2022-02-15", "2022-02-18"),
    ("It happened last month.", "2022-01-01", "2022-01-31"),
    ("It happened last week.", "2022-02-07", "2022-02-13"),
    ("It will happen next week.", "2022-02-21", "2022-02-27"),
    ("It happens this year.", "2022-01-01", "2022-12-31"),
    ("It happened earlier this year.", "2022-01-01", "2022-02-15"),
    ("It happened over the weekend.", "2022-02-12", "2022-02-13"),
    ("It will happen this weekend.", "2022-02-19", "2022-02-20"),
    ("It was founded in 2011.", "2011-01-01", "2011-12-31"),
    ("It was founded seven years ago.", "2015-01-01", "2015-12-31"),
    ("It was founded in the 1990s.", "1990-01-01", "1999-12-31"),
    ("It was fought in 1978-79.", "1978-01-01", "1979-12-31"),
    ("It will happen in spring.", "2022-03-01", "2022-05-31"),
    ("It happened in the summer of 2013.", "2013-06-01", "2013-08-31"),
    ("It shrank in the third quarter of last year.", "2021-07-01", "2021-09-30"),
    ("Shells fell overnight.", "2022-02-14", "2022-02-15"),
    ("They protested for a fourth day.", "2022-02-12", "2022-02-15"),
    ("They have held the dam for three weeks.", "2022-01-25", "2022-02-15"),
    ("They have been fighting since 1993.", "1993-01-01", "2022-02-15"),
]


@pytest.mark.parametrize(("text", "start", "end"), SPANS)
def test_span(text: str, start: str, end: str) -> None:
    assert values(text) == [(start, end)]


NO_TIMES = [
    "Troops may march on the capital.",
    "He comes second, the Sun reports.",
    "A 24-year-old of the 7th Fleet boarded Flight 370.",
    "Resolution 1701 cost $2000 and some 2005 people.",
    "May Harlow spoke of the march.",
    "Spring rolls and a Sunday Times reader.",
    "It took three weeks and two thousand men.",
    "The Boeing 737 and 1,990 men.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_no_time(text: str) -> None:
    assert times(text) == ()


def test_a_date_with_two_readings_is_not_guessed() -> None:
    assert values("It burned on 11/09/2001.") == [(None, None)]


def test_later_counts_from_the_day_last_spoken_of() -> None:
    told = values(
        "The truce was signed on 5 September 2014.", "Three days later it was broken.", "The next day it was over."
    )
    assert told == [("2014-09-05",) * 2, ("2014-09-08",) * 2, ("2014-09-09",) * 2]
    assert values("Three days later it was broken.") == [(None, None)]


def test_a_clock_time_belongs_to_the_day_spoken_of() -> None:
    assert values("They left on Sunday.", "At 6.30 p.m. the gate was shut.")[1] == ("2022-02-13", "2022-02-13")


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("He left at 14:30 GMT on Monday.", "minute"),
        ("He left on Monday evening.", "hour"),
        ("He left on Monday.", "day"),
        ("He left last week.", "week"),
        ("He left in January.", "month"),
        ("He left in 2014.", "year"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    assert [t.precision for t in times(text)] == [precision]


def test_without_a_publication_date_nothing_is_invented() -> None:
    relative = times("He came on Monday, left yesterday and returns in March.", published=None)
    assert [(t.text, t.start, t.end) for t in relative] == [
        ("Monday", None, None),
        ("yesterday", None, None),
        ("March", None, None),
    ]
    assert [t.start for t in times("He came on 3 May 2019.", published=None)] == ["2019-05-03"]


def test_the_dateline_decides_which_day_today_is() -> None:
    dateline = Dateline(0, 13, "KYIV", "Feb 14", None)
    (today,) = times("He left today.", dateline=dateline)
    assert (today.start, today.zone) == ("2022-02-14", "dateline")
    (local,) = times("He left at 5 a.m. local time on Monday.")
    assert (local.start, local.zone) == ("2022-02-14", "place")


def chosen(text: str, trigger: str, *cues: str, verbal: bool = False) -> str | None:
    whole, sentences = sentences_of(text)
    spans = [Span(whole.index(w), whole.index(w) + len(w), w) for w in (trigger, *cues)]
    found = find_times(whole, sentences, TUESDAY, None)
    time = event_time(spans[0], sentences[0], found, spans[1:], verbal=verbal)
    return time.text if time else None


EVENT_TIMES = [
    ("The minister said on Monday that troops will leave on Friday.", "will leave", ["said"], "Friday"),
    ("The minister said on Monday that troops will leave.", "will leave", ["said"], None),
    ("Troops left the base, army spokesman Odo Venn told reporters on Monday.", "left", ["told"], None),
    ("Police arrested 41 people on Sunday, officials said.", "arrested", ["said"], "Sunday"),
    ("On Sunday, police arrested 41 people.", "arrested", [], "Sunday"),
    ("Tanks that entered the town on Monday were gone by Wednesday.", "were gone", [], "by Wednesday"),
    ("Tanks that entered the town on Monday were gone by Wednesday.", "entered", [], "Monday"),
    ("The strike is expected on Friday.", "strike", ["is expected"], "Friday"),
    ("He opened the 2008 Games and resigned.", "resigned", [], "2008"),
    ("Troops left.", "left", [], None),
]


@pytest.mark.parametrize(("text", "trigger", "cues", "time"), EVENT_TIMES)
def test_event_time(text: str, trigger: str, cues: list[str], time: str | None) -> None:
    assert chosen(text, trigger, *cues) == time


def test_a_verbal_event_is_done_when_it_is_said() -> None:
    text = "The minister said on Monday that she rejects the plan."
    assert chosen(text, "rejects", "said") is None
    assert chosen(text, "rejects", "said", verbal=True) == "Monday"


def test_since_an_event_dates_the_event_itself_by_its_own_year() -> None:
    text, sentences = sentences_of("It was the worst attack since the 2003 bombings.")
    found = find_times(text, sentences, TUESDAY, None)
    start = text.index("bombings")
    time = event_time(Span(start, start + 8, "bombings"), sentences[0], found, [])
    assert time and (time.start, time.end) == ("2003-01-01", "2003-12-31")


PHRASES = """
on by since until 3 15th March may Monday, 2014 10-20 the end of last week ago two from to early
at 5 p.m. GMT (local time) 1990s . ; 31 99 9999 February Easter 5000 centuries later in said
will 30/02/2001
"""
WORDS = st.sampled_from(PHRASES.split())


RELATIONS = [
    "last",
    "the last",
    "this",
    "next",
    "the previous",
    "the following",
    "the same",
    "that",
    "the past",
    "two",
    "ago",
]
UNITS = [
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "weekend",
    "fortnight",
    "month",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "spring",
    "winter",
    "fall",
]


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_takes_every_relation(unit: str) -> None:
    for relation in RELATIONS:
        for text in (
            f"It fell {relation} {unit}.",
            f"It fell within {relation} {unit}s.",
            f"By {relation} {unit} it will.",
        ):
            assert all(t.start <= t.end for t in times(text) if t.start and t.end)
            assert all((t.start, t.end) == (None, None) for t in times(text, published=None))


def test_the_last_quarter_is_the_quarter_before() -> None:
    assert values("Output fell in the last quarter.") == [("2021-10-01", "2021-12-31")]


@given(st.lists(WORDS, max_size=14).map(" ".join), st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))))
def test_every_time_points_to_its_words(text: str, published: date | None) -> None:
    _, sentences = sentences_of(text)
    found = find_times(text, sentences, published, None)
    assert all(text[t.text_start : t.text_end] == t.text and t.text for t in found)
    assert all(a.text_end <= b.text_start for a, b in pairwise(found))
    assert all(t.start <= t.end for t in found if t.start and t.end)
