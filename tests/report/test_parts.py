"""What the report has beyond the seed: summary with chart, proposal, appendices, sources; the letter."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree

from excel_uppsikt import figures
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Change, ChangeKind, Plan, Recipient, RuleTerm
from excel_uppsikt.report.account import Account, letter_name, report_name
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.letter import make_letter, unfilled_in_letter
from tests.report.test_document import BARE, TEMPLATE, activity, lines, report
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, YOUTH, make_plan

LATE = activity(
    "Starta dagvård", HOMES, id="3-late", status=STATUSES[4], comment="Ekonomin räcker inte."
)
ACTIVITIES = [
    activity("Samtal", SICKNESS, id="1-samtal", status=STATUSES[3]),
    activity("Fältarbete", id="2-falt"),
    activity("Läxhjälp", id="2-laxa", status=STATUSES[0]),
    LATE,
]
RULE = [
    RuleTerm("Hemtjänst", None, have=3, own=2, minimum=2, common=1),
    RuleTerm("Hemtjänst", SICKNESS, have=1, own=0, minimum=1, common=1),
    RuleTerm("Bemanning", None, have=1, own=1, minimum=2),
    RuleTerm("Bemanning", SICKNESS, have=0, own=0, minimum=1),
]


def part(plan: Plan, account: Account, heading: str, **choices: Any) -> list[tuple[str, str]]:  # noqa: ANN401  as make_report has them
    """The lines under an unnumbered heading, up to the next heading of its rank."""
    made = make_report(plan, plan.departments[0], account, template=TEMPLATE, **choices)
    written = lines(docx.Document(io.BytesIO(made.data)))
    at = written.index(("Heading 1", heading)) + 1
    end = next((n for n in range(at, len(written)) if written[n][0] == "Heading 1"), len(written))
    return written[at:end]


def words(written: Sequence[tuple[str, str]]) -> list[str]:
    """The texts alone."""
    return [text for _, text in written]


def test_the_summary_tells_figures_deviations_and_the_rule() -> None:
    """A sentence, a chart, a row a goal with a sum, each deviation with its reason, the rule's outcome."""
    written = part(make_plan(), Account(ACTIVITIES, None, RULE), "Sammanfattning")
    assert words(written) == [
        "Social verksamhet redovisar 4 aktiviteter för alla 3 mål. "
        "Läget är det som gällde den 30 april 2024.",
        "",  # the chart's paragraph
        "Läget per mål",
        "Mål", "Totalt", "Ej påbörjade", "Pågående", "Avslutade", "Varav avvikelse",
        "Sjukfrånvaron ska minska.", "1", "0", "0", "1", "0",
        "Kommunens ungdomar ska känna ökad trygghet.", "2", "1", "1", "0", "0",
        "Ånge ska ha ett positivt flyttnetto.", "1", "0", "0", "1", "1",
        "Summa", "4", "1", "1", "2", "1",
        "Avvikelser",
        "Starta dagvård. ✖ Avslutad med avvikelse. Ekonomin räcker inte.",
        "Kravet på enheterna",
        "En av de två enheterna uppfyller kravet på minst två aktiviteter och minst en därutöver för "
        "”Sjukfrånvaron ska minska”. Det saknas aktiviteter hos Bemanning (en till och en för "
        "”Sjukfrånvaron ska minska”).",
    ]  # fmt: skip


def test_the_summary_tells_what_has_changed_since_the_previous_round() -> None:
    """Each kind is counted in words; what went backwards, is gone or was moved is named."""
    changes = [
        Change(ChangeKind.NEW, ACTIVITIES[0]),
        Change(ChangeKind.NEW, ACTIVITIES[1]),
        Change(ChangeKind.GONE, activity("Gammal", id="2-gammal")),
        Change(ChangeKind.BACKWARDS, ACTIVITIES[2], "Pågående enligt plan", "Ej påbörjad"),
        Change(ChangeKind.UNCHANGED, LATE),
    ]
    written = words(part(make_plan(), Account(ACTIVITIES, changes, RULE), "Sammanfattning"))
    at = written.index("Ändrat sedan förra omgången")
    assert written[at + 1 : at + 4] == [
        "Sedan förra omgången har två aktiviteter tillkommit, en gått bakåt i status och en fallit bort. "
        "Alla ändringar står i bilagan.",
        "Läxhjälp. Status bakåt. Pågående enligt plan blev Ej påbörjad.",
        "Gammal. Finns inte kvar.",
    ]


def test_a_form_that_never_came_has_not_taken_anything_away() -> None:
    """What a silent unit reported before is not reported; what another dropped is gone (E701)."""
    before = [
        activity("Bemanningens", id="2-a", units=("Bemanning",)),
        activity("Hemtjänstens", id="2-b", units=("Hemtjänst",)),
        activity("Gemensam", id="2-c", units=(), whole=True),
    ]
    now = [activity("Ny", id="2-d", units=("Hemtjänst",))]
    found = figures.changes(before, now, heard={"Hemtjänst"})
    assert [(change.kind, change.activity.values.title) for change in found] == [
        (ChangeKind.NEW, "Ny"),
        (ChangeKind.UNREPORTED, "Bemanningens"),
        (ChangeKind.GONE, "Hemtjänstens"),
        (ChangeKind.UNREPORTED, "Gemensam"),
    ]
    told = figures.change_findings(found)
    assert [(finding.code, finding.value) for finding in told] == [("E701", "Hemtjänstens")]


def test_every_change_stands_in_an_appendix() -> None:
    """What was before and what is now; a unit that reported nothing has not taken anything away."""
    changes = [
        Change(ChangeKind.NEW, ACTIVITIES[0]),
        Change(ChangeKind.STATUS, LATE, "Pågående enligt plan", "Avslutad med avvikelse"),
        Change(ChangeKind.UNREPORTED, activity("Gammal", id="2-gammal")),
        Change(ChangeKind.UNCHANGED, LATE),
    ]
    heading = "Bilaga: Ändrat sedan förra omgången"
    assert words(part(make_plan(), Account(ACTIVITIES, changes, RULE), heading)) == [
        "Aktivitet", "Ändring", "Före", "Nu",
        "Samtal", "Ny", "–", "–",
        "Starta dagvård", "Status ändrad", "Pågående enligt plan", "Avslutad med avvikelse",
        "Gammal", "Inte redovisad", "–", "–",
    ]  # fmt: skip


def test_a_unit_that_reported_nothing_is_told_so() -> None:
    """It is another thing than to lack one activity of several, and the summary is whole without any."""
    rule = [
        RuleTerm("Hemtjänst", None, have=0, own=0, minimum=2),
        RuleTerm("Hemtjänst", SICKNESS, have=0, own=0, minimum=1),
    ]
    assert words(part(make_plan(), Account([], None, rule), "Sammanfattning")) == [
        "Social verksamhet redovisar inga aktiviteter.",
        "Kravet på enheterna",
        "Enheten uppfyller inte kravet på minst två aktiviteter och minst en därutöver för "
        "”Sjukfrånvaron ska minska”. Det saknas aktiviteter hos Hemtjänst (ingen redovisning i rapporten).",
    ]


def test_activities_without_status_are_counted_apart() -> None:
    """Else the row would not add up."""
    bare = activity("Utan", id="2-utan", status=None)
    written = words(part(make_plan(), Account([*ACTIVITIES, bare]), "Sammanfattning"))
    at = written.index("Mål")
    assert written[at : at + 7] == [
        "Mål", "Totalt", "Ej påbörjade", "Pågående", "Avslutade", "Utan status", "Varav avvikelse",
    ]  # fmt: skip
    at = written.index("Summa")
    assert written[at : at + 7] == ["Summa", "5", "1", "1", "2", "1", "1"]


def test_nothing_changed_and_nothing_deviating_is_said() -> None:
    """Silence could be taken for something forgotten."""
    written = words(part(make_plan(), Account(ACTIVITIES[:3], [], []), "Sammanfattning"))
    assert "Ingen aktivitet har avvikelse." in written
    assert (
        "Ingen aktivitet har tillkommit eller fallit bort, och ingen har fått ny status eller nytt "
        "slutdatum."
    ) in written
    assert "Kravet på enheterna" not in written


def test_the_chart_is_words_own_and_can_be_edited() -> None:
    """A chart part with its figures in a workbook of the document, told in words too."""
    with zipfile.ZipFile(io.BytesIO(report(make_plan(), ACTIVITIES))) as parts:
        chart = etree.fromstring(parts.read("word/charts/uppsikt1.xml"))
        book = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/uppsikt1.xlsx")))
        body = etree.fromstring(parts.read("word/document.xml"))
    expected = [
        ("Ej påbörjad", 1),
        ("Pågående enligt plan", 1),
        ("Pågående med avvikelse", 0),
        ("Avslutad enligt plan", 1),
        ("Avslutad med avvikelse", 1),
    ]
    rows = list(book["Diagram"].iter_rows(values_only=True))
    assert rows == [(None, "Aktiviteter"), *expected]
    ns = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    names = [found.text for found in chart.iterfind(".//c:cat//c:v", ns)]
    values = [int(found.text or "") for found in chart.iterfind(".//c:val//c:v", ns)]
    assert [*zip(names, values, strict=True)] == expected
    assert chart.find("c:externalData", ns) is not None
    told = next(body.iter(qn("wp:docPr"))).get("descr")
    assert told == (
        "Stapeldiagram över antal aktiviteter per status: Ej påbörjad 1, Pågående enligt plan 1, "
        "Pågående med avvikelse 0, Avslutad enligt plan 1, Avslutad med avvikelse 1."
    )


def test_the_proposal_has_the_three_outcomes_with_room_for_reasons() -> None:
    """Approve, send back with reasons, pass on to the board; each with a box to tick."""
    plan = make_plan()
    document = docx.Document(io.BytesIO(report(plan, ACTIVITIES)))
    at = [p.text for p in document.paragraphs].index("Förslag till beslut")
    following = document.paragraphs[at + 1 : at + 7]
    told = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in following]
    assert told == [
        "Förvaltningen föreslår att utskottet godkänner rapporten.",
        "☐Rapporten godkänns. Ärendet är därmed avslutat.",
        "Godkänns rapporten inte kan utskottet i stället besluta något av följande:",
        "☐Rapporten återremitteras för komplettering. Skälen tas med i protokollet:",
        "Skriv skälen här.",
        "☐Ärendet lämnas över till kommunstyrelsen för vidare åtgärd. Utskottets ordförande "
        "föredrar ärendet där.",
    ]
    controls = [[c.get(qn("w:val")) for c in p._p.iter(qn("w:alias"))] for p in following]
    approved, completed, passed_on = ([told[at][1:65]] for at in (1, 3, 5))
    assert controls == [[], approved, [], completed, ["Skäl"], passed_on]


def test_the_rule_appendix_tells_own_and_common_apart() -> None:
    """A row for each unit and part of the rule, with the unit's name once."""
    written = words(
        part(make_plan(), Account(ACTIVITIES, None, RULE), "Bilaga: Aktiviteter per enhet")
    )
    assert written[2:] == [
        "Enhet", "Krav", "Egna", "Gemensamma", "Uppfyllt",
        "Hemtjänst", "Minst två aktiviteter", "2", "1", "✔ Ja",
        "", "Minst en för ”Sjukfrånvaron ska minska”", "0", "1", "✔ Ja",
        "Bemanning", "Minst två aktiviteter", "1", "0", "✘ Nej, en saknas",
        "", "Minst en för ”Sjukfrånvaron ska minska”", "0", "0", "✘ Nej, en saknas",
    ]  # fmt: skip


def test_goals_that_nobody_works_toward_are_listed_last() -> None:
    """By number; without any there is no such appendix."""
    account = Account(ACTIVITIES[:1])
    assert words(part(make_plan(), account, "Bilaga: Mål utan aktiviteter")) == [
        "Social verksamhet redovisar inga aktiviteter för de här målen.",
        YOUTH.text,
        HOMES.text,
    ]
    everything = lines(docx.Document(io.BytesIO(report(make_plan(), ACTIVITIES))))
    assert ("Heading 1", "Bilaga: Mål utan aktiviteter") not in everything


@pytest.mark.parametrize(
    ("setting", "heading"),
    [
        ("with_summary", "Sammanfattning"),
        ("with_proposal", "Förslag till beslut"),
        ("with_rule", "Bilaga: Aktiviteter per enhet"),
        ("with_idle_goals", "Bilaga: Mål utan aktiviteter"),
    ],
)
def test_each_part_can_be_turned_off_in_the_plan(setting: str, heading: str) -> None:
    """With the setting on nej only that part is gone."""
    account = Account(ACTIVITIES[:3], None, RULE)

    def headings(plan: Plan) -> list[str]:
        data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
        return [
            text for style, text in lines(docx.Document(io.BytesIO(data))) if style == "Heading 1"
        ]

    everything = headings(make_plan())
    off: dict[str, Any] = {setting: False}
    assert headings(make_plan(**off)) == [h for h in everything if h != heading]


def test_the_coordinators_copy_tells_where_each_activity_comes_from() -> None:
    """File, sheet and row of every source, linked to the activity; the report itself has none of it."""
    shared = replace(
        ACTIVITIES[0],
        sources=(
            Place("inkorg/Hemtjänst.xlsx", "1 Sjuk", 5),
            Place("inkorg/B.xlsx", "1 Sjuk", 7),
        ),
    )
    plan, account = make_plan(), Account([shared, ACTIVITIES[1]])
    written = words(part(plan, account, "Bilaga: Källor", sources=True))
    assert written[1:] == [
        "Id", "Aktivitet", "Fil, blad och rad",
        "1-samtal", "Samtal", "inkorg/Hemtjänst.xlsx, 1 Sjuk, rad 5\ninkorg/B.xlsx, 1 Sjuk, rad 7",
        "2-falt", "Fältarbete", "skriven i sammanställningen",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(report(plan, account.activities))) as parts:
        assert not any(b"inkorg" in parts.read(name) for name in parts.namelist())
    assert report_name(plan, plan.departments[0], sources=True) == (
        "Uppsiktsrapport Social verksamhet 2024 T1 med källor.docx"
    )


def letter(plan: Plan, activities: Sequence[Activity] = ACTIVITIES) -> list[tuple[str, str]]:
    """The letter's lines."""
    account = Account(activities, None, RULE)
    data = make_letter(plan, plan.departments[0], account, template=TEMPLATE)
    return lines(docx.Document(io.BytesIO(data)))


def test_the_letter_has_the_same_proposal_and_who_gets_the_decision() -> None:
    """Committee, date, reference and sender; proposal, matter, what it rests on, distribution list."""
    people = [
        Recipient(CARE, "Utskottets ordförande", "o@exempel.se"),
        Recipient(CARE, "", "r@exempel.se"),
        Recipient("Skola", "Nämndens ordförande", "n@exempel.se"),
    ]
    plan = make_plan(reference="KS 2024/7", recipients=people)
    assert letter(plan) == [
        ("Uppsikt kommun", "Ånge kommun"),
        ("Uppsikt uppgift", "Till\tutskottet"),
        ("Uppsikt uppgift", "Datum\t4 juni 2024"),
        ("Uppsikt uppgift", "Diarienummer\tKS 2024/7"),
        ("Uppsikt uppgift", "Handläggare\tSamordnaren"),
        ("Heading 1", "Uppsiktsrapport till kommunstyrelsen: Social verksamhet, 2024 T1"),
        ("Uppsikt mellanrubrik", "Förslag till beslut"),
        ("Body Text", "Förvaltningen föreslår att utskottet godkänner rapporten."),
        ("Uppsikt val", "☐\tRapporten godkänns. Ärendet är därmed avslutat."),
        ("Body Text", "Godkänns rapporten inte kan utskottet i stället besluta något av följande:"),
        ("Uppsikt val", "☐\tRapporten återremitteras för komplettering. Skälen tas med i protokollet:"),
        ("Uppsikt skrivrum", "Skriv skälen här.\n"),
        ("Uppsikt val", "☐\tÄrendet lämnas över till kommunstyrelsen för vidare åtgärd. "
         "Utskottets ordförande föredrar ärendet där."),
        ("Uppsikt mellanrubrik", "Ärendet"),
        ("Body Text", "Enligt sin uppsiktsplan har utskottet uppsikt över Social verksamhet. "
         "Verksamhetens rapport om arbetet för de politiska målen lämnas nu till utskottet."),
        ("Body Text", "Social verksamhet redovisar 4 aktiviteter för alla 3 mål. "
         "Läget är det som gällde den 30 april 2024."),
        ("Body Text", "En av de två enheterna uppfyller kravet på minst två aktiviteter och minst en "
         "därutöver för ”Sjukfrånvaron ska minska”. Det saknas aktiviteter hos Bemanning (en till och "
         "en för ”Sjukfrånvaron ska minska”)."),
        ("Uppsikt mellanrubrik", "Beslutsunderlag"),
        ("List Bullet", "Uppsiktsrapport Social verksamhet 2024 T1"),
        ("Uppsikt mellanrubrik", "Beslutet skickas till"),
        ("List Bullet", "Utskottets ordförande"),
        ("List Bullet", "r@exempel.se"),
        ("List Bullet", "Social verksamhet"),
    ]  # fmt: skip


def test_the_letter_is_named_and_its_lacking_facts_told() -> None:
    """A file name beside the report's; placeholders without a value are told as for the report."""
    plan = make_plan()
    nameless = replace(plan.departments[0], committee="")
    assert letter_name(plan, nameless) == "Tjänsteskrivelse Social verksamhet 2024 T1.docx"
    assert unfilled_in_letter(plan, nameless) == ("{utskott}",)
    assert unfilled_in_letter(plan, plan.departments[0]) == ()


def test_the_seeds_form_stands_alone_when_all_else_is_turned_off() -> None:
    """1.1 stays 1.1, with or without what comes beyond the seed."""
    for plan in (make_plan(), make_plan(**BARE)):
        data = report(plan, ACTIVITIES)
        contents = [
            text.rpartition("\t")[0]
            for style, text in lines(docx.Document(io.BytesIO(data)))
            if style in ("toc 1", "toc 2") and text[0].isdecimal()
        ]
        assert contents == [
            "1\tRedovisning av arbete för de politiska målen",
            "1.1\tSjukfrånvaron ska minska",
            "1.2\tKommunens ungdomar ska känna ökad trygghet",
            "1.3\tÅnge ska ha ett positivt flyttnetto",
            "1.4\tRapportering och uppföljning",
            "1.5\tAvgränsning",
            "2\tKommunstyrelsens mål",
        ]
