"""Which units the unit rule's outcome tells of by the words of others alone."""

from collections.abc import Sequence

from excel_uppsikt.model import RuleTerm


def has_nothing(terms: Sequence[RuleTerm]) -> bool:
    """Whether a unit with these terms owes something and the report has nothing of it."""
    return not any(term.have for term in terms) and not all(term.holds for term in terms)


def without_own_form(rule: Sequence[RuleTerm]) -> list[str]:
    """The units of whom no form is in use, by name, but for those that are told to have nothing at all."""
    units = dict.fromkeys(term.unit for term in rule if not term.heard)
    return [unit for unit in units if not has_nothing([t for t in rule if t.unit == unit])]
