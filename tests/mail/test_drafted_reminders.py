"""Drafts of reminders and returns: who gets one, and of what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from excel_uppsikt.model import Department, Plan, Unit
from excel_uppsikt.rounds.mailings import reminders_mailing, returns_mailing
from excel_uppsikt.rounds.outbox import write_drafts
from excel_uppsikt.rounds.results import CheckedRound, Drafted, HandIn
from excel_uppsikt.rounds.workbooks import write_returns
from tests.mail.drafted_mails import HOME, XLSX, attached, body, mail_forms, only, parsed, put, sent
from tests.small_rounds import CARE, check, make_plan, own_form, per_goal_form, row, shared_form


def mail_reminders(checked: CheckedRound) -> Drafted:
    """The drafts of reminders."""
    return write_drafts(reminders_mailing(checked))


def mail_returns(checked: CheckedRound, hand_ins: Sequence[HandIn]) -> Drafted:
    """The drafts with the returns."""
    return write_drafts(returns_mailing(checked, hand_ins))


BOTH = (HOME, Unit("Bemanning", CARE, "Bo", "bo@exempel.se"))
LATE = make_plan(units=BOTH)
RULE = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Teater")]}


def round_with(folder: Path, inbox: Mapping[str, bytes], plan: Plan = LATE) -> CheckedRound:
    """A round with forms made, and these handed in."""
    for unit in plan.units:
        put(folder, f"mallar/{unit.name}.xlsx", own_form(plan, unit.name, {}))
    return check(folder, plan, inbox)


def test_only_units_that_have_handed_in_nothing_are_reminded(tmp_path: Path) -> None:
    """With their form once more; a row in another's form, or an unreadable file, is an answer."""
    mailing = mail_reminders(round_with(tmp_path, {"a.xlsx": own_form(LATE, "Hemtjänst", RULE)}))
    expected = ("Påminnelse Bemanning Bo.eml", "bo@exempel.se", ("Bemanning.xlsx",))
    assert sent(mailing) == [expected]
    message = only(mailing)
    assert message["Subject"] == "Påminnelse: formulär för T1 2024, Bemanning, Social verksamhet"
    form = (tmp_path / "mallar/Bemanning.xlsx").read_bytes()
    assert attached(message) == [("Bemanning.xlsx", XLSX, form)]
    assert "Det gäller Bemanning." in body(message)

    # Whoever answers in between is not reminded by a draft that has become old.
    mailing = mail_reminders(round_with(tmp_path, {"Bemanning.xlsx": b"trasig"}))
    assert (mailing.drafts, mailing.mailing.nobody) == ((), True)
    assert mailing.removed == (expected[0],)
    assert list((tmp_path / "ut/utskick").iterdir()) == []


def test_a_draft_that_was_written_in_or_is_of_another_kind_stays(tmp_path: Path) -> None:
    checked = round_with(tmp_path, {})
    forms_sent = sent(mail_forms(tmp_path, LATE))
    reminded = sent(mail_reminders(checked))
    assert [name for name, *_ in reminded] == [
        "Påminnelse Hemtjänst Örjan.eml", "Påminnelse Bemanning Bo.eml",
    ]  # fmt: skip
    own = tmp_path / "ut/utskick/Påminnelse Bemanning Bo.eml"
    own.write_bytes(own.read_bytes() + b"Ring mig.")
    inbox = {f"{unit.name}.xlsx": own_form(LATE, unit.name, RULE) for unit in BOTH}
    mailing = mail_reminders(round_with(tmp_path, inbox))
    assert mailing.removed == ("Påminnelse Hemtjänst Örjan.eml",)
    left = sorted(path.name for path in (tmp_path / "ut/utskick").iterdir())
    assert left == sorted([own.name, *(name for name, *_ in forms_sent)])


def test_a_unit_without_address_or_form_is_told(tmp_path: Path) -> None:
    plan = make_plan(units=(replace(HOME, email=""), BOTH[1]))
    checked = check(tmp_path, plan, {})
    put(tmp_path, "mallar/Hemtjänst.xlsx", own_form(plan, "Hemtjänst", {}))
    mailing = mail_reminders(checked)
    assert (mailing.drafts, mailing.mailing.nobody) == ((), False)
    assert (mailing.mailing.without_address, mailing.mailing.missing) == (
        ("Hemtjänst",),
        ("mallar/Bemanning.xlsx",),
    )


def test_each_return_is_sent_to_whom_the_form_came_from(tmp_path: Path) -> None:
    """The workbook with what to correct marked; one without anything to correct is not sent back."""
    plan = make_plan(units=BOTH, departments=(Department(CARE, email="chef@exempel.se"),))
    faulty = {1: [row("Friskvård", status="På gång")]}
    inbox = {
        "a.xlsx": own_form(plan, "Hemtjänst", {**RULE, 3: [row("Flytt", end="31 februari")]}),
        "b.xlsx": own_form(plan, "Bemanning", RULE),
        "c.xlsx": shared_form(plan, faulty),
        "d.xlsx": per_goal_form(plan, plan.goals[1], [row("X", units="Bemanning", end="?")]),
    }
    checked = round_with(tmp_path, inbox, plan)
    mailing = mail_returns(checked, write_returns(checked).hand_ins)
    common = f"Gemensamt {CARE}"
    assert sent(mailing) == [
        ("Retur Hemtjänst Örjan.eml", "orjan@exempel.se", ("Hemtjänst.xlsx",)),
        (f"Retur {common}.eml", "chef@exempel.se", (f"{common}.xlsx",)),
    ]
    assert (
        len(mailing.mailing.without_address) == 1
    )  # several units' own form of one goal is nobody's
    first = parsed(mailing.drafts[0][1].path.read_bytes())
    assert first["Subject"] == "Att komplettera: Hemtjänst, T1 2024, Social verksamhet"
    back = (tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes()
    assert attached(first) == [("Hemtjänst.xlsx", XLSX, back)]

    mended = round_with(tmp_path, dict.fromkeys(inbox, inbox["b.xlsx"]), plan)
    mailing = mail_returns(mended, write_returns(mended).hand_ins)
    assert "Retur Hemtjänst Örjan.eml" in mailing.removed
