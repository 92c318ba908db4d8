"""What the benchmarks tell: medians, ratios and peaks in a table, and the page that holds it."""

import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as run
from benchmarks.table import HEADING, Measured, lines_of, machine, page_of

FAST = [Measured(0.1, 20.0), Measured(0.3, 22.4), Measured(0.2, 21.0)]
SLOW = [Measured(0.9, None)]


def test_a_part_tells_the_median_and_how_many_times_the_first() -> None:
    assert lines_of("reading", {"ours": FAST, "theirs": SLOW}) == [
        "| reading | ours | 0.200 | 1.00 | 22 |",
        "| reading | theirs | 0.900 | 4.50 | – |",
    ]


def test_what_takes_no_time_has_no_ratio() -> None:
    assert lines_of("start", {"ours": [Measured(0.0, 1.0)]}) == ["| start | ours | 0.000 | – | 1 |"]


def test_the_machine_is_named_with_its_processor_and_python() -> None:
    about = machine()
    assert f"Python {sys.version.split()[0]}" in about
    assert " cores" in about


def test_every_part_is_written_on_the_page_with_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order of the parts, the same lines as are printed."""
    page = tmp_path / "benchmarks.md"
    monkeypatch.setattr(run, "PAGE", page)
    monkeypatch.setattr(run, "measured", lambda part, *_: {f"program of {part}": FAST})
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--write", "--runs", "5"])
    run.main()
    lines = [f"| {part} | program of {part} | 0.200 | 1.00 | 22 |" for part in run.PARTS]
    about, _, printed = capsys.readouterr().out.partition("\n\n")
    assert printed == "\n".join([HEADING, *lines, ""])
    assert page.read_text("utf-8") == page_of(about, 5, lines)
    assert f"on {about}." in page.read_text("utf-8")
    assert "ran 5 times" in page.read_text("utf-8")


def test_what_is_written_below_the_table_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, below = tmp_path / "benchmarks.md", "\n## A made nation\n\nIt takes long.\n\n## More\n"
    page.write_text(f"# How long\n\n| start |\n{below}", encoding="utf-8")
    monkeypatch.setattr(run, "PAGE", page)
    monkeypatch.setattr(run, "measured", lambda *_: {"program": FAST})
    monkeypatch.setattr(sys, "argv", ["benchmarks", "start", "--write"])
    for _ in range(2):
        run.main()
        head, at, rest = page.read_text("utf-8").partition("\n## ")
        assert head.endswith("| start | program | 0.200 | 1.00 | 22 |\n")
        assert at + rest == below


def test_nothing_is_written_unless_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.setattr(run, "measured", lambda *_: {"program": FAST})
    monkeypatch.setattr(sys, "argv", ["benchmarks", "start"])
    run.main()
    assert list(tmp_path.iterdir()) == []


def test_a_start_is_measured_as_a_whole(tmp_path: Path) -> None:
    """Beside it a command's imports, which are made for it once."""
    one = run.measure("start", "python -c pass", tmp_path, 0)
    names = tmp_path / "imports" / "uppsikt rules.json"
    names.parent.mkdir()
    names.write_text('["json", "no_such_module"]', encoding="utf-8")
    other = run.measure("imports", "uppsikt rules", tmp_path, 0)
    assert 0 < one.seconds < 20
    assert 0 <= other.seconds < 20
