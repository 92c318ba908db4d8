"""The form of a rule: a finding code and its texts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding code: when it is given, its texts by variant, an example and the remedy."""

    code: str
    severity: str
    when: str
    texts: Mapping[str, str]
    example: str
    remedy: str


def rule(
    code: str, severity: str, when: str, *, example: str, remedy: str, text: str = "", **more: str
) -> Rule:
    """A rule with one text, `text`, or one for each variant by its name."""
    texts = {"": text, **more} if text else dict(more)
    return Rule(code, severity, when, texts, example, remedy)
