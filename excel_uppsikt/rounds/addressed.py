"""Who is to get which files: the owners by the plan, the people behind them, one letter to each person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.form.definition import common_form, file_name, goal_form, unit_form
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.language.text import fold
from excel_uppsikt.mail.addresses import addresses, same_person, usable
from excel_uppsikt.mail.message import Attachment, Letter, MailKind
from excel_uppsikt.model import Department, Plan
from excel_uppsikt.plan.texts import ONLY_ASKED, REST, REST_STAYS
from excel_uppsikt.round_paths import TEMPLATES
from excel_uppsikt.rounds.results import Misplaced, Unreached
from excel_uppsikt.rounds.whose import EVERYBODY, owner_of, theirs

# The plan's sheets with addresses.
UNITS, DEPARTMENTS, RECIPIENTS = "Enheter", "Verksamheter", "Mottagare"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom something is mailed about, in words, and the people who get it with their addresses.

    `files` are what is attached, by their paths in the round, and `facts` what fills in placeholders of its
    own; those `needed` must stand in the text, and sentences that are `untrue` not. `why` says why it is
    mailed, and `sheet` on which sheet of the plan their addresses stand, '' for a form that is nobody's in
    particular.
    """

    words: str
    department: Department | None = None
    people: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    why: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class OwnerUnreached:
    """Somebody behind an owner whom there is no address for, told in words."""

    owner: Owner
    name: str
    told: Unreached


@dataclass(frozen=True, slots=True)
class Addressed:
    """The letters, one to each person, whom there is no address for, and the files that hold them up."""

    letters: tuple[Letter, ...]
    unreached: tuple[OwnerUnreached, ...]
    missing: tuple[str, ...]
    misplaced: tuple[Misplaced, ...]


def form_owners(plan: Plan) -> Iterator[Owner]:
    """Each unit and each department's own form, with the file that went out."""
    names = form_names(plan)
    for unit in plan.units:
        form, people = unit_form(plan, unit), ((unit.contact, unit.email),)
        files = (f"{TEMPLATES}/{names[form.owner]}",)
        yield Owner(form.owner, plan.department(unit.department), people, files, sheet=UNITS)
    for department in plan.departments:
        form = common_form(plan, department)
        people = ((department.responsible, department.email),)
        files = (f"{TEMPLATES}/{names[form.owner]}",)
        yield Owner(form.owner, department, people, files, sheet=DEPARTMENTS)


def with_forms(folder: Path, plan: Plan, owner: Owner) -> tuple[str, ...]:
    """The owner's form, or those of all goals where there are such and none of its own."""
    if all((folder / file).is_file() for file in owner.files):
        return owner.files
    goals = [f"{TEMPLATES}/{file_name(goal_form(goal))}" for goal in plan.goals_by_number]
    return tuple(file for file in goals if (folder / file).is_file()) or owner.files


def address(folder: Path, plan: Plan, kind: MailKind, owners: Sequence[Owner]) -> Addressed:
    """One letter to each person, with all that is theirs, as it lies in the folder.

    A file that is not by what it says itself an owner's whose files the person is to have holds up the
    letter.
    """
    parts: dict[str, list[_Part]] = {}
    without: list[OwnerUnreached] = []
    missing: list[str] = []
    misplaced: list[Misplaced] = []
    read: dict[str, Attachment] = {}
    for owner in owners:
        away = [file for file in owner.files if not (folder / file).is_file()]
        if away:
            missing += away
            continue
        for file in owner.files:
            if file not in read:
                path = folder / file
                data = path.read_bytes()
                read[file] = Attachment(path.name, data, owner_of(plan, path.name, data))
        people, unreached = _reached(owner)
        without += unreached
        for name, email in people:
            parts.setdefault(same_person(email), []).append(_Part(owner, name, email))
    letters: list[Letter] = []
    for mine in parts.values():
        wrong = _not_theirs(plan, kind, mine, read)
        misplaced += wrong
        if not wrong:
            letters.append(_letter(kind, mine, read))
    return Addressed(
        tuple(letters),
        tuple(without),
        tuple(dict.fromkeys(missing)),
        tuple(misplaced),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What a person gets of one owner."""

    owner: Owner
    name: str
    email: str


def _letter(kind: MailKind, parts: Sequence[_Part], read: Mapping[str, Attachment]) -> Letter:
    owners = list({part.owner.words: part.owner for part in parts}.values())
    files = dict.fromkeys(file for owner in owners for file in owner.files)
    departments = [owner.department for owner in owners if owner.department is not None]
    return Letter(
        kind=kind,
        name=next((part.name for part in parts if part.name), ""),
        email=parts[0].email,
        owners=tuple(owner.words for owner in owners),
        attachments=tuple(read[file] for file in files),
        departments=tuple(dict.fromkeys(departments)),
        facts=_facts(owners),
        needed=tuple(dict.fromkeys(mark for owner in owners for mark in owner.needed)),
        untrue=tuple(dict.fromkeys(one for owner in owners for one in owner.untrue)),
        why="; ".join(dict.fromkeys(owner.why for owner in owners if owner.why)),
    )


def _facts(owners: Sequence[Owner]) -> dict[str, str]:
    """What fills in the letter's own placeholders; of several owners under the name of each.

    Of the rest is said what is so for all of them.
    """
    keys = dict.fromkeys(key for owner in owners for key in owner.facts)
    told = {key: [(o.words, o.facts[key]) for o in owners if o.facts.get(key)] for key in keys}
    facts = {
        key: said[0][1]
        if len(owners) == 1 and said
        else "\n\n".join(f"{words}\n{fact}" for words, fact in said)
        for key, said in told.items()
    }
    if REST in facts:
        stays = all(owner.facts.get(REST) == REST_STAYS for owner in owners)
        facts[REST] = REST_STAYS if stays else ONLY_ASKED
    return facts


def _not_theirs(
    plan: Plan, kind: MailKind, parts: Sequence[_Part], read: Mapping[str, Attachment]
) -> list[Misplaced]:
    """The files that somebody would get and is not to have, by the plan and by what they say themselves."""
    mine = theirs(plan, kind, parts[0].email)
    files = dict.fromkeys(file for part in parts for file in part.owner.files)
    return [
        Misplaced(file, parts[0].email, read[file].owner)
        for file in files
        if read[file].owner not in {*mine, EVERYBODY}
    ]


def _reached(owner: Owner) -> tuple[list[tuple[str, str]], list[OwnerUnreached]]:
    """The people with an address each, and those whom there is none for, or none that works."""
    people: list[tuple[str, str]] = []
    unreached: list[OwnerUnreached] = []

    def without(name: str, told: str) -> None:
        said = Unreached(told, owner.sheet, named=bool(owner.people))
        unreached.append(OwnerUnreached(owner, name, said))

    for name, written in owner.people:
        whom = f"{owner.words} ({name})" if name and len(owner.people) > 1 else owner.words
        emails = addresses(written)
        people += [(name, email) for email in emails if usable(email)]
        for email in emails:
            if not usable(email):
                without(name, f"{whom} (”{email}” går inte att använda)")
        if not emails:
            without(name, whom)
    if not owner.people:
        without("", owner.words)
    return people, unreached


def chosen(
    plan: Plan, addressed: Addressed, only: str | None
) -> tuple[tuple[Letter, ...], tuple[Unreached, ...]]:
    """The letters of a unit, a department or a recipient, by name or address, and whom there are none for.

    All where none is named. Raises `CannotRunError` for a name that the plan does not have.
    """
    unreached = addressed.unreached
    if only is None:
        return addressed.letters, tuple(dict.fromkeys(one.told for one in unreached))
    wanted = fold(only)
    known = [unit.name for unit in plan.units] + [unit.contact for unit in plan.units]
    known += [name for one in plan.departments for name in (one.name, f"Gemensamt {one.name}")]
    known += [one.responsible for one in plan.departments]
    known += [one.name for one in plan.recipients]
    written = [one.email for one in plan.units] + [one.email for one in plan.departments]
    written += [one.email for one in plan.recipients]
    known += [email for cell in written for email in addresses(cell)]
    if wanted not in map(fold, known):
        raise CannotRunError(
            f"{only} finns inte i planen. Skriv en enhet, en verksamhet, en mottagare eller en e-postadress "
            "som den står där."
        )
    letters = tuple(
        letter
        for letter in addressed.letters
        if wanted
        in map(
            fold, (*letter.owners, letter.name, letter.email, *(d.name for d in letter.departments))
        )
    )
    without = (one.told for one in unreached if wanted in map(fold, _names(one)))
    return letters, tuple(dict.fromkeys(without))


def _names(one: OwnerUnreached) -> tuple[str, ...]:
    """By what somebody without an address can be chosen."""
    owner, department = one.owner, one.owner.department
    written = (cell for name, cell in owner.people if name == one.name)
    emails = [email for cell in written for email in addresses(cell)]
    return (owner.words, one.name, department.name if department else "", *emails)
