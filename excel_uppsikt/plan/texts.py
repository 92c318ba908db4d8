"""The plan's boilerplate filled in: the placeholders, and numbers and dates in Swedish words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from excel_uppsikt.language.braces import words_in_braces
from excel_uppsikt.language.numbers import swedish_date, swedish_number
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Department, Plan, Recipient, Text
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS, MINIMUM, RULE_GOALS, RULE_MINIMUM

# Not filled in with words: a place to write in by hand.
ROOM_FOR_REASONS = "{plats för skäl}"
# What a mail tells its recipient alone.
STANDING, TO_MEND, IN_REPORT, READ_AS = "läget", "att rätta", "i rapporten", "så lästes det"
MAIL_FACTS = (STANDING, TO_MEND, IN_REPORT, READ_AS)
# What becomes of all that is not asked for in a form for what was sent back: it stays, or there is nothing.
REST = "resten"
REST_STAYS = "Resten av det ni har lämnat in står kvar och behöver inte skickas igen."
ONLY_ASKED = "Filen gäller bara det som ska kompletteras."
PLACEHOLDERS = frozenset(
    {
        "kommun", "år", "period", "verksamhet", "utskott", "enhet", "mottagare", "sista svarsdag",
        "avsändare", "diarienummer", "rapporttitel", "rapportdatum", "avstämningsdatum",
        "minsta antal", "obligatoriska mål", "plats för skäl",
        "sista dag för rättningar", *MAIL_FACTS, REST,
    }
)  # fmt: skip

# What is filled in with ordinary words, and so takes a capital where a sentence begins: at the beginning
# of a line, after its mark of a list or a box, and after a full stop.
_IN_WORDS = frozenset({"utskott", "minsta antal"})
_BEFORE_SENTENCE = re.compile(r"(?:^(?:[ \t]*(?:[-•*–]|\[ ?\]))?|[.!?])\s*\Z", re.MULTILINE)

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
# Nothing is asked besides where the goals count, or where there are none.
_BESIDES = re.compile(r" dessutom(?= minst \{minsta antal\})")
_COUNTED = re.compile(r"(\{minsta antal\} aktivitet)er\b")


def fill(
    plan: Plan,
    text: str,
    *,
    department: Department | None = None,
    owner: str = "",
    recipient: Recipient | None = None,
    departments: Sequence[Department] = (),
    more: Mapping[str, str] | None = None,
) -> str:
    """The text with its placeholders filled in; what nothing is known of is left as it stands.

    `departments` are several that it concerns at once, and `more` fills in placeholders of one mail's own.

    What is filled in is not looked through again: a name may hold braces of its own. A greeting of
    somebody without a name loses the space before it. A committee's name begins a sentence with a
    capital. A new plan's sentences of what is asked of the units say no more than the plan asks.
    """
    if department is None and not departments and len(plan.departments) == 1:
        department = plan.departments[0]
    concerned = tuple(departments) or ((department,) if department else ())
    values: dict[str, str | None] = {
        **_of_round(plan),
        **_of_departments(concerned),
        "enhet": owner or None,
        "mottagare": recipient.name if recipient else None,
        **(more or {}),
    }

    text = _of_rule(plan, text)

    def value(match: re.Match[str]) -> str:
        known = values.get(match[1])
        if known is None:
            return match[0]
        begins = match[1] in _IN_WORDS and _BEFORE_SENTENCE.search(text, 0, match.start())
        return known[:1].upper() + known[1:] if begins else known

    if recipient is not None and not recipient.name:
        text = text.replace(" {mottagare}", "")
    return _PLACEHOLDER.sub(value, text)


def _of_rule(plan: Plan, text: str) -> str:
    """The text without what the plan does not ask of the units, and with one activity told as one."""
    settings = plan.settings
    if not settings.minimum:
        text = text.replace(f" {MINIMUM}", "").replace(f"{RULE_MINIMUM} ", "")
    if not plan.mandatory_goals:
        text = text.replace(f"{RULE_GOALS} ", "")
    if settings.minimum == 1:
        text = _COUNTED.sub(r"\1", text)
    return (
        text if plan.mandatory_goals and not settings.mandatory_counts else _BESIDES.sub("", text)
    )


def with_rest(text: str) -> tuple[str, ...]:
    """The text with each of what may be said of the rest, or as it is where it has no place for that."""
    place = f"{{{REST}}}"
    if place not in text:
        return (text,)
    return tuple(text.replace(place, said) for said in (REST_STAYS, ONLY_ASKED))


def _of_round(plan: Plan) -> dict[str, str | None]:
    """What the plan says of the round as a whole, by placeholder; None for what it does not say."""
    settings = plan.settings
    goals = [f"”{goal.text.rstrip('.')}”" for goal in plan.mandatory_goals]
    return {
        "kommun": settings.municipality,
        "år": str(settings.year),
        "period": settings.period,
        "sista svarsdag": _date(settings.deadline),
        "sista dag för rättningar": _date(settings.last_day_of_corrections),
        "avsändare": settings.sender or None,
        "diarienummer": settings.reference or None,
        "rapporttitel": settings.report_title or None,
        "avstämningsdatum": _date(settings.cutoff),
        "minsta antal": swedish_number(settings.minimum),
        "obligatoriska mål": listed(goals) or "inget mål",
    }


def _of_departments(concerned: Sequence[Department]) -> dict[str, str | None]:
    """What the plan says of these departments, by placeholder; None for what it does not say of each."""
    return {
        "verksamhet": listed([one.name for one in concerned]) or None,
        "utskott": _each([one.committee for one in concerned]),
        "rapportdatum": _each([_date(one.report_date) for one in concerned]),
    }


def unfilled(text: str) -> tuple[str, ...]:
    """The words in braces that `fill` knew nothing for, each once, whether a plan could know them or not."""
    return tuple(mark for mark in words_in_braces(text) if mark != ROOM_FOR_REASONS)


def unfilled_sections(
    plan: Plan,
    names: Sequence[str],
    department: Department,
    *,
    owner: str = "",
    recipient: Recipient | None = None,
    untrue: Sequence[str] = (),
) -> tuple[str, ...]:
    """The words in braces of these sections' fixed texts that the plan gives nothing for.

    None is looked for in sentences that are `untrue` and so left out.
    A name that is filled in may hold braces of its own; those are not meant.
    """
    sections = [section(plan, name) for name in names]
    written = "\n".join(f"{one.heading}\n{without(one.text, untrue)}" for one in sections)

    def stays(mark: str) -> bool:
        whose = fill(plan, mark, department=department, owner=owner, recipient=recipient)
        return whose == mark

    return tuple(filter(stays, unfilled(written)))


def section(plan: Plan, name: str, needed: Sequence[str] = ()) -> Text:
    """The plan's boilerplate of a section; what a new plan says where the plan lacks it.

    So too where the plan's own has no place for something that is `needed` for it to be true.
    """
    own = next((text for text in plan.texts if text.section == name), None)
    if own is not None and not all(f"{{{mark}}}" in own.text for mark in needed):
        own = None
    first = next((Text(*text) for text in DEFAULT_TEXTS if text[0] == name), None)
    return own or first or Text(name, "", "")


def without(text: str, untrue: Sequence[str]) -> str:
    """The text without these sentences, wherever they stand in it."""
    for sentence in untrue:
        text = re.sub(rf" ?{re.escape(sentence)}", "", text)
    return text


def _each(said: Sequence[str | None]) -> str | None:
    """What is said of each department in order, once where it is the same of all; None where any lacks it."""
    told = [one for one in said if one]
    if len(told) < len(said) or not told:
        return None
    return told[0] if len(set(told)) == 1 else listed(told, "respektive")


def _date(day: date | None) -> str | None:
    return swedish_date(day) if day else None
