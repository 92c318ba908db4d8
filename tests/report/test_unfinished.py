"""Nothing is mailed or published with something left to fill in, wherever in the Word file it stands."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from excel_uppsikt.cli import commands
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Compilation, Department, Line, Plan, Recipient
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.texts import unfilled
from excel_uppsikt.report.account import Account, report_name
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.manuscript import REASONS_PROMPT
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.round_paths import MAILINGS, PUBLISHED, REPORTS
from excel_uppsikt.word.left_over import LeftOver, words_left
from tests.report.test_document import TEMPLATE, activity, lines, report
from tests.report.test_template import as_file, control
from tests.small_rounds import make_plan, make_round, own_form, row

pytestmark = pytest.mark.usefixtures("unmeasured")
PLAN = make_plan()
OTHER = Department("Teknik", "tekniska utskottet", date(2024, 6, 4))
READERS = (
    Recipient(PLAN.departments[0].name, "Åsa", "asa@exempel.se"),
    Recipient(OTHER.name, "Bo", "bo@exempel.se"),
)
INTRODUCTION = "Ärendet har nummer {diarienummer} hos kommunen."


def with_text(section: str, text: str, **choices: object) -> Plan:
    """The plan with another text in one section, and two departments with a recipient each."""
    texts = [(s, h, text if s == section else t) for s, h, t in DEFAULT_TEXTS]
    known: dict[str, object] = {
        "departments": (PLAN.departments[0], OTHER),
        "recipients": READERS,
        "report_title": "Uppsiktsrapport",
    }
    return make_plan(texts=texts, **{**known, **choices})  # type: ignore[arg-type]


def made_round(folder: Path, plan: Plan, title: str = "Samtal", comment: str = "Pågår.") -> Path:
    """A round whose reports have been made; the title and comment are a unit's."""
    rows = {1: [row(title, comment=comment)], 2: [row("A")], 3: [row("B")]}
    inbox = {f"{unit.name}.xlsx": own_form(plan, unit.name, rows) for unit in plan.units}
    commands.run(make_round(folder, plan, inbox))
    return folder


def files(folder: Path) -> list[str]:
    """What has been published and mailed, by name."""
    found = [*(folder / PUBLISHED).glob("*.docx"), *(folder / MAILINGS).glob("*.eml")]
    return sorted(path.name for path in found)


def reports(folder: Path) -> int:
    """Mails the reports."""
    return commands.mail(folder, kind=MailKind.REPORTS)


def publish(folder: Path) -> int:
    """Publishes the reports."""
    return commands.publish(folder, department=None)


@pytest.mark.parametrize(
    ("command", "name"),
    [(reports, "Rapport Social verksamhet Åsa.eml"),
     (publish, "Uppsiktsrapport Social verksamhet 2024 T1.docx")],
)  # fmt: skip
def test_a_fixed_text_with_a_word_left_stops_mail_and_publishing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Callable[[Path], int], name: str
) -> None:
    """Exit 1, where it stands and what to do; with --unfinished it goes out, and the name is there."""
    folder = made_round(tmp_path / "omgång", with_text("Inledning", INTRODUCTION))
    capsys.readouterr()
    assert command(folder) == 1
    assert files(folder) == []
    told = capsys.readouterr().out
    assert (
        "{diarienummer} står kvar i stycket ”Ärendet har nummer {diarienummer} hos kommunen.”."
        in told
    )
    assert "Ska den gå ut ändå: lägg till --unfinished." in told
    again = (
        commands.mail(folder, kind=MailKind.REPORTS, unfinished=True)
        if command is reports
        else commands.publish(folder, department=None, unfinished=True)
    )
    assert again == 0
    assert name in files(folder)


@pytest.mark.parametrize("command", [reports, publish])
def test_a_word_in_the_templates_head_stops_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Callable[[Path], int]
) -> None:
    """The round's own template is known by its report alone, where the word is left."""
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "{handläggare}"
    folder = make_round(tmp_path / "omgång", make_plan(recipients=READERS[:1]), {})
    (folder / "rapportmall.docx").write_bytes(as_file(own))
    assert commands.report(folder, department=None, pdf=False, sources=False) == 0
    capsys.readouterr()
    assert (command(folder), files(folder)) == (1, [])
    assert "  {handläggare} står kvar i sidhuvudet.\n" in capsys.readouterr().out


@pytest.mark.parametrize("command", [reports, publish])
def test_only_the_department_that_lacks_something_is_held_back(
    tmp_path: Path, command: Callable[[Path], int]
) -> None:
    """A committee that the plan does not name leaves {utskott} in that department's report alone."""
    nameless = replace(OTHER, committee="")
    departments = (PLAN.departments[0], nameless)
    folder = made_round(
        tmp_path / "omgång", with_text("", "", departments=departments, with_letter=False)
    )
    assert command(folder) == 1
    (name,) = files(folder)
    assert "Social verksamhet" in name


def test_a_mail_with_a_word_left_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan's own words in braces and others alike; a draft from before is taken away."""
    plan = with_text("Mejl rapporter", "Hej {mottagare}! Ange {diarienummer} ({enhet}).")
    folder = made_round(tmp_path / "omgång", plan)
    assert commands.mail(folder, kind=MailKind.REPORTS, unfinished=True) == 0
    assert len(files(folder)) == 2
    capsys.readouterr()
    assert reports(folder) == 1
    assert files(folder) == []
    told = capsys.readouterr().out
    where = "står kvar i mejlet (planens blad Texter, avsnittet Mejl rapporter)."
    assert [line for line in told.splitlines() if "står kvar" in line] == [
        f"  {{diarienummer}} {where}",
    ] * 2
    assert publish(folder) == 0


def test_a_placeholder_in_a_units_text_stops_them_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """R308, at its cell in the compilation, until it has been corrected there or in the Word file."""
    plan = make_plan(recipients=READERS[:1])
    folder = made_round(tmp_path / "omgång", plan, comment="Ökade med XXX procent.")
    capsys.readouterr()
    assert (reports(folder), publish(folder), files(folder)) == (1, 1, [])
    told = {line for line in capsys.readouterr().out.splitlines() if "står kvar" in line}
    assert told == {"  XXX står kvar i sammanstallning.xlsx, blad ”Aktiviteter”, cell I4."}
    path = folder / REPORTS / report_name(plan, plan.departments[0])
    document = docx.Document(str(path))
    for text in document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    ):
        text.text = (text.text or "").replace("XXX", "tre")
    document.save(str(path))
    assert (reports(folder), publish(folder)) == (0, 0)


def test_braces_that_a_unit_has_written_are_its_own(tmp_path: Path) -> None:
    """Also a word that the plan could fill in, for a unit's text is never a template."""
    plan = make_plan(recipients=READERS[:1])
    folder = made_round(tmp_path / "omgång", plan, "Mall {namn}", "Se {utskott} och {a: 1}.")
    assert (reports(folder), publish(folder)) == (0, 0)
    assert len(files(folder)) == 2


def test_the_prompt_of_the_room_for_reasons_is_not_published(tmp_path: Path) -> None:
    """The lines stand empty."""
    folder = made_round(tmp_path / "omgång", PLAN)
    assert publish(folder) == 0
    name = report_name(PLAN, PLAN.departments[0])
    before, after = (
        lines(docx.Document(str(folder / place / name))) for place in (REPORTS, PUBLISHED)
    )
    assert ("Uppsikt skrivrum", f"{REASONS_PROMPT}\n\n\n\n") in before
    assert ("Uppsikt skrivrum", "\n\n\n\n") in after


def edited(change: Callable[[Document], object]) -> bytes:
    """The report as a person has changed it in Word."""
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_text_box(document: Document) -> None:
    """Puts a text box first in the document."""
    box = (
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Ring {telefon nummer}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    )
    body = parse_xml(f"<w:body {nsdecls('w')}>{box}</w:body>")
    document.element.body.insert(0, body[0])


def divided(document: Document) -> None:
    """Writes a word in braces the way Word may divide it."""
    paragraph = document.paragraphs[0]
    for piece in ("Dnr {", "dia", "rie nummer", "} slut"):
        paragraph.add_run(piece)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.sections[0].header.paragraphs[0].add_run("{handläggare}"),
         [LeftOver("{handläggare}", "i sidhuvudet")]),
        (lambda d: d.sections[0].footer.paragraphs[0].add_run("{handläggare}"),
         [LeftOver("{handläggare}", "i sidfoten")]),
        (in_text_box, [LeftOver("{telefon nummer}", "i stycket ”Ring {telefon nummer}”")]),
        (lambda d: d.paragraphs[0]._p.append(control("x", "{handläggare}")),
         [LeftOver("{handläggare}", "i stycket ”Ånge kommun{handläggare} här.”")]),
        (divided, [LeftOver("{diarie nummer}", "i stycket ”Ånge kommunDnr {diarie nummer} slut”")]),
        (lambda d: d.paragraphs[0].add_run("{1} {} {a: 1} {% if %} {x}"),
         [LeftOver("{x}", "i stycket ”kommun{1} {} {a: 1} {% if %} {x}”")]),
        (lambda d: setattr(d.core_properties, "title", "Om {verksamet}"),
         [LeftOver("{verksamet}", "i dokumentets titel")]),
    ],
    ids=["header", "footer", "text box", "control", "divided", "code", "title"],
)  # fmt: skip
def test_it_is_found_wherever_it_stands(
    change: Callable[[Document], object], expected: Sequence[LeftOver]
) -> None:
    """In a report edited by hand; numbers and pieces of code in braces are nothing to fill in."""
    data = edited(change)
    assert list(words_left(data)) == expected
    account = Account([activity("A")])
    found = left_in_report(
        data, PLAN, PLAN.departments[0], Compilation(), template=TEMPLATE, account=account
    )
    assert list(found) == expected


def test_what_a_template_asks_for_is_told_though_a_unit_writes_the_same() -> None:
    """The unit's braces are its own; the template's are still left."""
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "{handläggare} {verksamhet}"
    template = as_file(own)
    written = activity("Mall för {handläggare} och {verksamhet}")
    compilation = Compilation((Line(written, None),))
    department = PLAN.departments[0]
    for used, expected in (
        (
            template,
            [LeftOver("{handläggare}", "i stycket ”Mall för {handläggare} och {verksamhet}”")],
        ),
        (TEMPLATE, []),
    ):
        account = Account([written])
        data = make_report(PLAN, department, account, template=used).data
        found = left_in_report(data, PLAN, department, compilation, template=used, account=account)
        assert list(found) == expected


def test_what_is_no_document_has_nothing_left() -> None:
    """A report with a password is told as such elsewhere."""
    assert words_left(b"") == words_left(b"PK") == ()


def test_any_words_in_braces_in_a_fixed_text_are_unfilled() -> None:
    """Those a plan knows and others, each once; the room for reasons is a place to write in."""
    text = "{utskott} {handläggare} {utskott} {plats för skäl} {1} {a b}"
    assert unfilled(text) == ("{utskott}", "{handläggare}", "{a b}")
