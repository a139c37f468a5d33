"""Which words of a sentence are relays where the model marks none, or takes an outlet for a speaker.

Three places tell an outlet by grammar: whom somebody told ("told the daily Harbour News"), who quotes ("AFP quoted a
spokesman as saying"), and a clause of its own at an end of the sentence (", Reuters reported"). Documents and
networks in which somebody speaks ("in a letter", "on Telegram") are found by their words. The words stand in
`data/statements/relays.toml`, with what each was counted on.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from brink.coding.names import known
from brink.coding.page import Page
from brink.records import Label, Sentence

Pair = tuple[int, int]

NEXT = 30
"""Characters behind a found name in which a marked relay is taken to be the same outlet ("the network TVA")."""

UNMARKED = 0.6
"""Confidence of a relay that only its place and name tell; set by hand, below marked ones."""

PLACES = frozenset(("PER", "GPE", "LOC", "NORP", "FAC"))
"""Kinds of mentions that are no outlets: one who tells Paris or the president something tells no newspaper."""

NAME = r"[A-Z][\w.’'-]*(?:\s+(?:of\s+|de\s+)?[A-Z0-9][\w.’'-]*){0,4}"
EMPLOYER = re.compile(r"(?P<who>(?:[A-Z][\w.]*\s+){0,3}[A-Z][\w.]*)(?:['’]s|['’])\s+(?:[\w-]+\s+){0,4}$")
ARTICLE = r"(?:(?:the|an?|its|his|her|their)\s+)?"


@functools.cache
def table() -> dict[str, Any]:
    """The words of `data/statements/relays.toml`."""
    return tomllib.loads(files("brink.data").joinpath("statements/relays.toml").read_text("utf-8"))


def is_outlet(words: str, outlet_names: Collection[str]) -> bool:
    """Whether words name an outlet: one of `outlet_names` (case-folded), or by a noun such as "newspaper"."""
    name = words.casefold().removeprefix("the ")
    return name in outlet_names or bool(_outlet_noun().search(words))


def unmarked(on: Page, sentence: Sentence, outlet_names: Collection[str], others: Sequence[Label]) -> list[Label]:
    """Relays of one sentence that the model did not mark.

    Takes the report's labels, the case-folded names of known outlets and the mentions that are no outlets (persons,
    places); gives relay labels for "told OUTLET", "quoted by OUTLET", "OUTLET quoted", "in a statement", "on Telegram".
    """
    taken = list(on.parties_in(sentence.index))
    found: list[Label] = []
    for start, end in _outlets(on.text, sentence, outlet_names, others):
        same = any(p.start < end and start < p.end for p in taken)
        if not same and not any(p.kind == "relay" and 0 <= p.start - end < NEXT for p in taken):
            found.append(_label(on.text, (start, end), sentence))
    found += [_label(on.text, span, sentence) for span in _employers(on.text, sentence, taken, outlet_names)]
    for start, end in _media(on, sentence, [*taken, *found]):
        if not any(p.start < end and start < p.end for p in [*taken, *found]):
            found.append(_label(on.text, (start, end), sentence))
    return found


def _label(text: str, span: Pair, sentence: Sentence) -> Label:
    return Label(*span, text[slice(*span)], "attribution", "relay", sentence.index, UNMARKED)


def _outlets(text: str, sentence: Sentence, outlet_names: Collection[str], others: Sequence[Label]) -> Iterator[Pair]:
    """Outlets that were told something, or quote."""
    for m in _told().finditer(text, sentence.start, sentence.end):
        span = _known(text, *m.span("who"), outlet_names)
        if span or m["noun"] or _unknown(text, *m.span("who"), others):
            yield span or _whole(text, *m.span("who"))
    for m in _quoter().finditer(text, sentence.start, sentence.end):
        if span := _known(text, *m.span("who"), outlet_names):
            yield span
    for m in _shown().finditer(text, sentence.start, sentence.end):
        if span := _known(text, *m.span("who"), outlet_names):
            yield span
    for m in _nameless().finditer(text, sentence.start, sentence.end):
        yield m.span("who")


def _whole(text: str, start: int, end: int) -> Pair:
    return start, end - (text[end - 1] == "." and text[start:end].count(".") == 1)


def _unknown(text: str, start: int, end: int, others: Sequence[Label]) -> bool:
    """Whether a name that Brink does not know is an outlet's, by being told: no person, place or assembly."""
    start, end = _whole(text, start, end)
    words = text[start:end]
    if set(words.split()) & set(table()["hearers"]["words"]) or not _heard_out().match(text, end):
        return False
    if any(x.start < end and start < x.end and x.end >= end for x in others):
        return False
    return known(words) is None


@functools.cache
def _heard_out() -> re.Pattern[str]:
    """What may stand behind the name of a hearer: the end of the clause, or the beginning of what was said."""
    words = "|".join(table()["hearers"]["behind"])
    return re.compile(rf"[.,;:\"”]|\s+(?:{words})\b|\s*$")


def _employers(
    text: str, sentence: Sentence, parties: Sequence[Label], outlet_names: Collection[str]
) -> Iterator[Pair]:
    """Outlets whose own people speak: "the BBC's Ana Brel says"."""
    for party in parties:
        found = EMPLOYER.search(text, sentence.start, party.start) if party.kind == "speaker" else None
        start, end = found.span("who") if found else (0, 0)
        marked = any(p.start < end and start < p.end for p in parties)
        if found and not marked and is_outlet(found["who"], outlet_names):
            yield start, end


@functools.cache
def _nouns() -> str:
    return "|".join(map(re.escape, table()["outlet"]["words"]))


@functools.cache
def _told() -> re.Pattern[str]:
    """ "told NAME", with or without a noun before the name: "told the Lisbon radio station NAME"."""
    words = "|".join(map(re.escape, table()["places"]["told"]))
    nouns = "|".join(map(re.escape, table()["outlet"]["before"]))
    noun = rf"(?P<noun>(?:[\w’'-]+\s+){{0,3}}?(?:{nouns})\s+)?"
    return re.compile(rf"\b(?:{words})\s+{ARTICLE}{noun}(?P<who>{NAME}(?:\s+(?:{_nouns()}))*)")


@functools.cache
def _shown() -> re.Pattern[str]:
    words = "|".join(map(re.escape, table()["places"]["shown"]))
    return re.compile(rf"\b(?i:{words})\s+{ARTICLE}(?P<who>{NAME}(?:\s+(?:{_nouns()}))*)")


@functools.cache
def _quoter() -> re.Pattern[str]:
    words = "|".join(map(re.escape, table()["places"]["quoting"]))
    return re.compile(rf"\b(?P<who>{NAME}(?:\s+(?:{_nouns()}))*)\s+(?:has\s+)?(?:{words})\b")


@functools.cache
def _nameless() -> re.Pattern[str]:
    """Outlets without a name that were told something: "told state television", "quoted by local media"."""
    words = "|".join(map(re.escape, table()["places"]["told"]))
    nouns = "|".join(map(re.escape, table()["outlet"]["nameless"]))
    more = "|".join(map(re.escape, table()["outlet"]["before"]))
    who = rf"(?P<who>{ARTICLE}(?:[\w’'-]+\s+){{0,2}}?(?:{nouns}))"
    return re.compile(rf"\b(?:{words})\s+{who}\b(?!\s+(?:[A-Z]|\w*conference|(?:{more})\b))")


def _known(text: str, start: int, end: int, outlet_names: Collection[str]) -> Pair | None:
    """The longest head of the words at `start:end` that is an outlet's name."""
    words = [m.end() + start for m in re.finditer(r"\S*\w", text[start:end])]
    for right in reversed(words):
        name = re.sub(r"['’]s$", "", text[start:right])
        if name.casefold() in outlet_names or _outlet_noun().search(name):
            return start, start + len(name)
    return None


@functools.cache
def _outlet_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_nouns()})\W*$")


def _media(on: Page, sentence: Sentence, relays: Sequence[Label]) -> Iterator[Pair]:
    """Documents and networks in which somebody of the sentence speaks.

    Not those that are only spoken of (within a content that nobody tells in turn), nor a post or message where the
    sentence goes on with the network or outlet that carried it ("in a post on Telegram").
    """
    for m in _medium().finditer(on.text, sentence.start, sentence.end):
        start, end = m.span("what")
        carried = m["document"] in table()["media"]["carried"]
        if carried and (
            _networks().search(on.text, end, sentence.end) or any(r.start >= end and r.kind == "relay" for r in relays)
        ):
            continue
        if not _spoken_of(on, sentence, start, end) and _posted(m):
            yield start, end


def _posted(m: re.Match[str]) -> bool:
    """Whether a post is one on a network, not of soldiers: no other word than a network's stands before it."""
    return m["document"] != "post" or all(w in table()["media"]["posts"] for w in m["kind"].split())


def _spoken_of(on: Page, sentence: Sentence, start: int, end: int) -> bool:
    holding = [c for c in on.contents_in(sentence.index) if c.start <= start and end <= c.end]
    cues = on.cues_in(sentence.index)
    return any(not any(c.start <= q.start and q.end <= c.end for q in cues) for c in holding)


@functools.cache
def _medium() -> re.Pattern[str]:
    """Documents and networks in which somebody speaks: "in a written statement", "on Telegram"."""
    documents = "|".join(map(re.escape, table()["media"]["documents"]))
    owner = r"(?:an?|his|her|its|their|another)"
    kind = r"(?P<kind>(?:[\w-]+\s+){0,2}?)"
    what = rf"{owner}\s+{kind}(?P<document>{documents})|{_networks().pattern}"
    return re.compile(rf"\b(?:[Ii]n|[Oo]n|[Vv]ia|[Tt]hrough)\s+(?P<what>{what})\b(?!\s+(?:by|from|in)\b)")


@functools.cache
def _networks() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, table()['media']['networks']))})")


def quoting(text: str, sentence: Sentence, parties: Sequence[Label], outlet_names: Collection[str]) -> list[Label]:
    """Parties of one sentence, with those that hand on another's words as relays.

    "AFP quoted a spokesperson as saying"; "the army denied it, Reuters reported"; "the army told Reuters": grammar
    alone tells who hands the words on, so it overrules the model where that took both for speakers.
    """
    found = [p for p in parties if _adds(text, p, parties) and not _employs(text, p, parties, outlet_names)]
    parties = tuple(found)
    for i, party in enumerate(parties):
        if party.kind == "speaker" and is_outlet(party.text, outlet_names):
            others = any(p.kind == "speaker" and p is not party for p in parties)
            if _told_before().search(text, sentence.start, party.start) or (others and closes(text, sentence, party)):
                found[i] = replace(party, kind="relay")
    for i, (before, after) in enumerate(itertools.pairwise(parties)):
        if before.kind == "speaker" and after.kind == "speaker" and _quotes().fullmatch(text, before.end, after.start):
            found[i] = replace(before, kind="relay")
    return found


AUDIENCE = re.compile(
    r"(?:audiences?|crowds?|public|rally|rallies|reporters|journalists|supporters|lawmakers|voters|viewers|listeners|"
    r"delegates|congregation|followers|troops|students|hearing|conference)$",
    re.I,
)
"""Who only listens: the words reach nobody through him."""
SHOW = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}[\"“‘'`]*")
"""Between a broadcaster and its programme, which adds nothing to the chain ("CNN's “State of the Union”")."""


def _adds(text: str, party: Label, parties: Sequence[Label]) -> bool:
    """Whether a marked relay hands words on: no audience, no programme of a relay, no interview with a named outlet."""
    if party.kind != "relay":
        return True
    others = [p for p in parties if p.kind == "relay" and p is not party]
    if AUDIENCE.search(party.text) or any(SHOW.fullmatch(text, p.end, party.start) for p in others):
        return False
    return not (others and party.text.lower().endswith("interview"))


BELONGS = re.compile(r",?\s+(?:of|from|with|at)\s+(?:[\w-]+\s+){0,5}")
"""Between a person and whom he belongs to ("Ulla Brandner of the Hamburg institute Seeblick")."""


def _employs(text: str, party: Label, parties: Sequence[Label], outlet_names: Collection[str]) -> bool:
    """Whether a marked relay is whom the speaker right before it belongs to: nothing reached the outlet through it.

    Of 76 speakers with such words behind them (our sets without test and development documents) three came through
    what they name: a reporter of an outlet, a bulletin and an article of a code, which are outlets and documents.
    """
    if party.kind != "relay" or is_outlet(party.text, outlet_names):
        return False
    who = next((p for p in parties if p.kind == "speaker" and BELONGS.fullmatch(text, p.end, party.start)), None)
    return who is not None and who.text[:1].isupper()


def only_relays(on: Page, cue: Label, outlet_names: Collection[str]) -> bool:
    """Whether an "according to" names only who handed on what another speaker of the sentence said by a cue of his own.

    "A doctor told the agency, according to the BBC, that …": the words are the doctor's, the BBC and the agency relay.
    """
    if not cue.text.lower().startswith("according"):
        return False
    parties, cues = on.parties_in(cue.sentence), on.cues_in(cue.sentence)
    outlet = next((p for p in parties if 0 <= p.start - cue.end <= NEXT), None)
    if outlet is None or not (outlet.kind == "relay" or is_outlet(outlet.text, outlet_names)):
        return False
    contents = on.contents_in(cue.sentence)
    told = [c for c in cues if any(x.start <= c.start and c.end <= x.end for x in contents)]
    others = [c for c in cues if c is not cue and c not in told and not c.text.lower().startswith("according")]
    speaks = any(p.kind == "speaker" and p is not outlet for p in parties)
    return speaks and 0 < len(contents) <= len(others)


@functools.cache
def _told_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:told|tells|telling)\s+{ARTICLE}(?:[\w’'-]+\s+){{0,3}}$")


def closes(text: str, sentence: Sentence, party: Label) -> bool:
    """Whether a party tells the sentence in a clause of its own at its end or head (", Reuters reported")."""
    before, behind = text[sentence.start : party.start], text[party.end : sentence.end]
    reported = _closing().fullmatch(behind) and re.search(r",[”\"]?\s+(?:[\w’'-]+\s+){0,4}$", before)
    accorded = re.search(r"\b[Aa]ccording\s+to\s+(?:[\w’'-]+\s+){0,4}$", before)
    at_an_end = len(before.split()) <= 6 or len(behind.split()) <= 2
    return bool(reported or (accorded and at_an_end))


@functools.cache
def _closing() -> re.Pattern[str]:
    words = "|".join(map(re.escape, table()["reporting"]["words"]))
    return re.compile(rf"\s+(?:has\s+)?(?:{words}|said)(?:\s+(?:on\s+)?\w+day)?[.”\"]*")


@functools.cache
def _quotes() -> re.Pattern[str]:
    words = "|".join(map(re.escape, table()["places"]["quoting"]))
    return re.compile(rf",?\s+(?:has\s+|have\s+|had\s+|also\s+)?(?:{words}|quoting|citing)\s+(?:(?:a|an|the|one)\s+)?")
