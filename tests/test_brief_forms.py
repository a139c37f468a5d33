"""The forms of a crisis brief: terminal, Markdown, page, JSON; its plots; the command that writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from brief_samples import CRISIS, DISPUTED, KEPT, REPORTS, TEXTS, brief_of, happening, voice
from brink import brief as room
from brink.brief import CrisisBrief, Material
from brink.brief.plots import block, breaks, middles, svg, widths
from brink.cli import coding as commands
from brink.cli import ledger as ledger_commands
from brink.records import Band, BandPoint, CodedReport, Event, Sentence, Span, Telling, TextLayout


def test_plots() -> None:
    points = tuple(BandPoint(f"2022-02-1{i}", -10.0, v, ()) for i, v in enumerate((-10.0, 0.0, 10.0)))
    band = Band(("RUS", "UKR"), "words", points, ("2022-02-11",))
    assert middles(points) == "▁▃▅" and widths(points) == "▁▅█" and breaks(band, points) == " ^ "
    assert block(-99, -10, 10) == "▁" and block(99, -10, 10) == "█"
    for one in (band, replace(band, points=points[:1])):
        drawn = ElementTree.fromstring(svg(one, "2022-02-01", "2022-02-11", "A & B <c>"))
        assert drawn.get("aria-label") == "A & B <c>" and drawn.get("class") == "words"


class Tags(HTMLParser):
    """What a page opens and closes, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.seen.add(tag)
        self.links += [v for k in ("href", "src") if (v := found.get(k))]
        self.ids |= {found["id"] or ""} if "id" in found else set()
        if tag not in ("meta", "line", "rect", "polygon", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "rect", "polygon", "polyline"):
            assert self.open.pop() == tag


def hostile() -> CrisisBrief:
    reports = {
        key: replace(r, text="<script>alert(1)</script> *bold* \x1b[31m said", title="A <b> & `c`", url=url)
        for (key, r), url in zip(
            REPORTS.items(), ("javascript:alert(1)", "https://example.org/?a=1&b=2", None), strict=True
        )
    }
    origins = (voice("RUS", tellings=(Telling("r2", "e1", "s1", ("<i>",), 0, 45),)),)
    material = Material((happening(origins=origins), KEPT, DISPUTED), reports)
    return room.crisis_brief(material, replace(CRISIS, name="A <crisis>"), as_of=date(2022, 2, 17))


def test_the_page_needs_nothing_else_and_escapes_what_reports_say() -> None:
    page = room.crisis_page(hostile())
    tags = Tags()
    tags.feed(page)
    assert not tags.open and not tags.seen & {"script", "link", "img", "iframe", "i"}
    outside = [link for link in tags.links if not link.startswith("#")]
    assert set(outside) == {"https://example.org/?a=1&b=2"}
    assert {link[1:] for link in tags.links if link.startswith("#")} <= tags.ids
    assert "prefers-color-scheme: dark" in page and "@media print" in page and "default-src 'none'" in page
    assert "@import" not in page and "url(" not in page and "\x1b" not in page


def test_markdown_and_terminal_keep_the_reports_words_plain() -> None:
    told = hostile()
    markdown, text = room.crisis_markdown(told), room.crisis_text(told)
    assert "<script>" not in markdown.replace("\\<script", "") and "\\*bold\\*" in markdown
    assert markdown.startswith("# A \\<crisis\\>: brief as of 17 February 2022")
    assert "\x1b" not in markdown + text
    assert all(len(line) <= 96 for line in text.splitlines())
    assert "[1]" in text and "REPORTS CITED" in text


def test_the_record_is_json() -> None:
    record = json.loads(json.dumps(room.crisis_record(brief_of(KEPT, DISPUTED))))
    assert record["as_of"] == "2022-02-17" and record["sections"][0]["entries"][0]["head"]["reports"] == ["r3"]


def coded(key: str) -> CodedReport:
    text = TEXTS[key][1]
    end = text.index(".") + 1
    event = Event(
        "e1",
        "RETREAT",
        ("withdraw",),
        (),
        (),
        None,
        Span(0, 4, text[:4]),
        True,
        (),
        (),
        None,
        None,
        (),
        "certain",
        None,
        None,
        8.0,
        "material_cooperation",
        0.9,
    )
    return CodedReport(
        REPORTS[key], TextLayout((Sentence(0, 0, 0, end, text[:end]),), None, ()), (), (), (event,), (), (), "test"
    )


@pytest.fixture
def crisis_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        ledger_commands, "coded_items", lambda where, common: iter([coded("r1"), coded("r2"), coded("r3")])
    )
    file = tmp_path / "crisis.toml"
    file.write_text('name = "Test"\n[camps]\neast = ["RUS"]\n', "utf-8")
    return file


@pytest.mark.parametrize(
    ("form", "begin"), [("terminal", "TEST: BRIEF"), ("markdown", "# Test"), ("html", "<!DOCTYPE html>")]
)
def test_the_command_writes_each_form_and_reads_nothing_later_than_its_day(
    crisis_file: Path, form: str, begin: str
) -> None:
    out = crisis_file.with_name("brief")
    argv = ["x", "--crisis", str(crisis_file), "--as-of", "2022-02-15", "--format", form, "--out", str(out)]
    done = CliRunner().invoke(commands.brief, argv)
    told = out.read_text("utf-8")
    assert done.exit_code == 0 and told.startswith(begin) and "Title of r2" in told and "Title of r3" not in told


def test_the_command_as_json(crisis_file: Path) -> None:
    done = CliRunner().invoke(commands.brief, ["x", "--crisis", str(crisis_file), "--since", "2022-02-01", "--json"])
    assert json.loads(done.output)["since"] == "2022-02-01"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "0 came"),
        (["a", "b"], "2 came"),
        (["a", "--since", "2022-02-01"], "--crisis"),
        (["--crisis", "x.toml"], "needs reports"),
        (["a", "--crisis", "x.toml", "--as-of", "soon"], "--as-of wants one"),
        (["a", "--crisis", "x.toml", "--since", "1"], "--since wants"),
        (["a", "--crisis", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_the_command_refuses(argv: list[str], told: str) -> None:
    done = CliRunner().invoke(commands.brief, argv)
    assert done.exit_code == 1 and told in str(done.exception)
