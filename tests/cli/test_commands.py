"""The commands as they are run: what they print, what they write, and how they end."""

import json
import os
import re
from pathlib import Path

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.plan.writing import as_workbook
from tests.cli.good_round import GOOD, PLAN, good
from tests.cli.running import uppsikt, uppsikt_alone
from tests.small_rounds import YOUTH, make_plan, make_round, on_linux, own_form, row, saved

__all__ = ["good"]


def test_a_round_without_faults_ends_with_0(good: Path) -> None:
    """What was read, what was written where, and what remains."""
    done = uppsikt_alone("run", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:4] == [
        "1 arbetsbok lästes: 3 rader, 3 aktiviteter efter sammanslagning.",
        "Inga anmärkningar. Allt är klart.",
        f"Skrev {good / 'ut/sammanstallning.xlsx'}",
        f"Skrev {good / 'ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx'}",
    ]


def test_a_warning_alone_ends_with_0_and_an_error_with_1(tmp_path: Path) -> None:
    """Everything that could be made is made in either case."""
    late = {**GOOD, 3: [row("För sent", end="2042-12-31")]}
    wrong = {**GOOD, 3: [row("Fel datum", end="31 februari")]}
    for name, rows, status in (("varning", late, 0), ("fel", wrong, 1)):
        inbox = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", rows)}
        folder = make_round(tmp_path / name, PLAN, inbox)
        done = uppsikt("run", folder)
        assert (done.returncode, done.stderr) == (status, ""), done.stdout
        assert (folder / "ut/sammanstallning.xlsx").is_file()
        assert len(list((folder / "ut/rapporter").iterdir())) == 1


def test_findings_stand_under_their_file_one_to_a_line(tmp_path: Path) -> None:
    """In a pipe: file, then severity, code and message, unwrapped."""
    rows = {**GOOD, 3: [row("Fel", end="31 februari", status="På gång")]}
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    lines = uppsikt("check", folder).stdout.splitlines()
    assert lines[0] == "inkorg/Hemtjänst.xlsx"
    assert [line.split()[:2] for line in lines[1:3]] == [["fel", "R302"], ["fel", "R305"]]
    assert "Blad ”3 Ånge ska ha ett positivt”, cell D5: Slutdatum ”31 februari”" in lines[1]
    assert lines[3:] == [
        "",
        "1 arbetsbok lästes: 4 rader, 4 aktiviteter efter sammanslagning.",
        f"Skrev 1 retur i {folder / 'ut/retur'}, med det som ska rättas markerat, till: Hemtjänst.",
        f'  Gör mejl med dem: uppsikt mail "{folder}" returns',
        "2 fel. Rätta felen, eller be enheterna rätta dem.",
    ]
    assert not (folder / "ut/sammanstallning.xlsx").exists()


@on_linux
def test_a_file_name_that_is_not_utf_8_stops_no_command(tmp_path: Path) -> None:
    """What should be written is, and the file has its return."""
    rows = {**GOOD, 3: [row("Fel", end="31 februari")]}
    folder = make_round(
        tmp_path, PLAN, {os.fsdecode(b"Hemtj\xe4nst.xlsx"): own_form(PLAN, "Hemtjänst", rows)}
    )
    told = json.loads(uppsikt_alone("check", folder, "--format", "json").stdout)
    name = "inkorg/Hemtj\ufffdnst.xlsx"
    assert [submission["file"] for submission in told["submissions"]] == [name]
    assert [finding["file"] for finding in told["findings"]] == [name]
    for run, command in ((uppsikt, "merge"), (uppsikt, "run"), (uppsikt_alone, "run")):
        done = run(command, folder)
        assert (done.returncode, done.stderr) == (1, ""), done.stdout
        assert done.stdout.splitlines()[0] == name
    assert sorted(path.name for path in (folder / "ut").rglob("*.*") if path.is_file()) == [
        "Hemtjänst.xlsx",
        "Tjänsteskrivelse Social verksamhet 2024 T1.docx",
        "Uppsiktsrapport Social verksamhet 2024 T1.docx",
        "gjorda-rapporter.json",
        "gjorda-returer.json",
        "retur.json",
        "sammanstallning.xlsx",
        "skrivna.json",
    ]


def test_json_has_the_designs_keys(good: Path) -> None:
    """One object on standard output; dates ISO, paths relative, null for what is missing."""
    done = uppsikt("check", good, "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(told) == ["round", "submissions", "activities", "findings", "summary"]
    assert told["submissions"] == [
        {
            "file": "inkorg/Hemtjänst.xlsx",
            "unit": "Hemtjänst",
            "department": "Social verksamhet",
            "activities": 3,
            "used": True,
        }
    ]
    first = told["activities"][0]
    first.pop("id")
    assert first == {
        "goal": "Sjukfrånvaron ska minska.",
        "title": "Hälsosamtal",
        "units": ["Hemtjänst"],
        "department": "Social verksamhet",
        "start": "2024-01-15",
        "end": "2024-09-30",
        "description": "Ger bättre kvalitet.",
        "status": "Pågående enligt plan",
        "comment": "Arbetet pågår.",
        "included": True,
        "sources": [
            {"file": "inkorg/Hemtjänst.xlsx", "sheet": "1 Sjukfrånvaron ska minska", "row": 5}
        ],
    }
    assert (told["findings"], told["summary"]) == ([], {"errors": 0, "warnings": 0, "hints": 0})


def test_a_plan_that_cannot_be_used_ends_with_2_and_its_findings(tmp_path: Path) -> None:
    """The findings say where the plan is wrong; one line says that nothing could be run."""
    folder = make_round(tmp_path, make_plan(goals=()), {})
    done = uppsikt("run", folder)
    assert done.returncode == 2
    assert done.stdout.startswith("Planen (plan.xlsx)\n  fel P102 Blad ”Mål”: ")
    assert done.stderr == "Planen kan inte användas förrän felen i den är rättade.\n"


def test_a_blank_plans_findings_stand_in_the_order_of_its_cells(tmp_path: Path) -> None:
    """Each says what is to be filled in."""
    assert uppsikt("init", tmp_path).returncode == 0
    head, *lines = uppsikt("check", tmp_path).stdout.splitlines()
    assert head == "Planen (plan.xlsx)"
    assert [re.search(r"”(\w+)”(?:, cell (\w+))?: (\w+)", line).groups() for line in lines] == [  # type: ignore[union-attr]
        ("Enheter", None, "Bladet"),
        ("Omgång", "B4", "Kommun"),
        ("Omgång", "B5", "År"),
        ("Omgång", "B6", "Period"),
        ("Omgång", "B9", "Avstämningsdatum"),
        ("Verksamheter", None, "Bladet"),
    ]


def test_a_plan_that_is_no_workbook_ends_with_2(tmp_path: Path) -> None:
    """The line names the file and what to do."""
    (tmp_path / "plan.xlsx").write_bytes(b"inte en arbetsbok")
    done = uppsikt("status", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "plan.xlsx") in done.stderr


def test_init_makes_a_round_that_is_ready_to_fill_in(tmp_path: Path) -> None:
    """A plan and an inbox; the blank plan's own faults are told when it is run."""
    folder = tmp_path / "ny omgång"
    done = uppsikt("init", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["inkorg", "plan.xlsx"]
    ran = uppsikt("run", folder)
    assert ran.returncode == 2
    assert "År saknas" in ran.stdout


def test_init_refuses_a_folder_that_has_a_round(good: Path) -> None:
    """The plan that is there is left untouched."""
    before = (good / "plan.xlsx").read_bytes()
    done = uppsikt("init", good)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{good} har redan en plan.xlsx. Inget ändrades. Välj en annan mapp.\n"
    assert (good / "plan.xlsx").read_bytes() == before


def test_templates_writes_a_form_a_unit_and_one_a_department(good: Path) -> None:
    """Or one a goal with --per goal."""
    assert uppsikt("templates", good).returncode == 0
    forms = {path.name for path in (good / "mallar").iterdir()}
    assert forms == {"Hemtjänst.xlsx", "Gemensamt Social verksamhet.xlsx"}
    assert uppsikt("templates", good, "--per", "goal").returncode == 0
    assert {path.name for path in (good / "mallar").iterdir()} - forms == {
        "Mål 1 Sjukfrånvaron ska minska.xlsx",
        "Mål 2 Kommunens ungdomar ska känna ökad trygghet.xlsx",
        "Mål 3 Ånge ska ha ett positivt flyttnetto.xlsx",
    }


def test_status_tells_who_has_handed_in_and_who_owes_what(tmp_path: Path) -> None:
    """A line for each unit, and whom to wait for."""
    plan = make_plan()
    form = saved(own_form(plan, "Hemtjänst", {2: [row("En")]}), "2024-05-02T08:30")
    folder = make_round(tmp_path, plan, {"a.xlsx": form})
    lines = uppsikt("status", folder, "--today", "2024-05-07").stdout.splitlines()
    lacking = "aktiviteter; 0 av 1 för ”Sjukfrånvaron ska minska”"
    assert [" ".join(line.split()) for line in lines] == [
        "Enhet Inlämnat Aktiviteter Kvar att rätta Retur Regeln",
        f"Hemtjänst inkorg/a.xlsx (sparad 2024-05-02) 1 2 fel ✘ 1 av 2 {lacking}",
        f"Bemanning nej ✘ 0 av 2 {lacking}",
        "Social verksamhet: 1 av 2 har lämnat in, 1 rad, 2 fel kvar att rätta.",
        "Väntar på Bemanning. Sista svarsdag är 2024-05-10, om 3 dagar.",
        f'Påminn dem som inte har lämnat in eller har fel kvar: uppsikt mail "{folder}" reminders',
        f'2 fel och 1 varning. Se: uppsikt check "{folder}"',
    ]


def test_rules_explains_every_code_or_one() -> None:
    """Each code with when it is given, an example, and what to do."""
    every = uppsikt("rules")
    assert every.returncode == 0
    assert [line.split()[0] for line in every.stdout.splitlines()[::3]] == list(CATALOGUE)
    one = uppsikt("rules", "r302")
    assert one.stdout.splitlines() == [
        "R302 (fel) Ett datum går inte att läsa eller finns inte.",
        "  Exempel: 31 februari, eller 03/04/2024.",
        "  Gör så här: Skriv datumet som år-månad-dag, till exempel 2024-03-01.",
    ]


def test_demo_runs_the_sample_and_can_be_run_again(tmp_path: Path) -> None:
    """Forms, compilation and report are made; a second run ends the same."""
    for _ in "ab":
        done = uppsikt("demo", "prov", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    made = {
        path.relative_to(tmp_path / "prov").as_posix() for path in (tmp_path / "prov").rglob("*.*x")
    }
    returns = {name for name in made if name.startswith("ut/retur/")}
    assert len(returns) == 7
    assert {name for name in made if name.startswith("ut/")} - returns == {
        "ut/tjansteskrivelser/Tjänsteskrivelse Social verksamhet 2024 T1.docx",
        "ut/sammanstallning.xlsx",
        "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx",
    }
    assert len([name for name in made if name.startswith("mallar/")]) == 7


def test_demo_leaves_a_round_of_ones_own_alone(tmp_path: Path) -> None:
    """A folder with another plan is refused."""
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(PLAN))
    done = uppsikt("demo", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (tmp_path / "plan.xlsx").read_bytes() == as_workbook(PLAN)


def test_an_open_compilation_is_told_and_left(good: Path) -> None:
    """A target that is open in Excel gives one clear line, and nothing is half written."""
    uppsikt("merge", good)
    before = (good / "ut/sammanstallning.xlsx").read_bytes()
    (good / "ut/~$sammanstallning.xlsx").write_bytes(b"")
    late = {**GOOD, YOUTH.number: [row("Fältarbete"), row("Läxhjälp"), row("Sommarläger")]}
    (good / "inkorg/Hemtjänst.xlsx").write_bytes(own_form(PLAN, "Hemtjänst", late))
    done = uppsikt("run", good)
    assert done.returncode == 2
    assert (
        "sammanstallning.xlsx är öppen i ett annat program. Stäng den och kör igen." in done.stderr
    )
    assert (good / "ut/sammanstallning.xlsx").read_bytes() == before
    assert not (good / "ut/rapporter").exists()
