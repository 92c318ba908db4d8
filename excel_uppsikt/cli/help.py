"""Typer's help in Swedish: its own few English words exchanged, the rest as it lays it out."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

# Some of these can be translated through gettext, others not; all are exchanged in one way.
_WORDS = (
    (r"^Usage:", "Så här:"),
    (r"^Arguments:", "Argument:"),
    (r"^Options:", "Val:"),
    (r"^Commands:", "Kommandon:"),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO ..."),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"\[required\]", "[krävs]"),
    (r"\[default: ", "[förval: "),
    (r"\{(\w+)\}", r"\1"),
    (r"<path>", "<mapp>"),
    (r"<text>", ""),
)


def _in_swedish(text: str) -> str:
    for english, swedish in _WORDS:
        text = re.sub(english, swedish, text, flags=re.MULTILINE)
    return text


class Command(TyperCommand):
    """A command whose help is in Swedish."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  Typer's context, whose module has moved
        """The help, as text."""
        return _in_swedish(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in Swedish."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  Typer's context, whose module has moved
        """The help, as text."""
        return _in_swedish(super().get_help(ctx))
