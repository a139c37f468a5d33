"""The whole order on one screen: Report -> CodedReport.

A coding depends on the report, the coder and the register given, nothing else; reports never see each other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import brink
from brink import coding, model, text
from brink.records import CodedReport, Register, Rejection, Report
from brink.settings import Settings


def prepare(settings: Settings, types: Iterable[Path] = ()) -> None:
    """Make this process's coder the one that the settings ask for: threads, gazetteer, own event types.

    `types` are files of own types, used instead of those of the settings. For before the first report. Raises
    UsageError where the gazetteer, TypesError where a type cannot be read.
    """
    model.use_threads(settings.threads)
    if settings.gazetteer:
        coding.use_gazetteer(Path(settings.gazetteer))
    named = [Path(name.strip()) for name in settings.types.split(",") if name.strip()]
    model.use_types(tuple(types) or named)


def annotate(
    items: Iterable[Report | Rejection], register: Register, least: float = 0.0
) -> Iterator[CodedReport | Rejection]:
    """Code each report in input order; rejections pass through untouched.

    `least` is the confidence below which statements and events are left out. With several threads the network reads
    the next reports while one is coded. Raises ModelError if the weights are missing or damaged.
    """
    ahead = model.threads() if model.threads() > 1 else 0
    begun: deque[Callable[[], CodedReport | Rejection]] = deque()
    for item in items:
        begun.append(_begin(item, register, least))
        if len(begun) > ahead:
            yield begun.popleft()()
    while begun:
        yield begun.popleft()()


def annotate_one(report: Report, register: Register, least: float = 0.0) -> CodedReport:
    """Code one report."""
    coded = _begin(report, register, least)()
    assert isinstance(coded, CodedReport)
    return coded


def _begin(item: Report | Rejection, register: Register, least: float) -> Callable[[], CodedReport | Rejection]:
    """The network set to one report; what comes back codes it, when it is called."""
    if isinstance(item, Rejection):
        return lambda: item
    layout = text.layout(item)
    labelled = model.begin(item.text, layout.sentences)

    def finish() -> CodedReport:
        coded = coding.code(item, layout, labelled(), register, coder(register))
        return coding.at_least(coded, least) if least else coded

    return finish


def coder(register: Register) -> str:
    """What made a record: versions and hashes of everything it depends on."""
    types = model.types_version()
    return (
        f"brink {brink.__version__} model {model.version()} "
        f"register {register.hash} gazetteer {coding.gazetteer_version()}"
    ) + (f" types {types}" if types else "")
