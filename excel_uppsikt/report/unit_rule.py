"""The unit rule in the report: its outcome in a sentence, and an appendix with every unit's account."""

from collections.abc import Iterator, Sequence

from excel_uppsikt.checks.units import has_nothing, without_own_form
from excel_uppsikt.language.numbers import counted_in_words, swedish_number
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Layout, Plan, RuleTerm
from excel_uppsikt.plan.default_texts import RULE
from excel_uppsikt.report import styles
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.word.pieces import Xml


def rule_sentence(plan: Plan, rule: Sequence[RuleTerm]) -> str:
    """What the unit rule asks, how many units fulfil it, and what the others lack."""
    least = _minimum(plan, rule)
    asked = [least, *_of_goals(plan, beside=True)] if least else _of_goals(plan, beside=False)
    owed = f"kravet på {listed([*asked])}"
    units = list(dict.fromkeys(term.unit for term in rule))
    lacking = [
        f"{unit} ({listed(lacks)})"
        for unit in units
        if (lacks := _lacks(plan, [term for term in rule if term.unit == unit]))
    ]
    number = swedish_number(len(units))
    of_others = _of_others(rule)
    if not lacking:
        all_units = "Enheten" if len(units) == 1 else f"Alla {number} enheter"
        return f"{all_units} uppfyller {owed}.{of_others}"
    holding = len(units) - len(lacking)
    count = swedish_number(holding).capitalize() if holding else "Ingen"
    of = f"{count} av de {number} enheterna" if len(units) > 1 else "Enheten"
    verb = "uppfyller" if len(units) > 1 else "uppfyller inte"
    return f"{of} {verb} {owed}. Det saknas aktiviteter hos {listed(lacking)}.{of_others}"


def _of_others(rule: Sequence[RuleTerm]) -> str:
    """Who is told of by others alone, as a sentence after another; '' for nobody."""
    units = without_own_form(rule)
    if not units:
        return ""
    counted = any(term.have for term in rule if term.unit in units)
    others = "; det som räknas är redovisat av andra" if counted else ""
    return f" Från {listed(units)} ingår inget eget formulär{others}."


def _minimum(plan: Plan, rule: Sequence[RuleTerm]) -> str:
    """How many activities the units owe, and which of them owe another number; '' where none owes any."""
    minimums = {term.unit: term.minimum for term in rule if term.goal is None}
    if minimums and not any(minimums.values()):
        return ""
    usual = plan.settings.minimum
    if usual not in minimums.values():
        usual = next(iter(minimums.values()), usual)
    others: dict[int, list[str]] = {}
    for unit, minimum in minimums.items():
        if minimum != usual:
            others.setdefault(minimum, []).append(unit)
    words = [f"{swedish_number(n)} för {listed(units)}" for n, units in sorted(others.items())]
    owed = f"minst {counted_in_words(usual, 'aktivitet', 'aktiviteter')}"
    return f"{owed} ({listed(words)})" if words else owed


def _of_goals(plan: Plan, *, beside: bool) -> Iterator[str]:
    """How many activities a unit owes the mandatory goals, those that ask for as many together.

    With `beside` what it owes in all has been told before.
    """
    beyond = "" if plan.settings.mandatory_counts else " därutöver"
    goals: dict[int, list[str]] = {}
    for goal in plan.mandatory_goals:
        goals.setdefault(goal.minimum, []).append(f"”{goal.text.rstrip('.')}”")
    for minimum, names in sorted(goals.items()):
        each = " vart och ett av målen" if len(names) > 1 else ""
        many = counted_in_words(minimum, "aktivitet", "aktiviteter")
        number = f"{swedish_number(minimum)}{beyond}" if beside else many
        yield f"minst {number} för{each} {listed(names)}"


def _lacks(plan: Plan, terms: Sequence[RuleTerm]) -> list[str]:
    """What a unit lacks of the rule, in words; nothing when it fulfils it."""
    if has_nothing(terms):
        # Whether it is silent, or what it handed in cannot be read or is not used, is not known here.
        return [f"ingen {'ny ' if plan.settings.previous else ''}redovisning i rapporten"]
    return [
        f"{swedish_number(term.minimum - term.have)} "
        + ("till" if term.goal is None else f"för ”{term.goal.text.rstrip('.')}”")
        for term in terms
        if not term.holds
    ]


def rule_appendix(script: Manuscript, rule: Sequence[RuleTerm]) -> Iterator[Xml]:
    """A row for each unit and part of the rule: what it has, of what it owes."""
    text = script.fixed(RULE)
    yield script.unnumbered(f"Bilaga: {text.heading}")
    yield from script.prose(text.text)
    counts = script.plan.settings.common_counts
    least = any(term.minimum for term in rule if term.goal is None)
    common = "räknas för varje enhet" if counts else "räknas inte för den enskilda enheten"
    yield script.paragraph(
        styles.BODY,
        f"Aktiviteter som gäller hela verksamheten {common}. {rule_sentence(script.plan, rule)}",
    )
    yield script.plain_table(
        ("Enhet", "Krav", "Egna", "Gemensamma", "Uppfyllt"),
        (4.4, 5.6, 1.4, 2.6, 3.6),
        [
            [term.unit, _owed(term), str(term.own), str(term.common), _outcome(term)]
            for term in rule
            if least or term.goal is not None
        ],
        numbers=(2, 3),
        # The other layout has no merged cells, for those who hear the table.
        grouped=script.plan.settings.layout is Layout.TABLE,
        title="Kravet på aktiviteter per enhet",
        description="För varje enhet och del av kravet: antal egna och gemensamma aktiviteter och om "
        "kravet är uppfyllt.",
    )


def _owed(term: RuleTerm) -> str:
    if term.goal is None:
        return f"Minst {counted_in_words(term.minimum, 'aktivitet', 'aktiviteter')}"
    return f"Minst {swedish_number(term.minimum)} för ”{term.goal.text.rstrip('.')}”"


def _outcome(term: RuleTerm) -> str:
    if term.holds:
        return "✔ Ja"
    return f"✘ Nej, {swedish_number(term.minimum - term.have)} saknas"
