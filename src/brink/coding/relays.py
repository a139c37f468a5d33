"""Relay chains: through whom the words of a statement reached the outlet, outermost first.

A relay is an outlet, a medium, a document or a person who quotes another. Which spans are relays the model says;
whose they are, their order, and what nested statements add to them is decided here.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from brink.coding.page import Draft, Page
from brink.records import Label, Sentence

Pair = tuple[int, int]
NEXT = 30
"""Characters behind a found name in which a marked party is taken to be the same outlet ("the network TVA")."""

UNMARKED = 0.6
"""Confidence of a relay that only its place and name tell; set by hand, below marked ones."""

ANNOUNCED = 3
"""Sentences after a relay in which its statements may follow when none shares its sentence."""

JOINED = re.compile(
    r"\s*,?\s*(?:and|,)\s+(?:(?:to|in|on|the|independent|opposition|news|site|agency|paper|daily)\s+)*", re.I
)
DEFINITE = re.compile(r"(?:the|this|that|its|his|her|their)\s", re.I)
Same = Callable[[Pair | None, Pair | None, bool], bool]


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("brink.data").joinpath("statements/relays.toml").read_text("utf-8"))


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in _table()[name]["words"])
    return re.compile(rf"\b(?:{words})\b")


def add_relays(on: Page, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same) -> None:
    """Give every draft its relay chain, in place.

    Takes drafts with their speakers and each one's parent (the statement that tells it); the chain is made of the
    relays of the draft's own sentence, or of those announced just before. Nobody relays himself.
    """
    speaking = {d.speaker for d in drafts if d.speaker}
    own: dict[int, list[Label]] = {id(d): [] for d in drafts}
    for relay in on.parties:
        if (relay.start, relay.end) in speaking or not (relay.kind == "relay" or on.linked("relay", relay)):
            continue
        whose = _whose(on, relay, drafts, nested)
        for draft in whose or _announced(on, relay, drafts, nested, same):
            own[id(draft)].append(relay)
    for draft in drafts:
        spans = [(r.start, r.end) for r in own[id(draft)]]
        draft.relay = ordered(on.text, draft.speaker, [r for r in spans if not same(r, draft.speaker, False)])


def give_authors(on: Page, drafts: Sequence[Draft]) -> None:
    """Documents that speak become relays of their author, in place.

    He stands with them ("a statement from the mission said") or was named with them before ("the statement said").
    """
    authors: dict[str, Pair] = {}
    for draft in drafts:
        if signed := _signed(on.text, draft):
            document, author = signed
            draft.relay = [*(r for r in draft.relay if r != author), document]
            draft.speaker, draft.speaker_label = author, None
        for relay in draft.relay:
            if draft.speaker and (noun := _document_noun(on.text, relay)):
                authors[noun] = draft.speaker
        noun = _document_noun(on.text, draft.speaker) if draft.speaker else None
        if draft.speaker and noun in authors and DEFINITE.match(on.text, *draft.speaker):
            draft.relay, draft.speaker, draft.speaker_label = [draft.speaker], authors[noun], None


def _signed(text: str, draft: Draft) -> tuple[Pair, Pair] | None:
    """A speaking document and its author: the rest of the speaker's own words, or a relay right behind "from"."""
    if draft.speaker is None:
        return None
    start, end = draft.speaker
    found = _signature().match(text, start)
    if found is None or found.end("what") > end:
        return None
    if found.end() < end:
        return (start, found.end("what")), (found.end(), end)
    author = next((r for r in draft.relay if r[0] == found.end()), None)
    return ((start, found.end("what")), author) if author else None


@functools.cache
def _signature() -> re.Pattern[str]:
    """A document with the words that lead to its author: "a written statement released by"."""
    documents = "|".join(map(re.escape, _table()["documents"]["words"]))
    verb = r"(?:(?:released|issued|signed|published|sent|posted|written|made)\s+)?"
    return re.compile(rf"(?P<what>(?:[\w’'-]+\s+){{0,3}}?(?:{documents}))\s+{verb}(?:from|by)\s+(?=\w)")


def _document_noun(text: str, span: Pair) -> str | None:
    """The last word of a span where it is a document's."""
    word = text[slice(*span)].split()[-1:]
    return word[0].lower() if word and _pattern("documents").fullmatch(word[0]) else None


def hand_on(tops: Sequence[Draft], same: Same) -> None:
    """Statements that go on with what the one before told through a relay, in direct speech, came through it too."""
    for before, draft in itertools.pairwise(tops):
        near = draft.sentence - before.contents[-1].sentence <= 1
        direct = draft.quoted == "direct"
        if before.relay and not draft.relay and near and direct and same(before.speaker, draft.speaker, False):
            draft.relay = [r for r in before.relay if not same(r, draft.speaker, False)]


def nest(
    on: Page, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same, outlet_names: Collection[str]
) -> None:
    """Put the chain and the speaker of a nested statement's parent before its own relays, in place.

    Not where both have one speaker ("he said that he believes"), nor where the parent has none; before words that
    nobody is named for ("is believed to") only an outlet counts.
    """
    pairs = zip(drafts, nested, strict=True)
    for draft, parent in sorted(pairs, key=lambda x: (x[0].start, -x[0].end)):
        if parent is None or parent.speaker is None or draft.cue is None:
            continue
        if same(parent.speaker, draft.speaker, parent.quoted == "direct"):
            continue
        if draft.speaker is None and not is_outlet(on.text[slice(*parent.speaker)], outlet_names):
            continue
        chain = [*parent.relay, parent.speaker]
        draft.relay = chain + [r for r in draft.relay if r not in chain and r != draft.speaker]


def is_outlet(words: str, outlet_names: Collection[str]) -> bool:
    """Whether words name an outlet: one of `outlet_names` (case-folded), or by a noun such as "newspaper"."""
    name = words.casefold().removeprefix("the ")
    return name in outlet_names or bool(_outlet_noun().search(words))


def unmarked_outlets(
    text: str, sentence: Sentence, taken: Sequence[Label], outlet_names: Collection[str]
) -> list[Label]:
    """Outlets in the places of relays that the model did not mark, in one sentence.

    Takes the sentence and the party labels already there; gives relay labels for "told OUTLET", "quoted by OUTLET"
    and "OUTLET quoted" where the name is known to be an outlet's, and for "in a statement", "on Telegram".
    """
    found = []
    for m in itertools.chain(
        _place("told").finditer(text, sentence.start, sentence.end),
        _place("quoting").finditer(text, sentence.start, sentence.end),
    ):
        span = _known(text, m.start("who"), m.end("who"), outlet_names)
        if span and not any(p.start < span[1] + NEXT and span[0] < p.end for p in taken):
            found.append(Label(*span, text[slice(*span)], "attribution", "relay", sentence.index, UNMARKED))
    for m in _medium().finditer(text, sentence.start, sentence.end):
        span = m.span("what")
        if not any(p.start < span[1] and span[0] < p.end for p in taken):
            found.append(Label(*span, text[slice(*span)], "attribution", "relay", sentence.index, UNMARKED))
    return found


@functools.cache
def _medium() -> re.Pattern[str]:
    """Documents and networks in which somebody speaks: "in a written statement", "on Telegram"."""
    documents, networks = ("|".join(map(re.escape, _table()["media"][name])) for name in ("documents", "networks"))
    owner = r"(?:an?|his|her|its|their|another)"
    what = rf"{owner}\s+(?:[\w-]+\s+){{0,2}}?(?:{documents})|(?:{networks})"
    return re.compile(rf"\b(?:in|on|via|through)\s+(?P<what>{what})\b")


def quoting(text: str, sentence: Sentence, parties: Sequence[Label], outlet_names: Collection[str]) -> list[Label]:
    """Parties of one sentence, with those that hand on another's words as relays.

    "AFP quoted a spokesperson as saying"; "the army denied it, Reuters reported": grammar alone tells who hands the
    words on, so it overrules the model where that took both for speakers.
    """
    found = list(parties)
    for i, party in enumerate(parties):
        others = [p for p in parties if p.kind == "speaker" and p is not party]
        if (
            party.kind == "speaker"
            and others
            and is_outlet(party.text, outlet_names)
            and _closes(text, sentence, party)
        ):
            found[i] = replace(party, kind="relay")
    for i, (before, after) in enumerate(itertools.pairwise(parties)):
        if before.kind == "speaker" and after.kind == "speaker" and _quotes().fullmatch(text, before.end, after.start):
            found[i] = replace(before, kind="relay")
    return found


def _closes(text: str, sentence: Sentence, party: Label) -> bool:
    """Whether a party tells the sentence in a clause of its own at its end or head (", Reuters reported")."""
    before, behind = text[sentence.start : party.start], text[party.end : sentence.end]
    reported = _closing().fullmatch(behind) and re.search(r",[”\"]?\s+(?:[\w’'-]+\s+){0,4}$", before)
    accorded = re.search(r"\b[Aa]ccording\s+to\s+(?:[\w’'-]+\s+){0,4}$", before)
    at_an_end = len(before.split()) <= 6 or len(behind.split()) <= 2
    return bool(reported or (accorded and at_an_end))


@functools.cache
def _closing() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _table()["reporting"]["words"]))
    return re.compile(rf"\s+(?:has\s+)?(?:{words})(?:\s+(?:on\s+)?\w+day)?[.”\"]*")


@functools.cache
def _quotes() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _table()["places"]["quoting"]))
    return re.compile(rf"\s+(?:has\s+|have\s+|had\s+|also\s+)?(?:{words})\s+(?:(?:a|an|the|one)\s+)?")


@functools.cache
def _place(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in _table()["places"][name])
    nouns = "|".join(re.escape(w) for w in _table()["outlet"]["words"])
    who = rf"(?P<who>[A-Z][\w.’'-]*(?:\s+(?:of\s+)?[A-Z][\w.’'-]*){{0,4}}(?:\s+(?:{nouns}))*)"
    lead = rf"(?:the\s+)?(?:(?:[\w’'-]+\s+)?(?:news\s+)?(?:{nouns})\s+)?"
    return re.compile(rf"\b(?:{words})\s+{lead}{who}" if name == "told" else rf"\b{who}\s+(?:has\s+)?(?:{words})\b")


@functools.cache
def _outlet_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _table()['outlet']['words']))})\W*$")


def _known(text: str, start: int, end: int, outlet_names: Collection[str]) -> Pair | None:
    """The longest head of the words at `start:end` that is an outlet's name."""
    words = [m.end() + start for m in re.finditer(r"\S*\w", text[start:end])]
    for right in reversed(words):
        if text[start:right].casefold() in outlet_names or _outlet_noun().search(text, start, right):
            return start, right
    return None


def _whose(on: Page, relay: Label, drafts: Sequence[Draft], nested: Sequence[Draft | None]) -> list[Draft]:
    """The statements that came through a relay of their sentence: on its level the nearest and its speaker's others."""
    here = [(d, p) for d, p in zip(drafts, nested, strict=True) if d.cue and d.cue.sentence == relay.sentence]
    level = [d for d, p in here if (p is not None) == _within(relay, d, here)]
    if not level:
        return []
    nearest = min(level, key=lambda d: _distance(on, d, relay))
    return [d for d in level if d is nearest or (d.speaker and d.speaker == nearest.speaker)]


def _announced(
    on: Page, relay: Label, drafts: Sequence[Draft], nested: Sequence[Draft | None], same: Same
) -> list[Draft]:
    """Where no statement shares a relay's sentence ("… has released a tape."): what its speaker says right after."""
    if any(d.sentence == relay.sentence for d in drafts):
        return []
    tops = [d for d, p in zip(drafts, nested, strict=True) if p is None and d.cue and d.sentence > relay.sentence]
    taken: list[Draft] = []
    for draft in tops:
        if draft.sentence - relay.sentence > ANNOUNCED or (taken and not same(taken[0].speaker, draft.speaker, False)):
            break
        if any(p.kind == "relay" for p in on.parties_in(draft.sentence)):
            break
        taken.append(draft)
    return taken


def _within(relay: Label, draft: Draft, here: Sequence[tuple[Draft, Draft | None]]) -> bool:
    return any(
        d is not draft and any(c.start <= relay.start and relay.end <= c.end for c in d.contents) for d, _ in here
    )


def _distance(on: Page, draft: Draft, relay: Label) -> float:
    cue = draft.cue
    if cue is None:
        return 1e9
    linked = on.link("relay", cue, relay)
    gap = relay.start - cue.end if relay.start >= cue.end else cue.start - relay.end
    left, right = min(cue.end, relay.end), max(cue.start, relay.start)
    return max(gap, 0) - 500 * linked + 200 * on.text.count(";", left, right)


def ordered(text: str, speaker: Pair | None, relays: Sequence[Pair]) -> list[Pair]:
    """The relays of one statement from the outlet inwards.

    Those before the speaker come in the order of the text, those after it in reverse ("told B, which A quoted"),
    unless words between them say otherwise ("A, citing B"; "B, quoted by A"); an outlet that has the reporting verb
    comes first, documents come last.
    """
    at = speaker[0] if speaker else 0
    spans = sorted(relays)
    before = _turned(text, [r for r in spans if r[0] < at], keep=True)
    after = _turned(text, [r for r in spans if r[0] >= at], keep=False)
    chain = [*before, *after]
    ranks = {r: 0 if _reports(text, r, at) else 2 if _is_document(text, r) else 1 for r in chain}
    return sorted(chain, key=lambda r: ranks[r])


def _turned(text: str, spans: Sequence[Pair], keep: bool) -> list[Pair]:
    """Spans in the order of the text (`keep`) or in reverse, each one put where the words before it say."""
    chain: list[Pair] = []
    for i, span in enumerate(spans):
        gap = text[spans[i - 1][1] : span[0]] if i else ""
        inwards = keep if not _pattern("citing").search(gap) else True
        if _pattern("cited_by").search(gap):
            inwards = False
        if JOINED.fullmatch(gap):
            inwards = True
        at = chain.index(spans[i - 1]) if i else 0
        chain.insert(at + inwards if i else 0, span)
    return chain


def _is_document(text: str, span: Pair) -> bool:
    return bool(_pattern("documents").search(text[slice(*span)]))


def _reports(text: str, span: Pair, speaker: int) -> bool:
    """Whether a relay behind the speaker has the reporting verb of its own ("…, the agency reported")."""
    return span[0] > speaker and bool(_pattern("reporting").match(text, span[1] + 1))
