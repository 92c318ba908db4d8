"""Reports made ready to publish: no names of people in the file, and nothing lost of its text."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from excel_uppsikt.cli import commands
from excel_uppsikt.model import Department
from excel_uppsikt.report.account import report_name
from excel_uppsikt.round_paths import REPORTS
from excel_uppsikt.word.pages import libreoffice
from excel_uppsikt.word.publishing import Unfinished, published
from tests.report.test_document import activity, lines, report
from tests.small_rounds import make_plan, make_round, own_form, row

PLAN = make_plan()
SOMEONE = "Karin Exempelsson"


def edited(data: bytes) -> bytes:
    """The report as Word saves it when someone has changed a sentence in it."""
    document = docx.Document(io.BytesIO(data))
    document.core_properties.author = document.core_properties.last_modified_by = SOMEONE
    paragraph = next(p for p in document.paragraphs if p.text.startswith("Rapporten visar"))
    paragraph.runs[0].text = "Omskrivet för hand."
    paragraph._p.set(qn("w:rsidR"), "00A1B2C3")
    document.settings.element.append(
        parse_xml(f'<w:rsids {nsdecls("w")}><w:rsid w:val="00A1B2C3"/></w:rsids>')
    )
    stream = io.BytesIO()
    document.save(stream)
    return with_parts(
        stream.getvalue(),
        {
            "word/people.xml": f'<w15:people xmlns:w15="x"><w15:person author="{SOMEONE}"/></w15:people>',
            "docProps/custom.xml": f"<Properties>{SOMEONE}</Properties>",
            "docProps/app.xml": f"<Properties><Manager>{SOMEONE}</Manager><Company>X</Company></Properties>",
        },
    )


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The file with these parts, named in its lists as Word does."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                named = "".join(
                    f'<Override PartName="/{part}" ContentType="application/xml"/>'
                    for part in parts
                )
                content = content.replace(b"</Types>", f"{named}</Types>".encode())
            if name == "word/_rels/document.xml.rels":
                relation = '<Relationship Id="rIdP" Type="people" Target="people.xml"/>'
                content = content.replace(
                    b"</Relationships>", f"{relation}</Relationships>".encode()
                )
            if name not in parts:
                target.writestr(name, content)
        for name, text in parts.items():
            target.writestr(name, text)
    return result.getvalue()


def everything(data: bytes) -> dict[str, bytes]:
    """Every part of a file, those of a workbook inside it too."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    inner = {n: everything(part) for n, part in parts.items() if n.endswith(".xlsx")}
    return parts | {
        f"{n}/{name}": part for n, found in inner.items() for name, part in found.items()
    }


def test_nobody_is_named_in_the_clean_copy_and_the_text_is_whole() -> None:
    """The edit stands; author, last editor, manager, company, people and sittings are gone."""
    before = edited(report(PLAN, [activity("A")]))
    clean = published(before, author="Ånge kommun")
    assert isinstance(clean, bytes)
    opened = docx.Document(io.BytesIO(clean))
    assert lines(opened) == lines(docx.Document(io.BytesIO(before)))
    assert "Omskrivet för hand." in [p.text for p in opened.paragraphs]
    properties = opened.core_properties
    assert (properties.author, properties.last_modified_by) == ("Ånge kommun", "Ånge kommun")
    parts = everything(clean)
    assert not [name for name, part in parts.items() if SOMEONE.encode() in part]
    assert not [name for name, part in parts.items() if b"rsid" in part]
    assert {"word/people.xml", "docProps/custom.xml"}.isdisjoint(parts)
    named = parts["[Content_Types].xml"] + parts["word/_rels/document.xml.rels"]
    assert b"people" not in named
    assert b"docProps/custom" not in named
    assert b"<Manager></Manager><Company></Company>" in parts["docProps/app.xml"]


def _canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n", exclusive=True)


def test_what_the_program_made_is_only_repacked() -> None:
    """Of a report nobody has touched every part is left as it means the same XML."""
    data = report(PLAN, [activity("A")])
    clean = published(data, author="Ånge kommun")
    assert isinstance(clean, bytes)
    before, after = everything(data), everything(clean)
    assert set(before) == set(after)
    for name in before:
        # The name of the template that python-docx began with is not kept.
        if name.endswith(".xml") and name != "docProps/app.xml":
            assert _canonical(before[name]) == _canonical(after[name]), name


def test_comments_and_tracked_changes_are_for_a_person_to_settle() -> None:
    """They tell what was said on the way; how many there are is answered, and nothing made."""
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    first = document.paragraphs[-1]._p
    first.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="{SOMEONE}"><w:r><w:t>nytt</w:t></w:r></w:ins>'
        )
    )
    first.append(parse_xml(f'<w:r {nsdecls("w")}><w:commentReference w:id="0"/></w:r>'))
    stream = io.BytesIO()
    document.save(stream)
    assert published(stream.getvalue(), author="Ånge kommun") == Unfinished(comments=1, changes=1)


def test_paths_rights_and_figures_tell_of_nobody() -> None:
    """The template's path, variables, editing rights, and the workbook of a chart that was edited."""
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    settings = document.settings.element
    settings.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="rId1"/>'))
    settings.append(
        parse_xml(f'<w:docVars {nsdecls("w")}><w:docVar w:name="n" w:val="{SOMEONE}"/></w:docVars>')
    )
    first = document.paragraphs[-1]._p
    first.append(parse_xml(f'<w:permStart {nsdecls("w")} w:id="1" w:ed="{SOMEONE}"/>'))
    stream = io.BytesIO()
    document.save(stream)
    template = f"file:///C:/Users/{SOMEONE}/Mall.dotx"
    relation = (
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="{template}" TargetMode="External"/>'
    )
    core = f'<c xmlns:dc="d"><!-- {SOMEONE} --><dc:creator>{SOMEONE}</dc:creator></c>'
    data = with_parts(
        stream.getvalue(),
        {
            "word/_rels/settings.xml.rels": f"<Relationships>{relation}</Relationships>",
            "docProps/app.xml": f"<Properties><Template>{SOMEONE}.dotx</Template></Properties>",
        },
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        figures = source.read("word/embeddings/uppsikt1.xlsx")
    edited_figures = with_parts(
        figures,
        {
            "docProps/custom.xml": f"<Properties>{SOMEONE}</Properties>",
            "docProps/core.xml": core.replace(f"<!-- {SOMEONE} -->", "<!-- a -->"),
            "xl/persons/person.xml": f"<persons>{SOMEONE}</persons>",
        },
    )
    clean = published(
        replaced(data, "word/embeddings/uppsikt1.xlsx", edited_figures), author="Ånge"
    )
    assert isinstance(clean, bytes)
    parts = everything(clean)
    assert not [name for name, part in parts.items() if SOMEONE.encode() in part]
    assert not [name for name in parts if "custom.xml" in name or "person" in name]


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The file with other bytes in one of its parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return result.getvalue()


@pytest.mark.parametrize("kind", ["cellMerge", "tblPrExChange", "customXmlInsRangeStart", "ins"])
def test_every_kind_of_tracked_change_is_one(kind: str) -> None:
    """What bears an author's name is a change, whatever it is called."""
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    document.paragraphs[-1]._p.append(
        parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="{SOMEONE}"/>')
    )
    stream = io.BytesIO()
    document.save(stream)
    assert published(stream.getvalue(), author="Ånge kommun") == Unfinished(changes=1)


def test_embedded_documents_are_for_a_person_to_take_out() -> None:
    """They have people of their own, in formats that are not looked into."""
    data = with_parts(report(PLAN, [activity("A")]), {"word/embeddings/bilaga.docx": SOMEONE})
    assert published(data, author="Ånge kommun") == Unfinished(embedded=1)


def other_zip() -> bytes:
    """A zip file that is no Word document."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        target.writestr("a", "b")
    return result.getvalue()


BROKEN_XML = replaced(report(PLAN, [activity("A")]), "word/document.xml", b"<w:document>")


@pytest.mark.parametrize("data", [b"inget", b"", other_zip(), BROKEN_XML])
def test_what_is_no_document_is_an_error(data: bytes) -> None:
    """The caller tells which file it was."""
    with pytest.raises(ValueError, match=r"not an? (office|Word) document"):
        published(data, author="")


def test_a_report_that_cannot_be_read_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a password in Word it is no zip file any more; it is told, and the rest is published."""
    plan = make_plan(departments=(PLAN.departments[0], Department("Teknik", "utskottet")))
    folder = make_round(tmp_path / "omgång", plan, {})
    assert commands.report(folder, department=None, pdf=False, sources=False) == 0
    locked = folder / REPORTS / report_name(plan, plan.departments[0])
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage")
    capsys.readouterr()
    assert commands.publish(folder, department=None) == 1
    told = capsys.readouterr().out
    assert f"Inte klar att publicera: {REPORTS}/{locked.name}" in told.replace(f"{folder}/", "")
    assert "ta bort lösenordet om den har ett" in told
    made = [p.name for p in (folder / "ut/publicering").glob("*.docx")]
    assert made == [report_name(plan, plan.departments[1])]


def test_publish_writes_clean_copies_of_the_reports_as_they_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hand-edited report is what is published, with a PDF where LibreOffice is; the report stays."""
    rows = {1: [row("Samtal")], 2: [row("A"), row("B")]}
    inbox = {f"{unit.name}.xlsx": own_form(PLAN, unit.name, rows) for unit in PLAN.units}
    folder = make_round(tmp_path / "omgång", PLAN, inbox)
    assert commands.publish(folder, department=None) == 1
    assert "Det finns ingen rapport att publicera" in capsys.readouterr().out
    assert commands.run(folder) == 0
    path = folder / REPORTS / report_name(PLAN, PLAN.departments[0])
    by_hand = edited(path.read_bytes())
    path.write_bytes(by_hand)
    capsys.readouterr()
    assert commands.publish(folder, department=None) == 0
    assert path.read_bytes() == by_hand
    made = sorted(p.suffix for p in (folder / "ut" / "publicering").iterdir())
    assert made == ([".docx"] if libreoffice() is None else [".docx", ".pdf"])
    copy = docx.Document(str(folder / "ut" / "publicering" / path.name))
    assert "Omskrivet för hand." in [p.text for p in copy.paragraphs]
    assert "Inget i filerna visar vem som har skrivit" in capsys.readouterr().out
