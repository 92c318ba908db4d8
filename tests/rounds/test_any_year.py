"""Any year of rounds: whatever is done in whatever order, nobody's words are lost and nothing else changes.

A machine of hypothesis chooses what people do, over several rounds: hand-ins, corrections, withdrawals,
edits, own columns and sheets, own rows, joined rows, decisions, completions, files saved anew by LibreOffice,
and the round after. Beside it goes a model of what has been written by whom, which says after each merge
what must be there.
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from excel_uppsikt.mail.drafts import MailKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.mailings import mail
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import add
from tests.compilation.own_rounds import own_values
from tests.endurance import tries
from tests.rounds.completed_rounds import beslut
from tests.rounds.year_of_rounds import (
    FORMULA,
    PAGE,
    TEXTS,
    TITLES,
    UNITS,
    Form,
    Rounds,
    Texts,
    fill,
    sheet_of,
)
from tests.small_rounds import HOMES, YOUTH

AT = st.integers(0, 30)
UNIT = st.sampled_from(UNITS)
TEXT = st.sampled_from(TEXTS)
SAME, NOTE = "Samma som", "Anteckning"
UNCHANGED = "oförändrat"

Rows = Mapping[str, Mapping[str, object]]
# A text of an activity by its title and heading.
Cell = tuple[str, str]


def one_of(names: Sequence[str], at: int) -> str:
    """One of the names, the same each time."""
    return sorted(names)[at % len(names)]


class AnyYear(RuleBasedStateMachine):
    """What people do with the rounds, and the model of what must then be there."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.rounds = Rounds(self.folder)
        self.count = self.saves = self.reports = 0
        self.kept: dict[str, str] = {}
        self.previous: dict[str, Texts] = {}
        self.held: dict[str, str] = {}
        self.new_round()
        for at, unit in enumerate(UNITS[:2]):
            fill(self.forms[unit], {title: self.texts(unit) for title in TITLES[at : at + 5 : 2]})
            self.hand_in(unit)
        self.merge()

    def new_round(self) -> None:
        """Nothing has been handed in or decided."""
        self.forms: dict[str, Form] = {unit: self.rounds.form(unit) or Form(b"") for unit in UNITS}
        self.inbox: dict[str, dict[str, Texts]] = {}
        self.answers: dict[str, dict[str, Texts]] = {}
        self.unasked: dict[str, dict[str, str]] = {}
        self.sent: dict[str, Form] = {}
        # What the forms asked of each unit when they were made, and all that is asked now.
        self.asked_of: dict[str, set[str]] = {}
        self.asked: dict[str, str] = {}
        self.edits: dict[Cell, str] = {}
        self.own_rows: dict[str, Texts] = {}
        self.own_values: dict[str, str] = {}
        self.paged = False
        self.deleted: set[str] = set()
        self.out: set[str] = set()
        self.same: dict[str, str] = {}
        self.shown: dict[Cell, set[str]] = {}
        self.told: list[str] = []
        self.decisions: list[list[object]] = []
        # What was merged the last time, to tell what has changed since.
        self.rows: Rows = {}

    def texts(self, who: str) -> Texts:
        """Texts that nobody has written before."""
        return {name: self.text(who) for name in TEXTS}

    def text(self, who: str) -> str:
        self.count += 1
        return f"{who} skriver nummer {self.count}."

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    # What the units do.

    def hand_in(self, unit: str) -> None:
        self.rounds.hand_in(f"{unit}.xlsx", self.forms[unit])
        self.inbox[unit] = self.forms[unit].copy().rows

    def free(self) -> list[str]:
        """Titles that nobody has."""
        taken = {title for form in self.forms.values() for title in form.rows}
        taken |= {title for answers in self.answers.values() for title in answers}
        taken |= self.rows.keys() | self.own_rows.keys() | self.deleted | self.previous.keys()
        return [title for title in TITLES if title not in taken]

    @rule(unit=UNIT, at=AT, both=st.booleans())
    def unit_rewrites(self, unit: str, at: int, both: bool) -> None:
        rows = self.forms[unit].rows
        if rows:
            texts = self.texts(unit)
            fill(
                self.forms[unit],
                {one_of([*rows], at): texts if both else {"Kommentar": texts["Kommentar"]}},
            )
        self.hand_in(unit)

    @rule(unit=UNIT, at=AT)
    def unit_adds(self, unit: str, at: int) -> None:
        if free := self.free():
            fill(self.forms[unit], {one_of(free, at): self.texts(unit)})
        self.hand_in(unit)

    @rule(unit=UNIT, at=AT)
    def unit_drops(self, unit: str, at: int) -> None:
        if rows := self.forms[unit].rows:
            fill(self.forms[unit], {one_of([*rows], at): None})
        self.hand_in(unit)

    @rule(unit=UNIT)
    def unit_goes_through_all(self, unit: str) -> None:
        """In a follow-up form every row gets a comment of its own, or that nothing has changed."""
        rows = [*self.forms[unit].rows]
        said = [self.text(unit) if at % 2 else UNCHANGED for at in range(len(rows))]
        if self.previous:
            fill(self.forms[unit], {t: {"Kommentar": s} for t, s in zip(rows, said, strict=True)})
        self.hand_in(unit)

    @rule(unit=UNIT)
    def unit_withdraws(self, unit: str) -> None:
        if self.inbox.pop(unit, None) is not None:
            self.rounds.withdraw(f"{unit}.xlsx")

    @precondition(lambda self: any(self.own_rows.keys() - self.edits_of(UNITS)))
    @rule(unit=UNIT, at=AT)
    def unit_sends_what_the_coordinator_wrote(self, unit: str, at: int) -> None:
        """A unit's late row is one that the coordinator has written already."""
        title = one_of([*self.own_rows], at)
        if all(title not in form.rows for form in self.forms.values()):
            fill(self.forms[unit], {title: self.texts(unit)})
            self.hand_in(unit)

    def edits_of(self, units: Sequence[str]) -> set[str]:
        return {title for unit in units for title in self.forms[unit].rows}

    # What the coordinator does.

    @rule(at=AT, name=TEXT)
    def edit(self, at: int, name: str) -> None:
        if self.rows:
            title, text = one_of([*self.rows], at), self.text("Samordnaren")
            if title in self.rounds.rows():
                self.rounds.write(title, {name: text})
                self.edits[title, name] = text

    @rule(at=AT)
    def exclude_or_include(self, at: int) -> None:
        there = self.rounds.rows()
        if there:
            title = one_of([*there], at)
            said = "nej" if there[title]["Ta med"] == "ja" else "ja"
            self.rounds.write(title, {"Ta med": said})
            (self.out.add if said == "nej" else self.out.discard)(title)
            self.deleted.discard(title)

    @rule(at=AT)
    def delete(self, at: int) -> None:
        there = self.rounds.rows()
        wanted = {self.id_of(there, other) for other in self.same.values()}
        free = [t for t in there if there[t]["Id"] not in wanted and t not in self.same]
        if free:
            title = one_of(free, at)
            self.rounds.delete(title)
            self.forget(title)
            self.deleted.add(title)

    @staticmethod
    def id_of(there: Rows, title: str) -> object:
        return there[title]["Id"] if title in there else None

    def forget(self, title: str) -> None:
        """Nothing of the coordinator's is left on a row that she has deleted."""
        for kept in (self.own_rows, self.own_values, self.asked):
            kept.pop(title, None)
        self.edits = {cell: text for cell, text in self.edits.items() if cell[0] != title}
        self.out.discard(title)

    @rule(at=AT)
    def add_own_row(self, at: int) -> None:
        if free := self.free():
            title, texts = one_of(free, at), self.texts("Samordnaren")
            goal = (YOUTH, HOMES)[TITLES.index(title) % 2]
            add(
                self.rounds.round,
                {"Mål": goal.text, "Aktivitet": title, "Enheter": UNITS[at % 3], **texts},
            )
            self.own_rows[title] = texts

    @rule(at=AT)
    def write_in_own_columns(self, at: int) -> None:
        there = self.rounds.rows()
        if there:
            title = one_of([*there], at)
            self.own_values[title] = self.text("Samordnaren")
            self.rounds.add_own({title: self.own_values[title]})
            self.paged = True

    @rule(at=AT, other=AT)
    def join(self, at: int, other: int) -> None:
        there = self.rounds.rows()
        free = [
            t
            for t in self.rows
            if t in there and t not in {*self.own_rows, *self.out, *self.deleted}
        ]
        free = [t for t in free if t not in {*self.same, *self.same.values()}]
        if len(free) > 1:
            title, whole = one_of(free, at), one_of(free, other)
            if title != whole and sheet_of(title) == sheet_of(whole):
                self.rounds.write(title, {SAME: there[whole]["Id"]})
                self.same[title] = whole

    @rule(at=AT)
    def part(self, at: int) -> None:
        there = self.rounds.rows()
        if self.same and (title := one_of([*self.same], at)) in there:
            self.rounds.write(title, {SAME: None})
            del self.same[title]

    @rule(at=AT, unit=UNIT, with_question=st.booleans(), forms=st.booleans())
    def committee_sends_back(self, at: int, unit: str, with_question: bool, forms: bool) -> None:
        there = self.rounds.rows()
        asked = {title: self.text("Utskottet") for title in [*there][at % 3 :: 3]}
        question = (unit, self.text("Utskottet")) if with_question or not asked else None
        self.rounds.send_back(asked, question)
        self.asked |= asked
        self.decisions = beslut(self.rounds.round)
        if forms:
            self.completion_forms_go_out()
        if self.reports < 2:
            self.reports += 1
            list(steps.report(self.rounds.round, today=self.rounds.day))

    @rule()
    def completion_forms_go_out(self) -> None:
        self.rounds.completion_forms()
        there = self.rounds.rows()
        for unit in UNITS:
            form = self.rounds.form(unit, completion=True)
            if form is not None:
                self.sent[unit] = form
                self.asked_of[unit] = {*form.rows}
                assert form.rows.keys() <= self.asked.keys()
                for title, texts in form.rows.items():
                    assert texts == {name: str(there[title][name] or "") for name in TEXTS}

    @rule(unit=UNIT, at=AT, name=TEXT, question=st.booleans(), more=st.booleans())
    def report_is_sent_back_and_completed(
        self, unit: str, at: int, name: str, question: bool, more: bool
    ) -> None:
        """All of it on the way, as it mostly goes."""
        self.committee_sends_back(at=at, unit=unit, with_question=question, forms=True)
        if self.sent:
            self.unit_completes(unit=unit, at=at, name=name, more=more)

    @precondition(lambda self: self.sent)
    @rule(unit=UNIT, at=AT, name=TEXT, more=st.booleans())
    def unit_completes(self, unit: str, at: int, name: str, more: bool) -> None:
        """What comes back changes the rows that were asked about, and no other."""
        if unit not in self.sent:
            unit = one_of([*self.sent], at)
        self.merge()
        form = self.sent[unit].copy()
        rows: dict[str, Texts] = {}
        if form.rows:
            rows[one_of([*form.rows], at)] = {name: self.text(unit)}
        unasked = [t for t in self.rows if t not in self.asked]
        other = {
            t: self.texts(unit) for t in unasked[at % 5 : at % 5 + 1] if sheet_of(t) in form.sheets
        }
        new = {t: self.texts(unit) for t in self.free()[:1] if more and sheet_of(t) in form.sheets}
        fill(form, rows | other | new)
        self.rounds.hand_in(f"Svar {unit} {self.count}.xlsx", form)
        self.take_answers(unit, rows, new)
        before = self.rows
        checked = self.merged()
        may = {*form.rows, *(self.same.get(title, title) for title in form.rows)} - {*other}
        may |= new.keys()
        assert {t: c for t, c in self.rows.items() if t not in may} == {
            t: c for t, c in before.items() if t not in may
        }
        for title, texts in other.items():
            for text in texts.values():
                assert any(text in f.message for f in checked.findings if f.code == "M610"), title

    def take_answers(
        self,
        unit: str,
        rows: Mapping[str, Texts],
        new: Mapping[str, Texts],
    ) -> None:
        """The answer takes the place of the text that it went out with, and of an earlier answer."""
        sent = self.sent[unit].rows
        earlier = self.answers.get(unit, {})
        kept = {
            title: {n: t for n, t in texts.items() if sent.get(title, {}).get(n) == t}
            for title, texts in earlier.items()
        }
        # What a later form has no row for stands as it was answered before.
        self.answers[unit] = {
            title: {**kept.get(title, {}), **rows.get(title, {}), **new.get(title, {})}
            if title in sent or title in new
            else earlier[title]
            for title in {**earlier, **rows, **new}
        }
        for title, texts in rows.items():
            for name in texts:
                if self.edits.get((title, name)) == sent[title][name]:
                    del self.edits[title, name]

    @rule()
    def report_is_handed_out(self) -> None:
        if self.reports < 2:
            self.reports += 1
            list(steps.report(self.rounds.round, today=self.rounds.day))
            mail(self.rounds.round, MailKind.REPORTS, unfinished=True, today=self.rounds.day)

    @rule()
    def compilation_is_saved_by_another_program(self) -> None:
        if self.saves < 2:
            self.saves += 1
            path = self.rounds.round / COMPILATION_FILE
            path.write_bytes(self.rounds.save_in_libreoffice(path))

    @rule(unit=UNIT)
    def form_is_saved_by_another_program(self, unit: str) -> None:
        if self.saves < 2 and unit in self.inbox:
            self.saves += 1
            path = self.rounds.round / "inkorg" / f"{unit}.xlsx"
            self.rounds.hand_in(path.name, Form(self.rounds.save_in_libreoffice(path)))

    @rule()
    def the_next_round_begins(self) -> None:
        checked = self.merged()
        reported = {a.values.title: a for a in checked.compilation.in_reports}
        rows = self.rows
        if not self.rounds.go_on():
            return
        self.previous = {t: {n: str(rows[t][n] or "") for n in TEXTS} for t in reported}
        self.new_round()
        for unit in UNITS:
            mine = {t for t, a in reported.items() if unit in a.values.units}
            assert self.forms[unit].rows.keys() == mine
        self.merge()

    # What must be there.

    @rule()
    def merge(self) -> None:
        self.merged()

    def merged(self) -> CheckedRound:
        """The round merged, and held against the model."""
        checked = self.rounds.merge()
        self.rows = self.rounds.rows()
        for cell in ((title, name) for title in self.rows for name in TEXTS):
            title, name = cell
            stands = f"{self.rows[title][name] or ''}\n{self.rows[title][NOTE] or ''}"
            self.shown.setdefault(cell, set()).add(stands)
        self.hold(checked)
        return checked

    def hold(self, checked: CheckedRound) -> None:
        told = "\n".join(found.value or "" for found in checked.findings)
        self.hold_texts(self.inbox, told)
        self.hold_texts(self.answers, told)
        self.told.append(told)
        self.hold_carried(checked)
        self.hold_coordinators(checked)
        kept = self.rounds.versions()
        assert kept.items() >= self.kept.items()
        self.kept = kept

    def hold_texts(self, said: Mapping[str, Mapping[str, Texts]], told: str) -> None:
        """Every text of a form in use is to be read, or has been before somebody wrote another."""
        for unit, rows in said.items():
            for title, texts in rows.items():
                assert title in self.rows, (unit, title)
                for name, text in texts.items():
                    if text in ("", UNCHANGED):
                        continue
                    stands = f"{self.rows[title][name] or ''}\n{self.rows[title][NOTE] or ''}"
                    before = (*self.shown[title, name], *self.told)
                    seen = any(text in one for one in before)
                    answered = any(
                        name in answers.get(title, {}) for answers in self.answers.values()
                    )
                    over = (title, name) in self.edits or title in self.deleted or answered
                    if title in self.out and answered:
                        # What is told of a row waits while the row is not in the report.
                        continue
                    assert text in stands or text in told or (seen and over), (
                        unit,
                        title,
                        name,
                        text,
                        self.rows[title],
                    )

    def hold_carried(self, checked: CheckedRound) -> None:
        """Who has not answered stands as last reported, and who says unchanged with the last comment."""
        for unit in UNITS:
            for title, texts in self.inbox.get(unit, {}).items():
                if texts["Kommentar"] == UNCHANGED and title in self.previous:
                    self.hold_as_before(title, ("Kommentar",))
        silent = {a.values.title for a in checked.compilation.carried}
        for title in silent:
            self.hold_as_before(title, TEXTS)

    def hold_as_before(self, title: str, names: Sequence[str]) -> None:
        for name in names:
            answered = any(name in answers.get(title, {}) for answers in self.answers.values())
            if (title, name) not in self.edits and not answered and title not in self.same.values():
                assert (self.rows[title][name] or "") == self.previous[title][name], title

    def hold_coordinators(self, checked: CheckedRound) -> None:
        """What the coordinator has written is where it was written, and what was kept out is out."""
        reported = {a.values.title for a in checked.compilation.in_reports}
        for (title, name), text in self.edits.items():
            assert self.rows[title][name] == text, (title, name, self.rows.get(title))
        for title, texts in self.own_rows.items():
            for name, text in texts.items():
                assert self.rows[title][name] == self.edits.get((title, name), text), title
        for title, text in self.asked.items():
            assert self.rows[title]["Komplettera"] == text
        if self.own_values:
            stands = self.rounds.own_texts()
            lies = own_values(self.rounds.round, FORMULA)
            for title, text in self.own_values.items():
                if title in self.rows:
                    assert stands.get(title) == text, (title, stands)
                    assert str(lies.get(title)).startswith("=LEN("), (title, lies)
                    assert str(lies[title]).endswith("{row})"), (title, lies)
        if self.paged:
            page = openpyxl.load_workbook(self.rounds.round / COMPILATION_FILE)[PAGE]
            assert (page["A1"].value, page["B2"].value) == ("Mitt", 17)
        if self.decisions:
            assert beslut(self.rounds.round) == self.decisions
        assert not reported & self.out
        used = {t for rows in self.inbox.values() for t in rows} | self.own_rows.keys()
        assert used - self.out - self.deleted - self.same.keys() <= reported


TestAnyYear = AnyYear.TestCase
TestAnyYear.settings = settings(max_examples=tries(3, 200), stateful_step_count=16)
