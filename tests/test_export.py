"""Exports: columns as the field's users know them, each format read back, and nothing denied told as done."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from brink import export
from brink.errors import ReportError, UsageError
from brink.export import acled, flat, gdelt, plover, polecat, records
from brink.records import Actor, CodedReport, Event
from export_samples import DENIED, SHELLED, coded_reports, sample


def written(form: str, *reports: CodedReport, modal: bool = False) -> tuple[str, export.ExportSummary]:
    out = io.StringIO()
    summary = export.write(reports or (sample(),), form, out, include_modal=modal)
    return out.getvalue(), summary


def rows(form: str, *reports: CodedReport, modal: bool = False) -> list[dict[str, str]]:
    """Read an export back as its users do: GDELT's files have no header, tabs come without quotes."""
    text, _ = written(form, *reports, modal=modal)
    if form in {"gdelt", "polecat"}:
        names = gdelt.COLUMNS if form == "gdelt" else None
        return list(csv.DictReader(io.StringIO(text), names, delimiter="\t", quoting=csv.QUOTE_NONE))
    return list(csv.DictReader(io.StringIO(text)))


def with_event(event: Event) -> CodedReport:
    return replace(sample(), events=(event,))


@pytest.mark.parametrize(
    ("columns", "count", "first", "last"),
    [
        (polecat.COLUMNS, 40, "Event ID", "Version"),
        (gdelt.COLUMNS, 61, "GLOBALEVENTID", "SOURCEURL"),
        (acled.COLUMNS, 31, "event_id_cnty", "timestamp"),
    ],
)
def test_columns_are_those_of_the_format(columns: tuple[str, ...], count: int, first: str, last: str) -> None:
    assert (len(columns), columns[0], columns[-1]) == (count, first, last)
    assert len(set(columns)) == count


def test_records_come_back_whole() -> None:
    text, summary = written("records")
    assert records.loads(text) == sample()
    assert (summary.reports, summary.written, summary.modal, summary.notes()) == (1, 3, 0, [])


def test_plover_keeps_modality_deed_and_teller() -> None:
    text, _ = written("plover")
    shelled, pledged, denied = [plover.read(line) for line in text.splitlines()]
    assert (shelled["event"], shelled["mode"], shelled["date"]) == ("ASSAULT", ["heavy-weapons"], "2024-03-02")
    assert shelled["recipient"][0]["country"] == "POL"
    assert shelled["statedBy"] is None
    assert pledged["deed"] == {"event": "RETREAT", "mode": ["withdraw"], "negation": False}
    assert (pledged["statedBy"]["speaker"]["name"], pledged["statedBy"]["relay"]) == ("Oleg Taran", ["Reuters"])
    assert denied["auxiliaryMode"] == ["negation"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"event": "DEMAND", "source": ["a"], "target": ["b"]}, ("REQUEST", [], ["a"], ["b"])),
        ({"event": "DISAPPROVE", "actor": ["a"], "recipient": []}, ("ACCUSE", ["disapprove"], ["a"], [])),
        ({"event": "FIGHT", "mode": "drone", "source": ["a"], "target": []}, ("ASSAULT", ["drone"], ["a"], [])),
        ({"event": "AID", "mode": ["x"], "actor": ["a"], "recipient": ["b"]}, ("AID", ["x"], ["a"], ["b"])),
    ],
)
def test_old_plover_files_read_with_todays_names(line: dict[str, Any], expected: tuple[Any, ...]) -> None:
    found = plover.read(json.dumps(line))
    assert (found["event"], found["mode"], found["actor"], found["recipient"]) == expected


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', "7"])
def test_what_is_no_plover_event_is_refused(line: str) -> None:
    with pytest.raises(ReportError, match="PLOVER event"):
        plover.read(line)


def test_polecat_row() -> None:
    shelled, pledged = rows("polecat")
    expected = {
        "Event ID": "r1-e1", "Event Date": "2024-03-02", "Event Type": "ASSAULT", "Event Mode": "heavy-weapons",
        "Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT", "Contexts": "military;territory",
        "Actor Name": "Armed Forces of Belarus", "Actor Country": "BLR", "Actor COW": "370",
        "Primary Actor Sector": "MIL", "Recipient COW": "290", "Recipient Sectors": "COP;GOV", "City": "Hrodna",
        "Province": "Grodno Region", "Country": "BLR", "Latitude": "53.6884", "GeoNames ID": "627904",
        "Feature Type": "PPL", "Source": "The Example", "Publication Date": "2024-03-03", "Story People": "Oleg Taran",
    }  # fmt: skip
    assert {name: shelled[name] for name in expected} == expected
    assert (pledged["Latitude"], pledged["City"], pledged["Feature Type"]) == ("", "", "RGN")
    assert pledged["Event Date"] == ""  # the day of publication is not the day of the event


def test_gdelt_row() -> None:
    shelled, pledged = rows("gdelt")
    expected = {
        "SQLDATE": "20240302", "MonthYear": "202403", "Year": "2024", "Actor1Code": "BLRMIL",
        "Actor1CountryCode": "BLR", "Actor1Type1Code": "MIL", "Actor2Type1Code": "COP",
        "Actor2Type2Code": "GOV", "IsRootEvent": "1",
        "EventCode": "194", "EventBaseCode": "194", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-9.5",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Hrodna, Grodno Region, Belarus", "ActionGeo_CountryCode": "BO",
        "ActionGeo_Lat": "53.6884", "DATEADDED": "20240303000000", "SOURCEURL": "https://news.example/a",
    }  # fmt: skip
    assert {name: shelled[name] for name in expected} == expected
    assert (pledged["EventCode"], pledged["SQLDATE"], pledged["ActionGeo_Type"]) == ("087", "", "1")
    assert (pledged["ActionGeo_Lat"], pledged["ActionGeo_Long"]) == ("", "")


def test_acled_row_says_that_it_is_none() -> None:
    (shelled,) = rows("acled")
    expected = {
        "event_date": "2024-03-02", "year": "2024", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Armed Forces of Belarus", "inter1": "State forces", "inter2": "External/Other forces",
        "interaction": "State forces-External/Other forces", "iso": "112", "region": "Europe", "country": "Belarus",
        "admin1": "Grodno Region", "location": "Hrodna", "geo_precision": "1", "fatalities": "12",
        "tags": "not ACLED data", "source": "The Example",
    }  # fmt: skip
    assert {name: shelled[name] for name in expected} == expected
    assert shelled["notes"].endswith("[told by the outlet]")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recipient": (Actor(0, 1, "M", "villagers", None, "POL", ("CVL",)),), "mode": ("firearms",)},
         ("Violence against civilians", "Attack", "Civilian targeting")),
        ({"mode": ("drone",)}, ("Explosions/Remote violence", "Air/drone strike", "")),
        ({"mode": ()}, ("Battles", "Armed clash", "")),
        ({"event": "PROTEST", "mode": ("riot",)}, ("Riots", "Violent demonstration", "")),
        ({"event": "PROTEST", "mode": ()}, ("Protests", "Peaceful protest", "")),
    ],
)  # fmt: skip
def test_acled_types(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    (row,) = rows("acled", with_event(replace(SHELLED, **changes)))
    assert (row["event_type"], row["sub_event_type"], row["civilian_targeting"]) == expected


def test_a_dead_that_nobody_counts_is_not_nought() -> None:
    (row,) = rows("acled", with_event(replace(SHELLED, quantity=())))
    assert row["fatalities"] == ""


@pytest.mark.parametrize("form", ["polecat", "gdelt", "acled"])
@pytest.mark.parametrize("modality", ["negation", "hypothetical", "future", "historical"])
def test_what_did_not_happen_is_left_out_and_counted(form: str, modality: str) -> None:
    report = with_event(replace(SHELLED, auxiliary=(modality,)))
    text, summary = written(form, report)
    assert "heavy-weapons" not in text and "194" not in text and "Shelling" not in text
    assert (summary.written, summary.modal) == (0, 1)
    assert summary.notes() == [
        f"1 event(s) left out of {form}: negated, hypothetical, future or historical (--include-modal keeps them)."
    ]
    assert len(rows(form, report, modal=True)) == 1


@pytest.mark.parametrize("form", ["records", "plover", "geojson", "csv"])
def test_formats_that_mark_modality_keep_it(form: str) -> None:
    text, summary = written(form, with_event(DENIED))
    assert "negation" in text
    assert (summary.written, summary.modal) == (1, 0)


def test_types_that_a_format_lacks_are_counted() -> None:
    _, summary = written("acled")
    assert (summary.written, summary.modal, summary.unmapped) == (1, 1, 1)
    assert summary.notes()[1] == "1 event(s) left out of acled: the format has no such type."
    _, summary = written("gdelt", with_event(replace(SHELLED, cameo=None)))
    assert (summary.written, summary.unmapped) == (0, 1)


def test_one_row_for_every_pair() -> None:
    three = tuple(
        Actor(0, 1, "M", name, None, country, ("GOV",)) for name, country in [("A", "FRA"), ("B", "DEU"), ("C", "ITA")]
    )
    talks = replace(SHELLED, event="CONSULT", mode=(), actor=three, recipient=(), cameo="046")
    assert [(r["Actor1Code"], r["Actor2Code"]) for r in rows("gdelt", with_event(talks))] == [
        ("FRAGOV", "DEUGOV"), ("FRAGOV", "ITAGOV"), ("DEUGOV", "ITAGOV"),
    ]  # fmt: skip
    assert len({r["GLOBALEVENTID"] for r in rows("gdelt", with_event(talks))}) == 3
    visit = replace(talks, actor=three[:1], recipient=three[1:])
    assert [(r["Actor Name"], r["Recipient Name"]) for r in rows("polecat", with_event(visit))] == [
        ("A", "B"),
        ("A", "C"),
    ]


def test_geojson_points_only_where_a_place_earns_one() -> None:
    text, _ = written("geojson")
    shelled, pledged, denied = json.loads(text)["features"]
    assert shelled["geometry"] == {"type": "Point", "coordinates": [23.8258, 53.6884]}
    assert (pledged["geometry"], pledged["properties"]["precision"]) == (None, "area")
    assert (denied["geometry"], denied["properties"]["auxiliary"]) == (None, ["negation"])
    assert pledged["properties"]["told"] == "according to Oleg Taran via Reuters"


def test_an_empty_export_is_a_valid_file() -> None:
    out = io.StringIO()
    export.write([], "geojson", out, include_modal=False)
    assert json.loads(out.getvalue()) == {"type": "FeatureCollection", "features": []}


def test_flat_table() -> None:
    _, pledged, denied = rows("csv")
    assert tuple(pledged) == flat.COLUMNS
    assert (pledged["deed"], pledged["deed_mode"], pledged["speaker"], pledged["relay"], pledged["cue"]) == (
        "RETREAT", "withdraw", "Oleg Taran", "Reuters", "say",
    )  # fmt: skip
    assert (denied["auxiliary"], denied["speaker"], denied["recipient_country"]) == (
        "negation",
        "Ministry of Defence of Belarus",
        "",
    )


def test_ngec_takes_reports() -> None:
    text, _ = written("ngec")
    line = json.loads(text)
    assert list(line) == ["id", "date", "event_text", "pub_date", "publisher", "headline", "story_id", "version"]
    assert (line["date"], line["event_text"]) == ("2024-03-03", sample().report.text)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="no format 'xml'; choose one of records, plover"):
        written("xml")


@pytest.mark.parametrize("form", ["polecat", "gdelt", "acled", "csv"])
@given(coded=coded_reports())
@settings(max_examples=25, deadline=None)
def test_any_report_keeps_rows_and_columns(form: str, coded: CodedReport) -> None:
    width = {"polecat": 40, "gdelt": 61, "acled": 31, "csv": len(flat.COLUMNS)}[form]
    for row in rows(form, coded, modal=True):
        assert len(row) == width
        assert None not in row and None not in row.values()
