"""Near copies of reports across outlets, and corrections that take tellings back.

Copies are found by MinHash over shingles of three words (the package datasketch) and by whole sentences shared, so that
a copy that was cut or given another headline is found as well. Which report is the original is told by publication
and id alone, so the order of reports does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from brink.ledger import wording
from brink.ledger.evidence import Evidence
from brink.ledger.tables import table, words
from brink.records import CodedReport

_WORD = re.compile(r"\w+")
PERMUTATIONS = 64


def originals(reports: Sequence[CodedReport]) -> dict[str, str]:
    """Report id -> id of the earliest report that it is a near copy of (its own where it is none)."""
    shingled = {c.report.id: _shingles(c.report.text) for c in reports}
    order = {c.report.id: (_at(c), c.report.id) for c in reports}
    found = {name: name for name in shingled}
    for one, other in _alike(reports, shingled):
        if _contained(shingled[one], shingled[other]) >= float(table("acts")["copies"]["contained"]):
            first, later = sorted((one, other), key=order.__getitem__)
            found[later] = min(found[later], first, key=order.__getitem__)
    for name in sorted(found, key=order.__getitem__):
        found[name] = found[found[name]]
    return found


def _at(coded: CodedReport) -> str:
    report = coded.report
    return report.published_at or (report.published.isoformat() if report.published else "")


def _shingles(text: str) -> frozenset[str]:
    found = [w.lower() for w in _WORD.findall(text)]
    return frozenset(" ".join(found[i : i + 3]) for i in range(max(1, len(found) - 2)))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shorter text's shingles that the other has."""
    return len(one & other) / min(len(one), len(other))


def _alike(reports: Sequence[CodedReport], shingled: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Candidate pairs: MinHash neighbours, and reports that share a whole sentence of some length."""
    from datasketch import MinHash, MinHashLSH  # scipy comes with it: half a second that single reports need not pay

    index = MinHashLSH(threshold=float(table("acts")["copies"]["similar"]), num_perm=PERMUTATIONS)
    sentences: dict[str, list[str]] = defaultdict(list)
    pairs: set[tuple[str, str]] = set()
    for coded in reports:
        name = coded.report.id
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch([s.encode() for s in shingled[name]])
        near = list(index.query(hashed))
        index.insert(name, hashed)
        for key in {" ".join(_WORD.findall(s.text.lower())) for s in coded.layout.sentences}:
            if key.count(" ") >= int(table("acts")["copies"]["words"]):
                near += sentences[key]
                sentences[key].append(name)
        pairs |= {(name, other) for other in near if other != name}
    return pairs


@dataclass(frozen=True, slots=True)
class Notice:
    """A report's word that an earlier telling was wrong. `whole`: a new version of a whole report."""

    report: str
    outlet: str | None
    at: str
    stems: frozenset[str]
    whole: bool
    start: int
    end: int


def notices(reports: Iterable[CodedReport]) -> list[Notice]:
    """All corrections and withdrawals, in no order that matters."""
    found = []
    for coded in reports:
        report = coded.report
        whole = any(words("correction").search(t or "") for t in (report.title, report.text[:200]))
        sentences = [s for s in coded.layout.sentences if whole or words("retracts").search(s.text)]
        for sentence in sentences:
            stems = wording.stems(sentence.text)
            found.append(Notice(report.id, report.outlet, _at(coded), stems, whole, sentence.start, sentence.end))
    return found


def corrected(tellings: Sequence[Evidence], reports: Sequence[CodedReport]) -> list[Evidence]:
    """The same tellings, those that a later notice of their outlet takes back marked as withdrawn.

    A copy of a withdrawn report goes with it where it was published before the notice.
    """
    told = notices(reports)
    if not told:
        return list(tellings)
    first = originals(reports)
    least = float(table("acts")["copies"]["withdrawn"])
    gone: set[tuple[str, str, str]] = set()
    for n in told:
        for e in tellings:
            same = e.outlet is not None and e.outlet == n.outlet
            if same and e.at < n.at and wording.overlap(e.stems, n.stems) >= least:
                gone.add((first[e.telling.report], _key(e), n.at))
    return [_marked(e, first, gone, told) for e in tellings]


def _marked(e: Evidence, first: Mapping[str, str], gone: set[tuple[str, str, str]], told: Sequence[Notice]) -> Evidence:
    """The telling with the moment from which it is taken back, if it is; a notice itself never counts."""
    if _is_notice(e, told):
        return replace(e, withdrawn=e.at)
    since = _gone_since(e, first, gone)
    return replace(e, withdrawn=since) if since else e


def _key(e: Evidence) -> str:
    return " ".join(_WORD.findall(e.sentence.lower()))


def _gone_since(e: Evidence, first: Mapping[str, str], gone: set[tuple[str, str, str]]) -> str | None:
    original, key = first[e.telling.report], _key(e)
    return min(
        (at for report, sentence, at in gone if original == report and key == sentence and e.at < at), default=None
    )


def _is_notice(e: Evidence, told: Iterable[Notice]) -> bool:
    """A sentence that takes something back tells nothing itself, unless it is a new version of the whole report."""
    return any(
        n.report == e.telling.report and n.start < e.telling.end and e.telling.start < n.end
        and bool(words("retracts").search(e.sentence) or (n.whole and words("correction").search(e.sentence)))
        for n in told
    )  # fmt: skip
