"""Any year of rounds: whatever is done in whatever order, nobody's words are lost and nothing else changes.

A machine of hypothesis chooses what people do, over several rounds: hand-ins, corrections, withdrawals,
reworded titles, edits, own columns and sheets, own rows, joined rows and rows kept apart, files set aside,
decisions, completions, files saved anew by LibreOffice, and the round after. `year_model.py` says after each
merge what must be there.
"""

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from excel_uppsikt.form.definition import WHOLE_DEPARTMENT
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.outbox import mail
from tests.compilation.edited_rounds import add
from tests.endurance import tries
from tests.rounds.completed_rounds import beslut
from tests.rounds.year_model import APART, SAME, UNCHANGED, Year
from tests.rounds.year_of_rounds import (
    OWNERS,
    TEXTS,
    TITLES,
    UNITS,
    Form,
    Texts,
    fill,
    other_title,
    sheet_of,
)
from tests.small_rounds import HOMES, YOUTH

AT = st.integers(0, 30)
# Whoever has a form: a unit, or a department for what is common.
UNIT = st.sampled_from(OWNERS)
TEXT = st.sampled_from(TEXTS)
# Whose a row of the coordinator's own is.
WHOSE = (*UNITS, WHOLE_DEPARTMENT)


def one_of(names: Sequence[str], at: int) -> str:
    """One of the names, the same each time."""
    return sorted(names)[at % len(names)]


class AnyYear(Year, RuleBasedStateMachine):
    """What people do with the rounds."""

    @initialize()
    def begins(self) -> None:
        self.begin()

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

    @rule(unit=UNIT, at=AT)
    def unit_rewords_a_title(self, unit: str, at: int) -> None:
        """The activity is the same, and what the coordinator has written of it stays with it."""
        self.merge()
        away = {*self.own_rows, *self.deleted, *self.edits_of_completions()}
        mine = [t for t in self.used.get(unit, {}) if t in self.rows and t not in away]
        if mine:
            title = one_of(mine, at)
            made = self.rows[title]["Id"]
            self.reword(unit, title, new := other_title(title))
            self.hand_in(unit)
            self.merge()
            assert self.rows[new]["Id"] == made

    def edits_of_completions(self) -> set[str]:
        """Titles that stand in forms for what was sent back, or in answers."""
        sent = {title for form in self.sent.values() for title in form.rows}
        return sent | {title for answers in self.answers.values() for title in answers}

    @rule(unit=UNIT)
    def unit_withdraws(self, unit: str) -> None:
        if self.inbox.pop(unit, None) is not None:
            self.rounds.withdraw(f"{unit}.xlsx")

    @precondition(lambda self: any(self.own_rows.keys() - self.edits_of(OWNERS)))
    @rule(unit=UNIT, at=AT)
    def unit_sends_what_the_coordinator_wrote(self, unit: str, at: int) -> None:
        """A unit's late row is one that the coordinator has written already."""
        title = one_of([*self.own_rows], at)
        if all(title not in form.rows for form in self.forms.values()):
            fill(self.forms[unit], {title: self.texts(unit)})
            self.hand_in(unit)

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

    @rule(at=AT)
    def add_own_row(self, at: int) -> None:
        if free := self.free():
            title, texts = one_of(free, at), self.texts("Samordnaren")
            goal = (YOUTH, HOMES)[TITLES.index(title) % 2]
            add(
                self.rounds.round,
                {
                    "Mål": goal.text,
                    "Aktivitet": title,
                    "Enheter": (*UNITS, "Hela verksamheten")[at % 4],
                    **texts,
                },
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
            if t in there and t not in {*self.own_rows, *self.out, *self.deleted, *self.apart}
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

    @rule(unit=UNIT)
    def set_aside_or_use(self, unit: str) -> None:
        """Använd is turned over for a unit's only form."""
        self.merge()
        if unit in self.inbox:
            said = "ja" if unit in self.aside else "nej"
            self.rounds.use(f"inkorg/{unit}.xlsx", said)
            self.aside ^= {unit}
            self.merge()

    @rule(at=AT)
    def keep_apart_or_not(self, at: int) -> None:
        """Samma som says that a row is an activity of its own, or no more.

        None of hers: a unit's of its title would be another row, and the model knows rows by title.
        """
        there = self.rounds.rows()
        free = [t for t in there if t not in {*self.same, *self.same.values(), *self.own_rows}]
        if free:
            title = one_of(free, at)
            self.rounds.write(title, {SAME: None if title in self.apart else APART})
            self.apart ^= {title}

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
        for unit in OWNERS:
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
        unasked = [t for t in self.rows if t not in {*self.asked, *self.added}]
        other = {
            t: self.texts(unit) for t in unasked[at % 5 : at % 5 + 1] if sheet_of(t) in form.sheets
        }
        new = {t: self.texts(unit) for t in self.free()[:1] if more and sheet_of(t) in form.sheets}
        added = sorted(self.added & self.rows.keys() - self.asked.keys() - form.rows.keys())
        again = [t for t in added if sheet_of(t) in form.sheets][at % 3 : at % 3 + 1]
        new |= {t: self.texts(unit) for t in again}
        self.unasked |= other.keys()
        fill(form, rows | other | new)
        self.rounds.hand_in(f"Svar {unit} {self.count}.xlsx", form)
        self.take_answers(unit, rows, new)
        self.added |= new.keys()
        before = self.rows
        checked = self.merged()
        may = {*form.rows, *(self.same.get(title, title) for title in form.rows)} - {*other}
        may |= new.keys()
        assert self.changed_since(before, may) == {}
        for title, texts in other.items():
            for text in texts.values():
                assert any(text in f.message for f in checked.findings if f.code == "M610"), title
        # What only completions have is new in each of them, and theirs together: each is told.
        told = [dict(f.fields) for f in checked.findings if f.code == "M611"]
        for title in new.keys() - self.out - self.deleted:
            assert {"title": title, "owner": unit} in told, (title, told)

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
        for owner in OWNERS:
            # A unit's activity that what is common has been joined into is of both.
            mine = {
                t
                for t, a in reported.items()
                if owner in a.values.units
                or (owner not in UNITS and (a.values.whole or not a.values.units))
            }
            assert self.forms[owner].rows.keys() == mine
        self.merge()

    @rule()
    def merge(self) -> None:
        self.merged()


TestAnyYear = AnyYear.TestCase
TestAnyYear.settings = settings(max_examples=tries(3, 200), stateful_step_count=16)
