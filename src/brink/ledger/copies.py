"""Corrections that take tellings back, in the report itself and in near copies of it.

A notice reaches the tellings of its own outlet of the days before; copies are known by the sentence, which is the same
word for word, and by shingles of three words, so that one that was cut or given another headline is found as well.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from brink.ledger import wording
from brink.ledger.bodies import Body, body_of, setting_of
from brink.ledger.evidence import Evidence
from brink.ledger.near import is_copy
from brink.ledger.tables import table, words
from brink.records import CodedReport, Sentence

_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"^\s*[(\[][^)\]]*[)\]]\s*")
Gone = tuple[str, str, str]
"""A report of which a sentence was taken back, the moment of the notice, and the body that had told it."""


def _at(coded: CodedReport) -> str:
    report = coded.report
    return report.published_at or (report.published.isoformat() if report.published else "")


@dataclass(frozen=True, slots=True)
class Notice:
    """A report's word that an earlier telling was wrong. `whole`: a new version of a whole report.

    `by`: the body that takes its own word back, where the sentence is a state's, a group's or a body's.
    """

    report: str
    outlet: str | None
    at: str
    day: int | None
    stems: frozenset[str]
    whole: bool
    start: int
    end: int
    by: Body | None = None


def notices(reports: Iterable[CodedReport]) -> list[Notice]:
    """All corrections and withdrawals, in no order that matters."""
    found = []
    for coded in reports:
        report = coded.report
        whole = any(words("correction").search(t or "") for t in (report.title, report.text[:200]))
        day = report.published.toordinal() if report.published else None
        sentences = [s for s in coded.layout.sentences if whole or words("retracts").search(s.text)]
        for sentence in sentences:
            stems = wording.stems(sentence.text)
            place = sentence.start, sentence.end
            by = None if whole else _taker(coded, sentence)
            found.append(Notice(report.id, report.outlet, _at(coded), day, stems, whole, *place, by))
    return found


def _taker(coded: CodedReport, sentence: Sentence) -> Body | None:
    """Which state, group or body takes its word back in a sentence, None where the outlet or a person does."""
    spans = ((s, span) for s in coded.statements for span in (*s.content, *((s.cue,) if s.cue else ())))
    speakers = (s.speaker for s, span in spans if s.speaker and sentence.start <= span.start < sentence.end)
    bodies = (body_of(speaker, setting_of(coded)) for speaker in speakers)
    return next((body for body in bodies if body.kind in ("state", "group", "body")), None)


def corrected(tellings: Sequence[Evidence], reports: Sequence[CodedReport]) -> list[Evidence]:
    """The same tellings, those that a later notice of their outlet takes back marked as withdrawn.

    The same sentence in a near copy of a withdrawn report goes with it where it was published before the notice.
    """
    told = notices(reports)
    if not told:
        return list(tellings)
    by_outlet: dict[str, list[Notice]] = defaultdict(list)
    by_report: dict[str, list[Notice]] = defaultdict(list)
    for n in told:
        by_report[n.report].append(n)
        if n.outlet is not None:
            by_outlet[n.outlet].append(n)
    texts = {c.report.id: c.report.text for c in reports}
    gone: dict[str, list[Gone]] = defaultdict(list)
    for e in tellings:
        for at in taken_back_at(e, by_outlet.get(e.outlet or "", ())):
            gone[sentence_key(e)].append((e.telling.report, at, e.body.name))
    return [
        with_withdrawal(e, by_report.get(e.telling.report, ()), gone.get(sentence_key(e), ()), texts.__getitem__)
        for e in tellings
    ]


def with_withdrawal(
    e: Evidence, own: Iterable[Notice], gone: Iterable[Gone], text_of: Callable[[str], str]
) -> Evidence:
    """The telling with the moment from which it is taken back, if it is; a notice itself never counts.

    `own` are its report's notices, `gone` the reports with the same sentence of which it was taken back, and when. A
    copy goes with it under the same credit or under none.
    """
    if _is_notice(e, own):
        return replace(e, withdrawn=e.at)
    report = e.telling.report

    def copied(other: str, body: str) -> bool:
        return (body == e.body.name or e.body.kind == "outlet") and is_copy(text_of(report), text_of(other))

    since = min(
        (at for other, at, body in gone if e.at < at and (other == report or copied(other, body))), default=None
    )
    return replace(e, withdrawn=since) if since is not None else e


def taken_back_at(e: Evidence, told: Iterable[Notice]) -> list[str]:
    """When notices of a telling's own outlet took it back."""
    if e.outlet is None:
        return []
    least = float(table("acts")["copies"]["withdrawn"])
    return [n.at for n in told if in_reach(n, e) and _may_take(n, e) and wording.overlap(e.stems, n.stems) >= least]


def _may_take(n: Notice, e: Evidence) -> bool:
    """Whether a notice can be of a telling's word: a body takes back its own and what the outlet told by itself."""
    return n.by is None or e.body.kind not in ("state", "group", "body") or n.by.name == e.body.name


@functools.cache
def reach() -> int:
    """How many days before a notice the tellings may lie of which it speaks."""
    return int(table("acts")["copies"]["reach"])


def in_reach(n: Notice, e: Evidence) -> bool:
    """Whether a notice comes after a telling, and not longer after it than `reach` days."""
    late = n.day is not None and e.day is not None and n.day - e.day > reach()
    return e.at < n.at and not late


def sentence_key(e: Evidence) -> str:
    """The words of a telling's sentence, by which copies are known."""
    return " ".join(_WORD.findall(e.sentence.lower()))


def _is_notice(e: Evidence, told: Iterable[Notice]) -> bool:
    """A sentence that takes something back tells nothing itself, unless it is a new version of the whole report.

    What stands in brackets before a sentence is not of it: "(Corrects place) Troops left Osh".
    """
    sentence = _BRACKETS.sub("", e.sentence)
    return any(
        n.start < e.telling.end and e.telling.start < n.end
        and bool(words("retracts").search(sentence) or (n.whole and words("correction").search(sentence)))
        for n in told
    )  # fmt: skip
