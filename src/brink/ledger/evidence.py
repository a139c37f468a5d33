"""CodedReport -> Evidence: each event, and each bare denial or doubt, as one telling with what matching needs.

A telling keeps only what its own report says; nothing here looks at another report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from brink import codebook
from brink.ledger import wording
from brink.ledger.bodies import OUTLETS, Body, body_of, group_of, listed, setting_of
from brink.ledger.parties import is_vague, parties, party
from brink.ledger.stance import attribute_of, bare_stance, is_silent, stance_of
from brink.ledger.tables import promises, said, words
from brink.ledger.titles import titled
from brink.records import Actor, CodedReport, Event, Sentence, Statement, Telling


@dataclass(frozen=True, slots=True)
class Evidence:
    """One telling. `act` is the PLOVER type that is told, promised, threatened or foretold, `mode` its modes.

    `form`: done, under_way, future, promise, threat, ask, allege or called_off. `stance`: asserts, denies or
    doubts, `on` what. `days` are ordinals of the act's time, closed, or None; `day` is the publication's. `stems`,
    `names` and `numbers` are the sentence's, `story` the names of the whole report, `title` the stems of its title;
    `lead`: it stands in the report's first sentence. `place` its places' names, `country` the place's; `planned`: the
    words before the trigger speak of a plan; `taught`: the hash of other reports' words on its parties' offices.
    """

    telling: Telling
    event: Event
    statement: Statement | None
    outlet: str | None
    published: str | None
    at: str
    day: int | None
    act: str
    mode: tuple[str, ...]
    form: str
    stance: str
    on: str
    body: Body
    actors: frozenset[str]
    recipients: frozenset[str]
    place: frozenset[str]
    country: str | None
    days: tuple[int, int] | None
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    story: frozenset[str]
    title: frozenset[str]
    lead: bool
    sentence: str
    background: bool
    planned: bool
    withdrawn: str | None = None
    taught: str | None = None

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Publication, report and place in it: the order of the ledger's output, the same for any order of input."""
        told = self.telling
        return (self.at, told.report, told.start, told.event or told.statement or "")

    @property
    def passage(self) -> str:
        """The words that tell the act: what is said of the sentence, without who says so, else the sentence."""
        at = self.event.trigger.start
        spans = self.statement.content if self.statement is not None else ()
        return next((s.text for s in spans if s.start <= at < s.end), self.sentence)


def evidence_of(coded: CodedReport) -> list[Evidence]:
    """All tellings of a report, in text order; hypothetical events tell nothing, nor do own types and own modes."""
    reading = _Reading(coded)
    events = [_in_plover(e) for e in coded.events if "hypothetical" not in e.auxiliary and codebook.defines(e.event)]
    found = [one for e in events for one in reading.tellings(e)]
    found += reading.bare(found)
    return sorted(found, key=lambda e: e.key)


def _in_plover(event: Event) -> Event:
    """The event without a user's own modes, for which there is no score and no word."""
    modes = tuple(m for m in event.mode if codebook.defines(event.event, m))
    return event if modes == event.mode else replace(event, mode=modes)


class _Reading:
    """One report, opened for looking things up."""

    def __init__(self, coded: CodedReport) -> None:
        self.coded = coded
        report = coded.report
        self.statements = {s.id: s for s in coded.statements}
        self.published = report.published.isoformat() if report.published else None
        self.at = report.published_at or self.published or ""
        self.setting = setting_of(coded)
        self.story = wording.names(report.text)
        self.title = wording.stems(report.title or "")

    def tellings(self, event: Event) -> list[Evidence]:
        """One event as a telling; as one of each body where several tell it ("both sides", "London and Paris")."""
        one = self.event(event)
        if one.statement is not None and is_silent(event, one.sentence):
            return []
        speaker = one.statement.speaker if one.statement else None
        if speaker is not None and (several := listed(speaker)):
            return [replace(one, body=body) for body in several]
        states = sorted({a.country for a in (*event.actor, *event.recipient) if a.country})
        if speaker is None or not words("both").match(speaker.text) or len(states) != 2:
            return [one]
        return [replace(one, body=Body(state, state, "state")) for state in states]

    def event(self, event: Event) -> Evidence:
        """One event as one telling."""
        sentence = self._sentence(event.trigger.start)
        statement = self._rejecting(sentence) or self.statements.get(event.statement or "")
        act, mode = (event.deed.event, event.deed.mode) if event.deed else (event.event, event.mode)
        form = form_of(event, sentence.text, event.trigger.start - sentence.start)
        day = self.coded.report.published.toordinal() if self.coded.report.published else None
        days = _days(event)
        if form == "done" and day is not None and days is not None and days[0] > day:
            form = "future"  # what is dated after the day of the report has not happened yet
        if form == "called_off" and event.event == "REJECT":
            act, mode = "CONSULT", ()
        stance, on = stance_of(event, statement, sentence.text)
        if form == "called_off" and event.deed is not None and "negation" in event.auxiliary:
            stance, on = "asserts", "occurrence"  # what is negated is the plan, by its being called off
        first = _first(event, statement)
        return Evidence(
            telling=Telling(
                self.coded.report.id, event.id, event.statement, tuple(r.name for r in statement.relay)
                if statement else (), first if first < sentence.start else sentence.start, sentence.end,
            ),
            event=event,
            statement=statement,
            outlet=self.coded.report.outlet,
            published=self.published,
            at=self.at,
            day=day,
            act=act,
            mode=mode,
            form=form,
            stance=stance,
            on=on,
            body=self._body(event, statement, sentence.text),
            actors=parties(event.actor),
            recipients=parties(event.recipient),
            place=_places(event),
            country=event.place.country if event.place else None,
            days=days,
            stems=wording.stems(sentence.text),
            names=wording.names(sentence.text),
            numbers=wording.numbers(sentence.text),
            story=self.story,
            title=self.title,
            lead=sentence.start == self.coded.layout.sentences[0].start,
            sentence=sentence.text,
            background="historical" in event.auxiliary,
            planned=_planned(event, sentence),
            taught=self.coded.taught,
        )  # fmt: skip

    def _rejecting(self, sentence: Sentence) -> Statement | None:
        """The statement that calls another's claim untrue: who claimed it is told within it, and does not deny it.

        "Russia's claim that troops are leaving is false, the official said."
        """
        claim = words("untrue").search(sentence.text)
        if claim is None:
            return None
        start, end = sentence.start + claim.start(), sentence.start + claim.end()
        cued = ((s, s.cue.start) for s in self.coded.statements if s.cue)
        return next((s for s, at in cued if sentence.start <= at < sentence.end and not start <= at < end), None)

    def bare(self, told: list[Evidence]) -> Iterator[Evidence]:
        """Statements that deny or doubt without an event of their own, about what the report told just before."""
        with_events = {e.event.statement for e in told}
        for statement in self.coded.statements:
            stance = bare_stance(statement, self._sentence(_start(statement)).text)
            if stance is None or statement.id in with_events or statement.speaker is None:
                continue
            sentence = self._sentence(_start(statement))
            before = [e for e in told if e.telling.end <= sentence.start and e.statement is not statement]
            about = max(before, key=lambda e: (e.telling.end, e.event.main), default=None)
            if about is not None:
                yield self._answer(about, statement, sentence, stance)

    def _answer(self, about: Evidence, statement: Statement, sentence: Sentence, stance: str) -> Evidence:
        telling = Telling(
            self.coded.report.id, None, statement.id, tuple(r.name for r in statement.relay), sentence.start,
            sentence.end,
        )  # fmt: skip
        body = self._speaks(statement, about.event)
        return replace(
            about,
            telling=telling,
            statement=statement,
            stance=stance,
            on=attribute_of(sentence.text) if stance == "denies" else "occurrence",
            body=body,
            sentence=sentence.text,
            event=replace(about.event, quantity=()),
        )

    def _sentence(self, offset: int) -> Sentence:
        found = None
        for sentence in self.coded.layout.sentences:
            if sentence.start <= offset:
                found = sentence
            else:
                break
        return found or self.coded.layout.sentences[0]

    def _body(self, event: Event, statement: Statement | None, sentence: str) -> Body:
        if statement is not None and statement.speaker is not None:
            body = self._speaks(statement, event)
            return self._seen(sentence) or body if body is OUTLETS else body
        if statement is not None and statement.relay:
            return self._relayed(statement)
        if event.event in said() and event.actor:
            return body_of(event.actor[0], self.setting)
        return self._seen(sentence) or OUTLETS

    def _speaks(self, statement: Statement, event: Event) -> Body:
        """The body of a statement's speaker; a pronoun is who spoke before it, else the actor of what it tells."""
        speaker = statement.speaker
        if speaker is None:
            return OUTLETS
        if not words("pronoun").fullmatch(speaker.name):
            sentence = self._sentence(speaker.start)
            body = body_of(titled(speaker, sentence.text, sentence.start), self.setting)
            if body is OUTLETS and speaker.country and _our_men(event, speaker.country):
                return Body(speaker.country, speaker.country, "state")
            led = _led(event, speaker) if body.kind == "state" else None
            return group_of(led) if led is not None else body
        before = (s.speaker for s in self.coded.statements if s is not statement and _start(s) < _start(statement))
        named = [b for b in before if b is not None and not words("pronoun").fullmatch(b.name) and _like(b, speaker)]
        if words("pronoun_all").fullmatch(speaker.name):
            return OUTLETS  # "both say so": they have spoken before
        others = [*reversed(named), *(a for a in event.actor if _like(a, speaker))]
        found = next((o for o in others if not words("pronoun").fullmatch(o.name)), speaker)
        return body_of(found, self.setting)

    def _relayed(self, statement: Statement) -> Body:
        """No speaker but a relay: the innermost link speaks for itself, a state's medium for its state."""
        inner = statement.relay[-1]
        actor = Actor(inner.start, inner.end, inner.text, inner.name, None, None, ("MED",))
        return body_of(actor, self.setting)

    def _seen(self, sentence: str) -> Body | None:
        """A reporter who saw it: the agency or outlet vouches as a witness."""
        if not (words("reporter").search(sentence) and words("saw").search(sentence)):
            return None
        agency = self.coded.layout.dateline.agency if self.coded.layout.dateline else None
        named = wording.medium(sentence) or agency or self.coded.report.outlet
        return Body(named, None, "witness") if named else None


def _led(event: Event, speaker: Actor) -> Actor | None:
    """The group in whose name a man promises or threatens, who has a rank in it and no office in the state.

    Coders take "their leader", told after the rebels, for a leader of the country.
    """
    if not (event.deed is not None and (event.event in promises() or event.event == "THREATEN")):
        return None
    keys = [(a, party(a)) for a in event.actor if a.country == speaker.country]
    groups = [a for a, key in keys if key != a.country and not is_vague(key)]
    told = " ".join(filter(None, (speaker.text, speaker.office)))
    ranked = words("rank").search(told) and not words("of_state").search(told)
    return groups[0] if ranked and speaker.country and len(event.actor) == len(groups) == 1 else None


def _our_men(event: Event, country: str) -> bool:
    """Whether a medium tells of its own country's men as "ours": then the state speaks through it."""
    return any(a.country == country and words("own_men").match(a.text) for a in event.actor)


def _like(one: Actor, pronoun: Actor) -> bool:
    """Whether a party can be meant by a pronoun: of its country and kind as far as both are known."""
    same = one.country == pronoun.country or None in (one.country, pronoun.country)
    return same and (not one.sector or not pronoun.sector or one.sector[0] == pronoun.sector[0])


def form_of(event: Event, sentence: str, trigger: int) -> str:
    """How far the act has come as this telling has it."""
    if words("called_off").search(sentence) and event.event in {"REJECT", "CONSULT", "AGREE", "RETREAT", "CONCEDE"}:
        return "called_off"
    if event.event in promises() and event.deed is not None:
        return "promise"
    if event.event == "THREATEN":
        return "threat"
    if event.event in {"REQUEST", "ACCUSE"}:
        return "ask" if event.event == "REQUEST" else "allege"
    if "future" in event.auxiliary or _is_ahead(event, sentence, trigger):
        return "future"
    return "under_way" if _going_on(event, sentence, trigger) else "done"


def _is_ahead(event: Event, sentence: str, trigger: int) -> bool:
    """Whether the verb itself says that the act is to come, though the coder did not."""
    own = event.trigger.text
    return bool(words("to_come").search(own) or words("comes_to").search(sentence[max(0, trigger - 30) : trigger]))


def _going_on(event: Event, sentence: str, trigger: int) -> bool:
    before, own = sentence[max(0, trigger - 30) : trigger], event.trigger.text
    if words("has_begun").search(sentence[trigger + len(own) : trigger + len(own) + 40]):
        return True
    if (
        words("begun").search(own)
        or words("in_progress").search(own)
        or re.search(r"\b(?:beg[au]n|started) (?:to )?$", before)
    ):
        return True
    return own.split(" ")[0].endswith("ing") and bool(words("progressive").search(before))


def _planned(event: Event, sentence: Sentence) -> bool:
    """Whether the words right before the trigger speak of a plan ("has no plan to", "was going to")."""
    before = sentence.text[max(0, event.trigger.start - sentence.start - 40) : event.trigger.end - sentence.start]
    return "future" in event.auxiliary or bool(words("plan").search(before))


def _places(event: Event) -> frozenset[str]:
    return frozenset({event.place.name}) if event.place else frozenset()


def _days(event: Event) -> tuple[int, int] | None:
    if event.time is None or event.time.start is None:
        return None
    start = date.fromisoformat(event.time.start[:10]).toordinal()
    end = date.fromisoformat(event.time.end[:10]).toordinal() if event.time.end else start
    return start, max(start, end)


def _start(statement: Statement) -> int:
    spans = [s.start for s in statement.content]
    if statement.cue:
        spans.append(statement.cue.start)
    return min(spans)


def _first(event: Event, statement: Statement | None) -> int:
    return event.trigger.start if statement is None else min(event.trigger.start, _start(statement))
