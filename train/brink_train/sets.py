"""Which documents a run trains on: every set by name, test and development documents left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from brink_train import others, own, plain, reports, sentences, standoff
from brink_train.documents import Document

MEANTIME = "meantime-en/data/meantime_newsreader_english_oct15/intra_cross-doc_annotation"
Loader = Callable[[Path], list[Document]]


def _wikinews(corpora: Path) -> list[Document]:
    folder = corpora / "wikinews-plover"
    kept_apart = frozenset((folder / "test_ids.txt").read_text().split() + (folder / "dev_ids.txt").read_text().split())
    return own.load(folder, kept_apart)


def _corpus(_: Path) -> list[Document]:
    folder = Path(__file__).parents[2] / "corpus"
    if not (folder / "annotations.jsonl").exists():
        return []
    kept_apart = ((folder / f"{part}_ids.txt").read_text().split() for part in ("test", "dev"))
    return own.load(folder, frozenset(name for part in kept_apart for name in part))


def _polnear(corpora: Path, read: bool) -> list[Document]:
    """PolNeAR's training articles: those that were read for events too (`read`, as far as read), or the rest."""
    path = standoff.FOLDER / "polnear.jsonl"
    documents = others.polnear(corpora / "polnear/data/train")
    if read:
        return list(standoff.read(documents, path))
    named = standoff.names(path)
    return [d for d in documents if d.id not in named]


def _passages(name: str) -> Loader:
    """Passages of PolNeAR's training articles that were read for statements and their relays, or for events too."""
    path = standoff.FOLDER / f"{name}.jsonl"
    return lambda corpora: list(standoff.read(others.polnear(corpora / "polnear/data/train"), path))


def _groups(_: Path) -> list[Document]:
    folder = Path(__file__).parents[2] / "corpus/dev_groups"
    return own.load(folder) if folder.exists() else []


def _ecb(corpora: Path) -> list[Document]:
    path = standoff.FOLDER / "ecb.jsonl"
    return list(standoff.read(others.ecb(corpora / "ecbplus/ECB+_LREC2014/ECB+", standoff.names(path)), path))


def _read(name: str, load: Callable[[Path, frozenset[str]], list[Document]]) -> Loader:
    """Those documents of a set that `standoff/NAME.jsonl` annotates."""
    path = standoff.FOLDER / f"{name}.jsonl"
    return lambda corpora: list(standoff.read(load(corpora, standoff.names(path)), path))


def _crossner(corpora: Path) -> list[Document]:
    folder = corpora / "crossner-politics/ner_data/politics"
    return [d for part in ("train", "dev") for d in others.named(folder / f"{part}.txt", 1, "crossner")]


LOADERS: dict[str, Loader] = {
    "wikinews-plover": _wikinews,
    "re3d-plover": lambda c: own.load(c / "re3d-plover"),
    "wire-plover": lambda c: own.load(c / "wire-plover"),
    "ukraine2014-plover": lambda c: own.load(c / "ukraine2014-plover"),
    "corpus": _corpus,
    "dev-groups": _groups,
    "sentences": lambda _: sentences.load(),
    "reports": lambda _: reports.load(),
    "news": lambda _: reports.load(reports.FOLDER.parent / "news"),
    "ecb": _ecb,
    "pairs": _read("pairs", lambda c, _: plain.pairs(c / "plv-train")),
    "stories": _read("stories", lambda c, names: plain.stories(c / "ngec-synthetic", names)),
    "weblogs": _read("weblogs", lambda c, names: plain.weblogs(c / "uds-ih2", names)),
    "mail": _read("mail", lambda c, names: plain.mail(c / "uner-ewt/en_ewt-ud-dev.iob2", names)),
    "business": _read("business", lambda c, names: plain.business(c / MEANTIME, names)),
    "polnear-said": _passages("polnear_said"),
    "polnear-passages": _passages("polnear_passages"),
    "polnear": lambda c: _polnear(c, read=False),
    "polnear-read": lambda c: _polnear(c, read=True),
    "crossner-politics": _crossner,
    "uner-ewt": lambda c: others.named(c / "uner-ewt/en_ewt-ud-dev.iob2", 2, "uner"),
    "ngec": lambda c: others.headlines(c / "ngec-synthetic"),
    "quiet": lambda _: others.quiet(Path(__file__).parents[1] / "quiet.txt"),
}


def load(corpora: Path, recipe: dict[str, Any], clean: bool) -> dict[str, list[Document]]:
    """Training documents by set."""
    left_out = set(recipe["clean"]["without"]) if clean else set()
    return {name: LOADERS[name](corpora) for name in recipe["passes"] if name not in left_out}
