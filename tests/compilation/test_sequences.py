"""Any sequence of hand-ins, losses, edits and merges: nobody's words or decisions are lost.

A model of the round, a few sets and dictionaries, goes beside the program and says what must be there.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps, workbooks
from excel_uppsikt.rounds.results import CheckedRound, StartedOver
from tests.compilation.edited_rounds import add, book, put, remove, saved_by_hand, table
from tests.endurance import tries
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row, saved

UNITS = ("Hemtjänst", "Bemanning")
PLAN = make_plan(minimum=0, units=UNITS)
# No two are near each other: a reworded title is another story.
TITLES = ("Läxhjälp", "Simskola", "Odling", "Teater", "Körsång", "Vandring", "Bakning", "Schack")
STEPS = 9
# Where the files and Använd stand on the sheet of files.
USE = 7
FIRST_FILE = 4


@dataclass
class Model:
    """What the round must hold; an edit is a text, and what the unit had said when it was written."""

    # What each unit says now, and said in each of its files that can be read, the later saved last.
    forms: dict[str, dict[str, str]]
    files: dict[str, dict[str, dict[str, str]]]
    lost: set[str] = field(default_factory=set)
    # All that has been said of a title.
    said: dict[str, list[str]] = field(default_factory=dict)
    # The coordinator's choices of files, and what stood at Använd when the compilation was written.
    chosen: dict[str, bool] = field(default_factory=dict)
    stood: dict[str, str] = field(default_factory=dict)
    edits: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)
    # Those of them that have been joined with a unit's row.
    joined: set[str] = field(default_factory=set)
    # The units' texts by title as they were last merged.
    merged: dict[str, str] = field(default_factory=dict)
    # The titles whose rows were not away when the compilation was written.
    present: set[str] = field(default_factory=set)
    # The titles that a ja kept in the report then.
    kept_before: set[str] = field(default_factory=set)
    # The titles that were excluded or deleted then.
    out_before: set[str] = field(default_factory=set)
    count: int = 0

    def new_text(self, who: str) -> str:
        """A text that nobody has written before."""
        self.count += 1
        return f"{who} skriver nummer {self.count}."

    def used(self, unit: str) -> list[str]:
        """The unit's files that are used: those with a ja, else the latest of those without a nej."""
        files = list(self.files[unit])
        wanted = [file for file in files if self.chosen.get(file)]
        return wanted or [file for file in files if file not in self.chosen][-1:]

    @property
    def there(self) -> dict[str, str]:
        """The units' texts by title, of forms that are used now; of several in the order of their names."""
        texts: dict[str, list[str]] = {}
        for unit, files in self.files.items():
            for file in sorted(self.used(unit)):
                for title, text in files[file].items():
                    said = texts.setdefault(title, [])
                    said += [text] if text not in said else []
        return {title: "\n".join(said) for title, said in texts.items()}

    def choose(self, stands: dict[str, str | None]) -> None:
        """Takes what stands at Använd as chosen, of the units of which a cell has been changed."""
        for unit in UNITS:
            cells = {f: stands.get(f) for f in self.stood if Path(f).name.startswith(unit)}
            changed = any(cell and cell != self.stood[file] for file, cell in cells.items())
            for file, cell in cells.items():
                if cell is None:
                    self.chosen.pop(file, None)
                elif changed:
                    self.chosen[file] = cell == "ja"

    @property
    def decided(self) -> set[str]:
        """Titles about which the coordinator has decided something."""
        return {*self.edits, *self.excluded, *self.kept}


class Sequence:
    """One sequence of steps in a folder, each chosen at random and held against the model."""

    def __init__(self, folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.pick, self.monkeypatch = folder, random.Random(seed), monkeypatch  # noqa: S311  the same each time
        self.model = Model({unit: {} for unit in UNITS}, {unit: {} for unit in UNITS})
        self.moment = 0
        for at, title in enumerate(TITLES[:6]):
            self.model.forms[UNITS[at % 2]][title] = self.model.new_text(UNITS[at % 2])
        make_round(folder, PLAN, {})
        (folder / "inkorg").mkdir()
        for unit in UNITS:
            self.hand_in(unit)
        self.log: list[str] = []

    def hand_in(self, unit: str, version: str = "") -> None:
        """Puts the unit's form, as it is now, into the inbox: over the earlier one, or beside it."""
        texts = dict(self.model.forms[unit])
        rows = [row(title, comment=text) for title, text in texts.items()]
        self.moment += 1
        data = saved(own_form(PLAN, unit, {2: rows}), f"2024-05-02T08:00:{self.moment:02}")
        (self.folder / "inkorg" / f"{unit}{version}.xlsx").write_bytes(data)
        self.model.files[unit].pop(f"inkorg/{unit}{version}.xlsx", None)
        self.model.files[unit][f"inkorg/{unit}{version}.xlsx"] = texts
        self.model.lost.discard(unit)
        for title, text in texts.items():
            self.model.said.setdefault(title, []).append(text)

    def step(self) -> None:
        """Something that people do, whatever it is."""
        act = self.pick.choice(
            (self.unit_rewrites, self.unit_drops, self.unit_adds, self.file_is_lost,
             self.file_comes_back, self.file_is_renamed, self.edit, self.edit, self.exclude,
             self.include, self.delete, self.own_row, self.unit_sends_version, self.choose_files,
             self.choose_files, self.unit_agrees, self.unit_agrees, self.unit_changes_back)
        )  # fmt: skip
        act()

    def unit_rewrites(self) -> None:
        unit = self.pick.choice(UNITS)
        for title in self.pick.sample(
            sorted(self.model.forms[unit]), min(2, len(self.model.forms[unit]))
        ):
            self.model.forms[unit][title] = self.model.new_text(unit)
        self.hand_in(unit)
        self.log.append(f"{unit} rewrites")

    def unit_agrees(self) -> None:
        """A unit comes to write what the coordinator has."""
        unit = self.pick.choice(UNITS)
        edited = sorted(self.model.edits.keys() & self.model.forms[unit].keys())
        if edited:
            title = self.pick.choice(edited)
            self.model.forms[unit][title] = self.model.edits[title][0]
            self.hand_in(unit)
            self.log.append(f"{unit} agrees on {title}")

    def unit_changes_back(self) -> None:
        """A unit writes what it has written before."""
        unit = self.pick.choice(UNITS)
        if self.model.forms[unit]:
            title = self.pick.choice(sorted(self.model.forms[unit]))
            self.model.forms[unit][title] = self.pick.choice(self.model.said[title])
            self.hand_in(unit)
            self.log.append(f"{unit} changes back {title}")

    def unit_sends_version(self) -> None:
        unit = self.pick.choice(UNITS)
        version = self.pick.choice((" ny", " slutlig"))
        for title in sorted(self.model.forms[unit])[:1]:
            self.model.forms[unit][title] = self.model.new_text(unit)
        self.hand_in(unit, version)
        self.log.append(f"{unit} sends{version}")

    def stands(self) -> dict[str, str | None]:
        """What stands at Använd by file."""
        if not (self.folder / COMPILATION_FILE).is_file():
            return {}
        sheet = book(self.folder)["Inlämningar"]
        rows = sheet.iter_rows(min_row=FIRST_FILE, max_col=USE, values_only=True)
        return {str(cells[0]): str(cells[-1]) if cells[-1] else None for cells in rows if cells[0]}

    def choose_files(self) -> None:
        """Writes ja or nej at some or all of a unit's files, or empties the cells."""
        unit = self.pick.choice(UNITS)
        files = sorted(f for f in self.model.stood if Path(f).name.startswith(unit))
        answers = {
            file: self.pick.choice(("ja", "nej", "nej", None))
            for file in files
            if self.pick.random() < 0.75
        }

        def change(book: Workbook) -> None:
            for cells in book["Inlämningar"].iter_rows(min_row=FIRST_FILE, max_col=USE):
                if cells[0].value in answers:
                    cells[-1].value = answers[str(cells[0].value)]

        if answers:
            saved_by_hand(self.folder, change)
            self.log.append(f"choose {answers}")

    def unit_drops(self) -> None:
        unit = self.pick.choice(UNITS)
        if self.model.forms[unit]:
            title = self.pick.choice(sorted(self.model.forms[unit]))
            del self.model.forms[unit][title]
            self.hand_in(unit)
            self.log.append(f"{unit} drops {title}")

    def unit_adds(self) -> None:
        unit = self.pick.choice(UNITS)
        files = [*self.model.forms.values()]
        files += [texts for versions in self.model.files.values() for texts in versions.values()]
        free = [t for t in TITLES if not any(t in texts for texts in files)]
        if free:
            title = self.pick.choice(free)
            self.model.forms[unit][title] = self.model.new_text(unit)
            self.hand_in(unit)
            self.log.append(f"{unit} adds {title}")

    def file_is_lost(self) -> None:
        unit = self.pick.choice(UNITS)
        paths = [p for p in (self.folder / "inkorg").iterdir() if unit in p.name]
        for path in paths:
            if self.pick.random() < 0.5:
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:400])
        self.model.lost.add(unit)
        self.model.files[unit] = {}
        self.log.append(f"{unit} lost")

    def file_comes_back(self) -> None:
        for unit in sorted(self.model.lost):
            self.hand_in(unit)
            self.log.append(f"{unit} back")

    def file_is_renamed(self) -> None:
        unit = self.pick.choice(UNITS)
        path = self.folder / "inkorg" / f"{unit}.xlsx"
        if path.is_file() and unit not in self.model.lost:
            shutil.move(path, path.with_name(f"{unit} (kopia).xlsx"))
            self.hand_in(unit)
            path.with_name(f"{unit} (kopia).xlsx").unlink()
            self.log.append(f"{unit} renamed")

    def rows(self) -> list[str]:
        """The titles that stand in the compilation."""
        if not (self.folder / COMPILATION_FILE).is_file():
            return []
        return [str(cells["Aktivitet"]) for cells in table(self.folder)]

    def edit(self) -> None:
        rows = self.rows()
        if rows:
            title = self.pick.choice(rows)
            text = self.model.new_text("Samordnaren")
            put(self.folder, title, {"Kommentar": text})
            self.model.edits[title] = (text, self.model.merged.get(title))
            self.log.append(f"edit {title}")

    def says(self, title: str) -> str:
        """What stands at Ta med; the program writes nej at a row that is away, which is no decision."""
        (cells,) = [one for one in table(self.folder) if one["Aktivitet"] == title]
        return str(cells["Ta med"])

    def exclude(self) -> None:
        rows = [title for title in self.rows() if self.says(title) == "ja"]
        if rows:
            title = self.pick.choice(rows)
            put(self.folder, title, {"Ta med": "nej"})
            # A ja that is taken back before anything has been made of it is no decision, so that what
            # was decided before stands.
            taken_back = title in self.model.kept - self.model.kept_before
            if not taken_back or title in self.model.out_before:
                self.model.excluded.add(title)
            self.model.kept.discard(title)
            self.log.append(f"exclude {title}")

    def include(self) -> None:
        rows = [title for title in self.rows() if self.says(title) == "nej"]
        if rows:
            title = self.pick.choice(rows)
            put(self.folder, title, {"Ta med": "ja"})
            self.model.excluded.discard(title)
            self.model.deleted.discard(title)
            if title not in self.model.own and title not in self.model.present:
                self.model.kept.add(title)
            self.log.append(f"include {title}")

    def delete(self) -> None:
        rows = self.rows()
        if rows:
            title = self.pick.choice(rows)
            remove(self.folder, title)
            # A row that only the coordinator wrote is gone when it is deleted.
            units = (
                title in self.model.merged
                and title not in self.model.own.keys() - self.model.joined
            )
            for kept in (self.model.edits, self.model.own):
                kept.pop(title, None)
            self.model.excluded.discard(title)
            self.model.kept.discard(title)
            if units:
                self.model.deleted.add(title)
            self.log.append(f"delete {title}")

    def own_row(self) -> None:
        free = [t for t in TITLES if t not in self.rows() and t not in self.model.there]
        free = [t for t in free if t not in self.model.deleted and self.rows()]
        if free:
            title, text = self.pick.choice(free), self.model.new_text("Samordnaren")
            cells = {"Mål": YOUTH.text, "Aktivitet": title, "Enheter": UNITS[0], "Kommentar": text}
            add(self.folder, cells)
            self.model.own[title] = text
            self.model.joined.discard(title)
            self.log.append(f"own {title}")

    @contextmanager
    def saved_meanwhile(self) -> Iterator[None]:
        """Sometimes the coordinator saves an edit while the round is being merged."""
        left = [1] if self.pick.random() < 0.25 and self.rows() else []

        def slow(content: CompilationContent) -> bytes:
            if left and self.rows():
                left.pop()
                self.edit()
            return compilation_workbook(content)

        with self.monkeypatch.context() as patched:
            patched.setattr(workbooks, "compilation_workbook", slow)
            yield

    def merge(self) -> None:
        """Merges, and holds what is there against the model."""
        self.model.choose(self.stands())
        with self.saved_meanwhile():
            results = list(steps.merge(self.folder))
        checked = [result for result in results if isinstance(result, CheckedRound)][-1]
        assert sum(isinstance(result, StartedOver) for result in results) <= 1
        self.hold(checked)
        self.model.merged |= self.model.there
        # What the unit agrees with is what it last said when the edit is seen the next time.
        for title, (text, _) in list(self.model.edits.items()):
            if self.model.there.get(title) == text:
                self.model.edits[title] = (text, text)
        readable = {file for files in self.model.files.values() for file in files}
        self.model.stood = {f: str(use) for f, use in self.stands().items() if f in readable}
        self.model.present = set(self.model.there)
        self.model.joined |= self.model.own.keys() & self.model.present
        self.model.kept_before = set(self.model.kept)
        self.model.out_before = self.model.excluded | self.model.deleted

    def hold(self, checked: CheckedRound) -> None:
        """Every word and decision is there, and what is kept out of the report is told."""
        model, story = self.model, "; ".join(self.log)
        cells = {str(one["Aktivitet"]): one for one in table(self.folder)}
        reported = {activity.values.title for activity in checked.compilation.approved}
        told = {str(dict(f.fields)["title"]) for f in checked.findings if f.code == "M608"}
        self.hold_files(checked)
        for title, text in model.there.items():
            assert title in cells, (title, story)
            note = str(cells[title]["Anteckning"] or "")
            seen = model.edits.get(title, (None, None))[1] == text or title in model.deleted
            shown = text == cells[title]["Kommentar"] or text in note
            assert shown or seen, (title, text, cells[title], story)
            if title not in model.excluded and title not in model.deleted:
                assert title in reported, (title, cells[title], story)
        for title, (text, _) in model.edits.items():
            assert cells[title]["Kommentar"] == text, (title, text, cells.get(title), story)
        for title, text in model.own.items():
            kept = model.edits.get(title, (text, None))[0]
            assert cells[title]["Kommentar"] == kept, (title, cells.get(title), story)
            out = model.excluded | model.deleted
            assert (title in reported) == (title not in out), (title, cells[title], story)
        for title in model.excluded | model.deleted:
            assert title not in reported, (title, story)
        for title in model.decided - model.deleted - set(model.own):
            if title not in model.there:
                assert title in cells, (title, story)
                assert (title in told) != (title in reported), (title, told, story)

    def hold_files(self, checked: CheckedRound) -> None:
        """Each file is used or not as was chosen, and a unit of which none is used is told."""
        model, story, stands = self.model, "; ".join(self.log), self.stands()
        none_used = {f.value for f in checked.findings if f.variant.name == "NONE_USED"}
        silent = {f.value for f in checked.findings if f.code == "U503"}
        for unit, files in model.files.items():
            used = model.used(unit)
            assert {f: stands[f] for f in files} == {
                f: "ja" if f in used else "nej" for f in files
            }, (model.chosen, story)
            assert (unit in none_used) == bool(files and not used), story
            assert not (files and unit in silent), story
            assert {
                s.file for s in checked.collection.submissions if s.used and s.unit == unit
            } == {*used}, story


@pytest.mark.parametrize("seed", range(tries(2, 300)))
def test_no_words_and_no_decision_are_lost(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sequence = Sequence(tmp_path, seed, monkeypatch)
    sequence.merge()
    for _ in range(STEPS):
        for _ in range(sequence.pick.randint(1, 3)):
            sequence.step()
        sequence.merge()
