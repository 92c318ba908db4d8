"""The sample year through the commands: a report sent back, completed and approved, and the round after it.

What the reports should say is written here by hand, from what the people in the year have written.
"""

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import demos
from excel_uppsikt.findings.finding import CannotRunError
from tests.rounds.completed_rounds import paragraphs

DEPARTMENT = "Social verksamhet"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year run once, into t1 and t2."""
    folder = tmp_path_factory.mktemp("år")
    assert demos.demo_year(folder) == 0
    return folder


def report(folder: Path, name: str) -> list[str]:
    """The paragraphs of a report, those with anything in them."""
    path = folder / "ut/rapporter" / f"{name}.docx"
    return [text for text in paragraphs(path) if text.strip()]


def between(texts: list[str], first: str, after: str) -> list[str]:
    """From a heading in the text itself, not the contents, to the next one, without it."""
    begin = len(texts) - 1 - texts[::-1].index(first)
    return texts[begin : texts.index(after, begin)]


def test_the_completed_report_tells_what_was_asked_and_what_has_been_done(year: Path) -> None:
    name = f"Kompletterad uppsiktsrapport {DEPARTMENT} 2024 T1"
    told = report(year / "t1", name)
    assert between(told, "Komplettering efter återremiss", "Sammanfattning") == [
        "Komplettering efter återremiss",
        "Kommunstyrelsens utskott återremitterade uppsiktsrapporten den 4 juni 2024 (§ 71) för "
        "komplettering.",
        "Skäl",
        "Utskottet vill veta vad som återstår av läkemedelsrobotarna, och när övertiden ska börja minska.",
        "Vad som begärdes, och vad som har gjorts",
        "Två kompletteringar begärdes.",
        "Minska sociala avdelningens övertid med 50% (Hela verksamheten)",
        "Begärt: När väntas övertiden börja minska?",
        "Gjort:",
        "Kommentar: Övertiden väntas börja minska när de nya schemana gäller överallt, från och med "
        "september. Utfallet följs varje månad i ledningsgruppen.",
        "Införande av 10 läkemedelsrobotar i äldreomsorgen samt stöd och omsorg (Hela verksamheten)",
        "Begärt: Hur många robotar är i drift, och när är alla tio på plats?",
        "Gjort:",
        "Status: Pågående enligt plan blev Pågående med avvikelse.",
        "Slutdatum: 2024-04-30 blev 2024-09-30.",
        "Kommentar: Upphandlingen är klar och 4 av de 10 läkemedelsrobotarna är i drift. Leveransen av de "
        "andra 6 dröjer till september, eftersom leverantören har ont om komponenter.",
    ]
    assert told.count("Kompletterad efter återremissen") == 2
    # It is for the next meeting, and the one that was sent back was for the first.
    assert "Rapportdatum18 juni 2024" in told
    assert "Rapportdatum4 juni 2024" in report(year / "t1", f"Uppsiktsrapport {DEPARTMENT} 2024 T1")


def test_what_is_handed_out_is_finished_and_says_what_it_is(year: Path) -> None:
    """The coordinator has put right what a unit had left to write; each cover tells which report it is."""
    covers = {}
    for path in sorted((year / "t1/ut/publicering").glob("*.docx")):
        told = [text for text in paragraphs(path) if text.strip()]
        assert not any("XXX" in text for text in told)
        cover = told[: told.index("Innehåll")]
        covers[path.stem] = [
            text for text in cover if text.startswith(("Åter", "Komp", "Rapportdatum"))
        ]
    assert covers == {
        f"Kompletterad uppsiktsrapport {DEPARTMENT} 2024 T1": [
            "Rapportdatum18 juni 2024",
            "Kompletteradefter återremissen den 4 juni 2024 (§ 71)",
        ],
        f"Uppsiktsrapport {DEPARTMENT} 2024 T1": ["Rapportdatum4 juni 2024"],
    }


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("t1", "2024-05-03 09:40", "2024-06-11 10:20"),
        ("t2", "2024-09-05 14:10", "2024-09-12 09:30"),
    ],
)
def test_every_form_was_saved_when_the_year_says(
    year: Path, period: str, first: str, last: str
) -> None:
    book = openpyxl.load_workbook(year / period / "ut/sammanstallning.xlsx", read_only=True)
    saved = sorted(
        str(row[4]) for row in book["Inlämningar"].iter_rows(min_row=4, values_only=True)
    )
    assert (saved[0], saved[-1]) == (first, last)


def test_the_next_report_tells_how_the_last_one_was_left_and_who_has_not_answered(
    year: Path,
) -> None:
    told = report(year / "t2", f"Uppsiktsrapport {DEPARTMENT} 2024 T2")
    assert (
        "Social verksamhet redovisar 33 aktiviteter för 11 av kommunens 20 mål. Läget är det som gällde den "
        "31 augusti 2024. Ytterligare tre aktiviteter, för Kommunal hälso- och sjukvård, har inte "
        "redovisats den här gången. De står kvar i rapporten, märkta ”Senast redovisat T1”, och ingår inte "
        "i siffrorna."
    ) in told
    assert "Förra omgångens rapport godkändes den 18 juni 2024 (§ 78)." in told
    assert (
        "Sedan förra omgången har två aktiviteter tillkommit, sju fått ny status, en gått bakåt i status, "
        "sju fått nytt slutdatum, en fallit bort och tre inte redovisats. Alla ändringar står i bilagan."
    ) in told
    assert sum(text.startswith("Senast redovisat T1") for text in told) == 3


def test_the_versions_are_as_they_were_handed_out(year: Path) -> None:
    """Whatever came after: another version, the second round, and two more merges."""
    versions = year / "t1/ut/versioner"
    told = {}
    for folder in sorted(versions.iterdir()):
        about = json.loads((folder / "version.json").read_text("utf-8"))
        there = {p.name: p for p in folder.iterdir() if p.name != "version.json"}
        assert about["filer"] == {
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()
        }
        told[folder.name] = (about["version"], about["datum"], sorted(there))
    letter = f"Tjänsteskrivelse {DEPARTMENT} 2024 T1.docx"
    assert told == {
        f"{DEPARTMENT} 1": (1, "2024-06-04", sorted(
            [letter, f"Uppsiktsrapport {DEPARTMENT} 2024 T1.docx", "sammanstallning.xlsx"])),
        f"{DEPARTMENT} 2": (2, "2024-06-18", sorted(
            [letter, f"Kompletterad uppsiktsrapport {DEPARTMENT} 2024 T1.docx", "sammanstallning.xlsx"])),
    }  # fmt: skip


def test_a_year_is_not_run_into_another(year: Path) -> None:
    """Its decisions would be written once more."""
    before = {path: path.read_bytes() for path in (year / "t1/ut").glob("*.xlsx")}
    with pytest.raises(CannotRunError, match="finns redan"):
        demos.demo_year(year)
    assert {path: path.read_bytes() for path in (year / "t1/ut").glob("*.xlsx")} == before
