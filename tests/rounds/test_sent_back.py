"""A whole round that is sent back, completed and handed out again; what was handed out stays as it was."""

from datetime import date
from pathlib import Path

from excel_uppsikt.rounds.publishing import publish
from tests.compilation.edited_rounds import hand_in
from tests.rounds.completed_rounds import (
    PLAN,
    about,
    beslut,
    filled,
    form,
    marks,
    merge,
    paragraphs,
    report,
)
from tests.rounds.sent_back_rounds import (
    AFTER,
    COMPLETED,
    TOLD,
    UNTOUCHED,
    completed,
    found,
    sent_back,
    state,
)
from tests.small_rounds import CARE, own_form, row

FIRST_REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
LETTER = "Tjänsteskrivelse Social verksamhet 2024 T1.docx"
VERSIONS = "ut/versioner"


def test_a_round_from_first_report_to_completed_one(tmp_path: Path) -> None:
    sent_back(tmp_path)
    first = marks(tmp_path / VERSIONS)
    assert sorted(first) == sorted(
        f"Social verksamhet 1/{name}"
        for name in (FIRST_REPORT, LETTER, "sammanstallning.xlsx", "version.json")
    )
    assert about(tmp_path, "Social verksamhet 1") == {
        "verksamhet": CARE,
        "version": 1,
        "datum": "2024-05-20",
        "filer": {
            name.partition("/")[2]: mark
            for name, mark in first.items()
            if "version.json" not in name
        },
        "beslut": None,
    }
    decided = beslut(tmp_path)
    made = sorted(path.name for path in (tmp_path / "mallar/komplettering").iterdir())
    assert made == ["Bemanning.xlsx", "Boende.xlsx", "Hemtjänst.xlsx"]
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    hand_in(tmp_path, "Boende.xlsx", own_form(PLAN, "Boende", {3: [row("Sen aktivitet")]}))
    for _ in range(3):
        assert found(merge(tmp_path)) == TOLD
        assert state(tmp_path) == AFTER | {"Sen aktivitet": UNTOUCHED}
        assert beslut(tmp_path) == decided
    report(tmp_path)
    published = publish(tmp_path, unfinished=True, today=date(2024, 6, 20))
    assert published.ok
    last = marks(tmp_path / VERSIONS)
    assert {name: mark for name, mark in last.items() if " 1/" in name} == first
    assert sorted(name for name in last if " 2/" in name) == sorted(
        f"Social verksamhet 2/{name}"
        for name in (COMPLETED, LETTER, "sammanstallning.xlsx", "version.json")
    )
    assert about(tmp_path, "Social verksamhet 2")["datum"] == "2024-06-20"


def test_the_completed_report_tells_what_was_asked_and_done_and_marks_it(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    hand_in(tmp_path, "Boende.xlsx", own_form(PLAN, "Boende", {3: [row("Sen aktivitet")]}))
    merge(tmp_path)
    report(tmp_path)
    texts = paragraphs(tmp_path / "ut/rapporter" / COMPLETED)
    at = len(texts) - texts[::-1].index("Komplettering efter återremiss") - 1
    end = len(texts) - texts[::-1].index("Sammanfattning") - 1
    assert texts[at:end] == [
        "Komplettering efter återremiss",
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering.",
        "Skäl",
        "Underlaget räcker inte.",
        "Vad som begärdes, och vad som har gjorts",
        "Tre kompletteringar begärdes. Om en av dem har inget kommit in ännu.",
        "Lovaktiviteter (Hemtjänst)",
        "Begärt: Ange hur många barn som deltog.",
        "Gjort:",
        "Slutdatum: 2024-09-30 blev 2024-10-31.",
        "Kommentar: Femtio barn deltog.",
        "Scheman (Bemanning)",
        "Begärt: Vad är klart?",
        "Gjort: Inget har kommit in ännu.",
        "Boende",
        "Begärt: Varför saknas redovisning?",
        "Gjort:",
        "Ny aktivitet: ”Sen aktivitet”.",
    ]
    marked = [
        (texts[n - 1], text) for n, text in enumerate(texts) if text.endswith("efter återremissen")
    ]
    assert marked == [
        ("Lovaktiviteter", "Kompletterad efter återremissen"),
        ("Sen aktivitet", "Ny efter återremissen"),
    ]
    assert "Förvaltningen föreslår att utskottet godkänner rapporten." in texts
    letter = paragraphs(tmp_path / "ut/tjansteskrivelser" / LETTER)
    assert "Förvaltningen föreslår att utskottet godkänner rapporten." in letter
    assert (
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering. "
        "Tre kompletteringar begärdes. Om en av dem har inget kommit in ännu."
    ) in letter
    assert COMPLETED.removesuffix(".docx") in letter
