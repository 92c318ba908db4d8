"""Where a finding's link leads: to the file and its cell, to the mail that it came in, or nowhere."""

from excel_uppsikt.findings.catalogue.rows import R311
from excel_uppsikt.findings.finding import find
from excel_uppsikt.findings.place import Place
from tests.compilation.compiled_rounds import target
from tests.compilation.test_written_look import made

LINKS: list[tuple[Place, tuple[str, str]]] = [
        (Place("inkorg/a.xlsx", "Blad", 5, 4), ("../inkorg/a.xlsx", "'Blad'!D5")),
        (Place("inkorg/a.xlsx", "Bengt's 'eget'", 5, 4),
         ("../inkorg/a.xlsx", "'Bengt''s ''eget'''!D5")),
        (Place("inkorg/a.xlsx", "Blad"), ("../inkorg/a.xlsx", "")),
        (Place("inkorg/a.xlsx"), ("../inkorg/a.xlsx", "")),
        # A program opens the mail or the zip file itself, and no cell in what lies there.
        (Place("inkorg/brev.EML/a.xlsx", "Blad", 5, 4), ("../inkorg/brev.EML", "")),
        (Place("inkorg/allt.zip/brev.msg/a.xlsx", "Blad", 5, 4), ("../inkorg/allt.zip", "")),
        (Place("inkorg/zip/a.xlsx", "Blad", 5, 4), ("../inkorg/zip/a.xlsx", "'Blad'!D5")),
        # What Excel would take for something else than it is.
        (Place("inkorg/a.xlsx", "Nr #1", 5, 4), ("", "")),
        *((Place(f"inkorg/a{mark}.xlsx", "Blad", 5, 4), ("", "")) for mark in '#%?*"<>|\\\ufffd'),
        (Place(f"inkorg/{'a' * 193}", "B", 5, 4), (f"../inkorg/{'a' * 193}", "'B'!D5")),
        (Place(f"inkorg/{'a' * 194}", "B", 5, 4), ("", "")),
        (Place(), ("", "")),
]  # fmt: skip


def test_it_leads_to_what_can_be_opened() -> None:
    """The place stands in words beside it all the same."""
    findings = tuple(find(R311.PLAIN, place, "hemtj", read="Hemtjänst") for place, _ in LINKS)
    sheet = made(findings=findings)["Anmärkningar"]
    for at, (place, link) in enumerate(LINKS, 4):
        shown = [sheet.cell(at, column).value for column in (1, 2, 4, 5, 6, 7)]
        assert shown == ["R311", "Varning", place.file, place.sheet, place.cell or None, "hemtj"]
        assert target(sheet.cell(at, 4)) == link
    assert sheet.auto_filter.ref == f"A3:G{len(LINKS) + 3}"
