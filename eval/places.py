"""Places on GeoWebNews (Gritta et al. 2019; a test set: nothing of Brink was set or tuned on it).

    python eval/places.py ../shared/corpora [--gold-mentions]

Toponym detection: F1 of our GPE, LOC and FAC mentions against the annotated toponyms that have coordinates, by overlap.
Resolution: Acc@161 km of those found, by class of the toponym. A country or region has no coordinates in Brink's
records; it counts as right where its GeoNames id is the annotated one, else by its centre in the gazetteer.
`--gold-mentions` hands the annotated names over instead, as the published figures of other resolvers do.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from xml.etree import ElementTree

from brink import model
from brink import text as text_stage
from brink.coding.gazetteer import gazetteer
from brink.coding.places import report_context, resolve_place
from brink.records import Mention, Place, Report, TextLayout

PLACES = frozenset({"GPE", "LOC", "FAC"})
REACH_KM = 161.0
CLASSES = {
    "Literal": {"Literal", "Literal_Modifier", "Embedded_Literal", "Coercion", "Mixed"},
    "Metonymic": {"Metonymic"},
}


@dataclass(frozen=True, slots=True)
class Toponym:
    """One annotated name with its location."""

    start: int
    end: int
    kind: str
    lat: float
    lon: float
    id: int | None


@dataclass(slots=True)
class Counts:
    """What was detected and resolved: names that are places, ours and theirs, and of those found the near ones."""

    found: int = 0
    ours: int = 0
    total: int = 0
    near: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    reached: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))


def counted(path: Path, gold_mentions: bool = False) -> Counts:
    """Counts over all articles; `gold_mentions` hands the annotated names over instead of ours."""
    counts = Counts()
    for report, gold in articles(path):
        layout = text_stage.layout(report)
        mentions = as_mentions(report, gold) if gold_mentions else detected(report, layout)
        context = report_context(report.text, layout.sentences, mentions, layout.dateline)
        places = [m for m in mentions if m.kind in PLACES]
        counts.ours, counts.total = counts.ours + len(places), counts.total + len(gold)
        for name in gold:
            mention = next((m for m in places if m.start < name.end and name.start < m.end), None)
            if mention is not None:
                _count(counts, name, near(resolve_place(mention.start, mention.end, context), name))
    return counts


def _count(counts: Counts, name: Toponym, hit: bool) -> None:
    counts.found += 1
    counts.near += hit
    for kind in (k for k, members in CLASSES.items() if name.kind in members):
        counts.right[kind], counts.reached[kind] = counts.right[kind] + hit, counts.reached[kind] + 1


def figures(corpora: Path, gold_mentions: bool = False) -> dict[str, float]:
    """Detection F1 and Acc@161 km by class and together."""
    c = counted(corpora / "geo" / "GWN.xml", gold_mentions)
    out = {} if gold_mentions else {"toponym detection F1": 2 * c.found / max(1, c.ours + c.total)}
    out |= {f"Acc@161 km {k}": c.right[k] / max(1, c.reached[k]) for k in CLASSES}
    out["Acc@161 km, Literal and Metonymic together"] = sum(c.right.values()) / max(1, sum(c.reached.values()))
    out["Acc@161 km, all types"] = c.near / max(1, c.found)
    return out


def main() -> None:
    """Print detection and resolution figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--gold-mentions", action="store_true")
    args = parser.parse_args()
    for name, value in figures(args.corpora, args.gold_mentions).items():
        print(f"{name:46s} {value:.3f}")


def articles(path: Path) -> Iterator[tuple[Report, list[Toponym]]]:
    """Give each article with its located toponyms whose offsets hold."""
    for number, article in enumerate(ElementTree.parse(path).getroot().iter("article")):
        text = article.findtext("text") or ""
        gold = [t for node in article.iter("toponym") if (t := toponym(node)) and t.end <= len(text)]
        yield Report(str(number), text, title=article.findtext("title")), gold


def toponym(node: ElementTree.Element) -> Toponym | None:
    """Read one annotation; None without coordinates."""
    lat, lon, number = node.findtext("latitude"), node.findtext("longitude"), node.findtext("geonamesID")
    if not lat or not lon:
        return None
    start, end = int(node.findtext("start") or 0), int(node.findtext("end") or 0)
    # A few ids name several places or carry a remark; they are measured by distance alone.
    clean = int(number) if number and number.strip().isdigit() else None
    return Toponym(start, end, node.findtext("type") or "", float(lat), float(lon), clean)


def as_mentions(report: Report, gold: list[Toponym]) -> tuple[Mention, ...]:
    """The annotated names as mentions whose country nobody told."""
    texts = [(t.start, t.end, report.text[t.start : t.end]) for t in gold]
    return tuple(Mention(start, end, text, "GPE", text, None) for start, end, text in texts)


def detected(report: Report, layout: TextLayout) -> tuple[Mention, ...]:
    """The model's mentions."""
    labels = model.label(report.text, layout.sentences).labels
    return tuple(Mention(x.start, x.end, x.text, x.kind, x.text, None) for x in labels if x.layer == "mention")


def near(place: Place | None, gold: Toponym) -> bool:
    """Say whether a place is the annotated one or its location lies within reach."""
    if place is None:
        return False
    if place.geonameid is not None and place.geonameid == gold.id:
        return True
    if place.lat is not None and place.lon is not None:
        return distance(place.lat, place.lon, gold) <= REACH_KM
    centre = gazetteer().by_id(place.geonameid) if place.geonameid else None
    return centre is not None and distance(centre.lat, centre.lon, gold) <= REACH_KM


def distance(lat: float, lon: float, gold: Toponym) -> float:
    """Great-circle distance in kilometres."""
    a, b = radians(lat), radians(gold.lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(gold.lon - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


if __name__ == "__main__":
    main()
