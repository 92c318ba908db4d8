"""F207: notes on cells, and text on Läs mig that is not the form's own; nothing of it is lost."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from excel_uppsikt.excel.reading import UnreadableError, read_workbook_bytes
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import (
    README_SHEET,
    TO_CORRECT_NOTE,
    Form,
    common_form,
    goal_form,
    unit_form,
)
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.readme import foreign_texts
from excel_uppsikt.language.likeness import Comparisons
from excel_uppsikt.model import Field, Goal, Plan, Unit
from tests.changed_forms import (
    FILE,
    ILL,
    PLAN,
    TITLES,
    YOUNG,
    Edit,
    changed,
    edited,
    good_form,
    on,
    put,
    rename,
    titles,
)
from tests.excel.small_workbooks import MAIN, repacked, workbook_bytes
from tests.libreoffice import converted, needs_libreoffice
from tests.small_rounds import HOMES, SICKNESS, YOUTH, check, make_plan, places, row

REMARK = (
    "[{threaded}]\n\n{versions}: https://go.microsoft.com/fwlink/?linkid=870924\n\n"
    "{comment}:\n    Är det rätt datum?\n{reply}:\n    Ja, jag frågade Bo."
)
ENGLISH = REMARK.format(
    threaded="Threaded comment",
    versions="Your version of Excel allows you to read this threaded comment; however, any edits to "
    "it will get removed if the file is opened in a newer version of Excel. Learn more",
    comment="Comment",
    reply="Reply",
)
SWEDISH = REMARK.format(
    threaded="Trådad kommentar",
    versions="Din version av Excel låter dig läsa den här trådade kommentaren, men eventuella "
    "ändringar i den tas bort om filen öppnas i en senare version av Excel. Läs mer",
    comment="Kommentar",
    reply="Svar",
)
THREAD = "Är det rätt datum?\nJa, jag frågade Bo."
THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="{cell}" dT="2024-05-02T08:00:00" personId="{{P}}" id="{{A}}">'
    "<text>Är det rätt datum?</text></threadedComment>"
    '<threadedComment ref="{cell}" dT="2024-05-02T09:00:00" personId="{{P}}" id="{{B}}" '
    'parentId="{{A}}"><text>Ja, jag frågade Bo.</text></threadedComment></ThreadedComments>'
)


def note(sheet: str, cell: str, text: str, author: str = "Anna") -> Edit:
    """Sets a note on a cell."""

    def edit(book: Workbook) -> None:
        on(book, sheet)[cell].comment = Comment(text, author)

    return edit


def own_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Anteckningar")
    sheet["B2"] = "Ring Bo"
    sheet["B2"].comment = Comment("om schemat", "Anna")


def only_a_note(book: Workbook) -> None:
    book.create_sheet("Tomt")["C3"].comment = Comment("Hej", "Anna")


def threaded(data: bytes, cell: str) -> bytes:
    """The workbook with a thread on a cell that has Excel's copy of it as a note already."""
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: source.read(name) for name in source.namelist()}
    relations = next(
        name for name, content in parts.items() if name.endswith(".rels") and b"comments" in content
    )
    link = (
        b'<Relationship Id="rIdT" Target="../threadedComments/threadedComment1.xml" Type="http://'
        b'schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
    )
    parts[relations] = parts[relations].replace(b"</Relationships>", link)
    parts["xl/threadedComments/threadedComment1.xml"] = THREADS.format(cell=cell).encode()
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return result.getvalue()


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    """Each finding's code, sheet, cell and value."""
    return [(f.code, f.sheet or "", f.cell or "", f.value or "") for f in findings]


# --- Notes on cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param(
            (note(YOUNG, "G5", "Anna Andersson:\nSka vi ta bort den?"),),
            [(YOUNG, "G5", "Anna Andersson:\nSka vi ta bort den?")],
            id="on what the unit wrote",
        ),
        pytest.param(
            (note(YOUNG, "A1", "Fel mål?"), note(YOUNG, "H5", "Varför?"), note(ILL, "A44", "Mer?")),
            [(ILL, "A44", "Mer?"), (YOUNG, "A1", "Fel mål?"), (YOUNG, "H5", "Varför?")],
            id="on the form's own cells and on empty ones",
        ),
        pytest.param((note(YOUNG, "G5", " \n "),), [], id="without words"),
        pytest.param(
            (note(YOUNG, "G5", ENGLISH, "tc={A}"),), [(YOUNG, "G5", THREAD)], id="copy of a thread"
        ),
        pytest.param(
            (note(YOUNG, "G5", SWEDISH, "tc={A}"),), [(YOUNG, "G5", THREAD)], id="Swedish copy"
        ),
        pytest.param(
            (own_sheet,), [("Anteckningar", "", "Ring Bo | om schemat")], id="on a sheet of their own"
        ),
        pytest.param((only_a_note,), [("Tomt", "", "Hej")], id="on a sheet with nothing else"),
        pytest.param(
            (note("_uppsikt", "B2", "Rör ej?"),), [("_uppsikt", "B2", "Rör ej?")], id="hidden sheet"
        ),
        pytest.param(
            (note(YOUNG, "G5", f"{TO_CORRECT_NOTE}Kommentar saknas."),), [], id="a return's own"
        ),
    ],
)  # fmt: skip
def test_a_note_on_a_cell_is_told(
    edits: tuple[Edit, ...], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """Each once, with its own words; what the cells hold is read as ever."""
    checked = changed(tmp_path, *edits)
    assert said(checked.findings) == [("F207", *place) for place in expected]
    assert titles(checked) == TITLES


def test_a_note_is_called_a_note(tmp_path: Path) -> None:
    """The message says what to do with it."""
    (finding,) = changed(tmp_path, note(YOUNG, "G5", "Klart i maj")).findings
    assert finding.message == (
        f"Blad ”{YOUNG}”, cell G5: Cellen har en anteckning: ”Klart i maj”. Anteckningar tas inte med i "
        "rapporten. Skriv texten i kolumnen Kommentar om den ska vara med."
    )


def test_a_thread_is_told_once_in_its_own_words(tmp_path: Path) -> None:
    """Not once more by the copy for older versions, whatever that copy's language says."""
    copy = "[Kommentarkedja]\n\nEn annan version.\n\nFöreteckning:\n    Är det"
    data = edited(good_form(), note(YOUNG, "G5", copy, "tc={A}"), note(YOUNG, "B6", "Vanlig"))
    checked = check(tmp_path, PLAN, {FILE: threaded(data, "G5")})
    assert said(checked.findings) == [
        ("F207", YOUNG, "G5", THREAD),
        ("F207", YOUNG, "B6", "Vanlig"),
    ]


@needs_libreoffice
def test_notes_are_read_from_an_ods_too(tmp_path: Path) -> None:
    """With every paragraph, and without who wrote it and when."""
    data = edited(good_form(), note(YOUNG, "G5", "Rad ett\nRad två"), note(ILL, "A20", "Nytt?"))
    (tmp_path / "form.xlsx").write_bytes(data)
    path = converted(tmp_path, ["form.xlsx"], "ods") / "form.ods"
    checked = check(tmp_path / "b", PLAN, {"Hemtjänst.ods": path.read_bytes()})
    assert said(checked.findings) == [
        ("F207", ILL, "A20", "Nytt?"),
        ("F207", YOUNG, "G5", "Rad ett\nRad två"),
    ]


# --- Läs mig ----------------------------------------------------------------------------------------


def follow_up(plan: Plan, form: Form) -> bytes:
    """A form that holds what was reported the last time, with faults and a folded row."""
    rows = [
        row("Läxhjälp", previous="Pågående enligt plan"),
        row("Teater", status="", marks={Field.STATUS: "Status saknas."}),
        row("Klar", collapsed=True),
    ]
    return form_workbook(plan, form, {goal.number: rows for goal in form.goals})


def forms() -> list[tuple[Plan, Form]]:
    """Every kind of form, of plans that change what Läs mig says."""
    long = Goal(13, f"Ånge ska {'vara en kommun där alla trivs och ' * 4}må bra.", "Tillväxt")
    plans = [
        make_plan(),
        make_plan(deadline=None, sender="", sender_email=""),
        make_plan(sender_email="", minimum=14, mandatory_counts=True, common_counts=True),
        make_plan(units=(Unit("Alla & en", "Social verksamhet", minimum=1),), goals=(YOUTH, long)),
        make_plan(goals=(HOMES,), municipality="Å–n–g–e  kommun", common_counts=True),
        make_plan(goals=(SICKNESS, Goal(4, "Ännu ett", "X", 2)), minimum=0),
    ]
    return [
        (plan, form)
        for plan in plans
        for form in (
            unit_form(plan, plan.units[0]),
            common_form(plan, plan.departments[0]),
            goal_form(plan.goals[0]),
        )
    ]


def foreign(plan: Plan, data: bytes) -> list[Finding]:
    """What on a workbook's Läs mig is told as not the form's own."""
    sheet = next(s for s in read_workbook_bytes(data).sheets if s.name == README_SHEET)
    return foreign_texts(PlanTexts.of(plan), Place(FILE, README_SHEET), sheet, Comparisons())


@pytest.mark.parametrize("number", range(len(forms())))
def test_everything_on_a_forms_own_first_sheet_is_known(number: int) -> None:
    """Of every kind of form, empty, filled in and followed up: it changes with form_readme.py."""
    plan, form = forms()[number]
    assert foreign(plan, form_workbook(plan, form, {})) == []
    assert foreign(plan, follow_up(plan, form)) == []


def test_a_form_sent_out_before_the_plan_was_changed_is_known_too() -> None:
    """Another deadline, contact, least number, and a unit's earlier name."""
    before = make_plan(units=("Hemvården",))
    after = make_plan(
        units=(Unit("Hemtjänst", "Social verksamhet", earlier_names=("Hemvården",)),),
        deadline=before.settings.first_date,
        sender="Någon annan",
        sender_email="annan@exempel.se",
        minimum=5,
    )
    assert foreign(after, form_workbook(before, unit_form(before, before.units[0]), {})) == []


def write(*cells: tuple[str, str]) -> tuple[Edit, ...]:
    return tuple(put(README_SHEET, cell, text) for cell, text in cells)


def copied(book: Workbook) -> None:
    """Läs mig once more, with a text on the copy alone."""
    copy = book.copy_worksheet(on(book, README_SHEET))
    copy.title = "Läs mig (2)"
    copy["C2"] = "Se bilagan"


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param(
            write(("C3", "Vi har bytt chef"), ("A40", "Mer följer")),
            [(README_SHEET, "C3", "Vi har bytt chef"), (README_SHEET, "A40", "Mer följer")],
            id="beside and below",
        ),
        pytest.param(
            write(("A3", "Lämna in senast 10 maj 2024 – det hinner vi inte")),
            [(README_SHEET, "A3", "Lämna in senast 10 maj 2024 – det hinner vi inte")],
            id="added to the form's own line",
        ),
        pytest.param(
            write(("A1", "Hemtjänst och Bemanning")),
            [(README_SHEET, "A1", "Hemtjänst och Bemanning")],
            id="in place of the form's own line",
        ),
        pytest.param(
            (note(README_SHEET, "B12", "Stämmer det?"), *write(("C3", "Ja"))),
            [(README_SHEET, "C3", "Ja"), (README_SHEET, "B12", "Stämmer det?")],
            id="a note",
        ),
        pytest.param((rename(README_SHEET, "Info"),), [], id="renamed"),
        pytest.param(
            (rename(README_SHEET, "Info"), put("Info", "C3", "Ja")), [("Info", "C3", "Ja")],
            id="renamed and written on",
        ),
        pytest.param((copied,), [("Läs mig (2)", "C2", "Se bilagan")], id="copied"),
        pytest.param(
            write(*((f"G{at}", f"Rad {at}") for at in range(1, 6))),
            [(README_SHEET, f"G{at}", f"Rad {at}") for at in range(1, 6)],
            id="five",
        ),
        pytest.param(
            write(*((f"G{at}", f"Rad {at}") for at in range(1, 7))),
            [(README_SHEET, "", " | ".join(f"G{at}: Rad {at}" for at in range(1, 7)))],
            id="more than five are one finding",
        ),
    ],
)  # fmt: skip
def test_text_on_the_first_sheet_is_told(
    edits: tuple[Edit, ...], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """With its cell; the form's own words beside it are not."""
    checked = changed(tmp_path, *edits)
    assert said(checked.findings) == [("F207", *place) for place in expected]
    assert titles(checked) == TITLES


def test_a_form_of_another_wording_is_one_finding(tmp_path: Path) -> None:
    """As when the round's forms were made with an earlier version of the program."""

    def reworded(book: Workbook) -> None:
        for cells in on(book, README_SHEET).iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and not re.match(r"=|Formulär-id", cell.value):
                    cell.value = f"Förr: {cell.value}"

    checked = changed(tmp_path, reworded)
    assert places(checked.findings) == [("F207", FILE, README_SHEET, "")]
    assert titles(checked) == TITLES


@pytest.mark.parametrize("own", [True, False])
def test_notes_that_several_sheets_point_at_are_read_once(own: bool) -> None:
    """No program writes such a file; read again for each sheet, a small one could take minutes.

    Where the sheets are one part too, none of them is read.
    """
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    names = [f"S{at}" for at in range(3)]
    own_parts = [f"sheet{at}.xml" if own else "sheet1.xml" for at in range(1, 4)]
    links = "".join(
        f'<Relationship Id="r{name}" Type="{relations}/worksheet" Target="worksheets/{part}"/>'
        for name, part in zip(names, own_parts, strict=True)
    )
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{name}"/>' for at, name in enumerate(names, 1)
    )
    comment = '<comment ref="B2"><text><t>Hej</t></text></comment>'
    noted = f'<Relationship Id="a" Type="{relations}/comments" Target="../comments1.xml"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relations}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        **{
            f"xl/worksheets/{part}": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
            for part in own_parts
        },
        **{
            f"xl/worksheets/_rels/{part}.rels": f'<Relationships xmlns="{package}">{noted}'
            "</Relationships>"
            for part in own_parts
        },
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{comment * 2}</commentList>'
        "</comments>",
    }
    data = repacked(workbook_bytes(), {name: part.encode() for name, part in parts.items()})
    if not own:
        with pytest.raises(UnreadableError) as caught:
            read_workbook_bytes(data)
        assert caught.value.reason.value == "damaged"
        return
    workbook = read_workbook_bytes(data)
    assert [dict(sheet.notes) for sheet in workbook.sheets] == [{(2, 2): "Hej\nHej"}, {}, {}]
