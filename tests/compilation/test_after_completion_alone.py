"""What a unit's own form says otherwise after a completion is told until the coordinator has chosen."""

from dataclasses import replace

from excel_uppsikt.compilation.after_completion import not_seen, told_marks
from excel_uppsikt.findings.catalogue.merging import M602
from excel_uppsikt.findings.catalogue.rows import R311
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.model import Compilation, Entry, Field, Line
from tests.compilation.test_where_changes_stand import of, said
from tests.small_rounds import make_plan

PLAN = make_plan()
ROW, OTHER = said(5, comment="Formulärets."), said(6, comment="Formulärets.")


def told(entry: Entry, value: str = "Formulärets.") -> Finding:
    """That a row's comment is another than that of the completion, which stands."""
    return find(
        M602.AFTER_COMPLETION, entry.place(Field.COMMENT), value, header="Kommentar", title="A",
        where="Komplettering.xlsx, rad 5", whose="Hemtjänst",
    )  # fmt: skip


def standing(comment: str, heard: frozenset[str] | None = None) -> Compilation:
    """The compilation with this comment where that of the first row went."""
    lines = [of(ROW, comment=comment), of(OTHER, comment="Den andras.")]
    return Compilation(tuple(Line(one, one) for one in lines), heard=heard)


def test_it_waits_while_what_stood_when_it_was_told_still_stands() -> None:
    """Whatever is told beside it, and in however many runs; where nothing was told nothing waits."""
    entries, first, second = (ROW, OTHER), told(ROW), told(OTHER)
    beside = find(R311.PLAIN, ROW.place(Field.COMMENT), "Formulärets.", read="Annat.")
    before = standing("Kompletteringens.")
    marks = told_marks(PLAN, before, entries, [first, second, beside], frozenset({"Hemtjänst"}))
    assert len(marks) == 2
    # The same row of another sheet is another.
    elsewhere = told(replace(ROW, sheet="Blad 2"))
    assert len(told_marks(PLAN, before, entries, [first, elsewhere], None)) == 2

    def waiting(comment: str, heard: frozenset[str] | None) -> frozenset[Finding]:
        return not_seen(PLAN, standing(comment, heard), entries, [first, second, beside])

    assert waiting("Kompletteringens.", marks | {"Hemtjänst"}) == {first, second}
    assert waiting("Samordnarens.", marks) == {second}
    assert waiting("Kompletteringens.", None) == frozenset()
    # In the next run they are marked as they were told first, and not as what has been chosen since.
    chosen = standing("Samordnarens.")
    assert told_marks(PLAN, chosen, entries, [first, second], marks) == marks
    assert told_marks(PLAN, chosen, entries, [second], marks) == marks
    assert told_marks(PLAN, chosen, entries, [first, second], None) != marks
    # What the form says anew is told anew.
    anew = told(ROW, "Nytt.")
    later = told_marks(PLAN, chosen, entries, [anew], marks)
    assert (marks < later, len(later)) == (True, 3)
    assert not_seen(PLAN, standing("Samordnarens.", later), entries, [first, anew]) == {anew}
