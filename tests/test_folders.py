"""Which files of a folder are read."""

from __future__ import annotations

from pathlib import Path

from brink.intake import expanded, passed_over

TAKEN = ["a.txt", "b.jsonl.gz", "c.md", "d.HTML", "f.htm", "g.ndjson", "h.rss", "sub/e.warc"]
LEFT = ["README.md", "readme.txt", ".hidden.txt", ".git/x.txt", "crisis.toml", "picture.png", "notes"]


def test_a_folder_gives_its_reports_by_name_and_nothing_else(tmp_path: Path) -> None:
    for name in TAKEN + LEFT:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [str(Path(p).relative_to(tmp_path)) for p in expanded([str(tmp_path)])]
    assert found == sorted(TAKEN)
    left = {path.name for path in passed_over(str(tmp_path))}
    assert left == {"crisis.toml", "picture.png", "notes"} and "notes" not in {
        path.name for path in passed_over(str(tmp_path), ("notes",))
    }


def test_files_addresses_and_standard_input_stay_as_given(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    given = [str(tmp_path / "README.md"), "https://example.org/a", "-", "missing.txt"]
    assert list(expanded(given)) == given
