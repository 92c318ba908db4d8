"""The model of a year of rounds: what has been written by whom, and what must be there after each merge."""

import shutil
import tempfile
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

import openpyxl

from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.own_rounds import own_values
from tests.rounds.completed_rounds import beslut
from tests.rounds.year_of_rounds import (
    FORMULA,
    OWNERS,
    PAGE,
    TEXTS,
    TITLES,
    UNITS,
    Form,
    Rounds,
    Texts,
    base_of,
    fill,
    reword,
)

SAME, NOTE, APART = "Samma som", "Anteckning", "egen"
UNCHANGED = "oförändrat"

Rows = Mapping[str, Mapping[str, object]]
# A text of an activity by its title and heading.
Cell = tuple[str, str]


class Year:
    """What has been done with the rounds, and what must then be there."""

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
        self.merged()

    def new_round(self) -> None:
        """Nothing has been handed in or decided."""
        self.forms: dict[str, Form] = {one: self.rounds.form(one) or Form(b"") for one in OWNERS}
        self.inbox: dict[str, dict[str, Texts]] = {}
        self.answers: dict[str, dict[str, Texts]] = {}
        # Titles of rows that were written in completions though nobody had asked for them.
        self.unasked: set[str] = set()
        # Titles that completions have added.
        self.added: set[str] = set()
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
        # Whose files are set aside at Använd, and rows that are kept apart at Samma som.
        self.aside: set[str] = set()
        self.apart: set[str] = set()
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

    def hand_in(self, unit: str) -> None:
        self.rounds.hand_in(f"{unit}.xlsx", self.forms[unit])
        self.inbox[unit] = self.forms[unit].copy().rows

    def free(self) -> list[str]:
        """Titles that nobody has."""
        taken = {title for form in self.forms.values() for title in form.rows}
        taken |= {title for answers in self.answers.values() for title in answers}
        taken |= self.rows.keys() | self.own_rows.keys() | self.deleted | self.previous.keys()
        taken |= self.unasked
        return [title for title in TITLES if title not in {base_of(one) for one in taken}]

    @property
    def used(self) -> dict[str, dict[str, Texts]]:
        """What the forms in the inbox say that are used."""
        return {owner: rows for owner, rows in self.inbox.items() if owner not in self.aside}

    def reword(self, owner: str, title: str, new: str) -> None:
        """An activity goes by another title: all that is known of it does."""
        reword(self.forms[owner], title, new)
        for texts in (self.own_values, self.asked):
            if title in texts:
                texts[new] = texts.pop(title)
        if title in self.previous:
            self.previous[new] = self.previous.pop(title)
        self.edits = {(new if t == title else t, n): text for (t, n), text in self.edits.items()}
        self.shown = {(new if t == title else t, n): text for (t, n), text in self.shown.items()}
        self.same = {
            new if part == title else part: new if whole == title else whole
            for part, whole in self.same.items()
        }
        for titles in (self.out, self.apart):
            if title in titles:
                titles.remove(title)
                titles.add(new)

    def edits_of(self, units: Sequence[str]) -> set[str]:
        return {title for unit in units for title in self.forms[unit].rows}

    @staticmethod
    def id_of(there: Rows, title: str) -> object:
        return there[title]["Id"] if title in there else None

    def forget(self, title: str) -> None:
        """Nothing of the coordinator's is left on a row that she has deleted."""
        for kept in (self.own_rows, self.own_values, self.asked):
            kept.pop(title, None)
        self.edits = {cell: text for cell, text in self.edits.items() if cell[0] != title}
        self.out.discard(title)
        self.apart.discard(title)

    def take_answers(
        self,
        unit: str,
        rows: Mapping[str, Texts],
        new: Mapping[str, Texts],
    ) -> None:
        """The answer takes the place of the text that it went out with, and of an earlier answer.

        An earlier one stays that the form went out with, also with the texts of rows that are joined into it.
        """
        sent = self.sent[unit].rows
        earlier = self.answers.get(unit, {})
        kept = {
            title: {
                n: t for n, t in texts.items() if t in sent.get(title, {}).get(n, "").split("\n")
            }
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
                if self.own_rows.get(title, {}).get(name) == sent[title][name]:
                    del self.own_rows[title][name]

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

    def changed_since(self, before: Rows, may: Container[str]) -> dict[Cell, tuple[object, object]]:
        """The cells that are not as they were, but for rows that may have changed."""
        return {
            (title, name): (old, new)
            for title in before.keys() | self.rows.keys()
            if title not in may
            for name in before.get(title, {}).keys() | self.rows.get(title, {}).keys()
            if (old := before.get(title, {}).get(name))
            != (new := self.rows.get(title, {}).get(name))
        }

    def hold(self, checked: CheckedRound) -> None:
        told = "\n".join(found.value or "" for found in checked.findings)
        self.hold_texts(self.used, told)
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
        for rows in self.used.values():
            for title, texts in rows.items():
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
            # What a file says that is used no more does not stand in a row that is hers.
            if not any(
                title in rows for said in (self.used, self.answers) for rows in said.values()
            ):
                assert self.rows[title]["Status"] is None, self.rows[title]
        for title, text in self.asked.items():
            assert self.rows[title]["Komplettera"] == text
        for title in self.apart & self.rows.keys():
            assert self.rows[title][SAME] == APART, title
        self.hold_own()
        if self.decisions:
            assert beslut(self.rounds.round) == self.decisions
        assert not reported & self.out
        used = {t for rows in self.used.values() for t in rows} | self.own_rows.keys()
        assert used - self.out - self.deleted - self.same.keys() <= reported

    def hold_own(self) -> None:
        """What stands in columns and on sheets of the coordinator's own."""
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
