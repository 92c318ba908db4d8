"""The choices on the command line, which stand there so that help loads nothing, are those of the steps."""

from enum import Enum

import pytest

from excel_uppsikt.cli import arguments
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.mail.channel import ChannelKind
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds.fetch_channel import FetchChannel
from excel_uppsikt.rounds.tables import TableFormat


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (arguments.Table, TableFormat),
        (arguments.FetchBy, FetchChannel),
        (arguments.FormPer, Per),
        (arguments.Mail, MailKind),
        (arguments.Channel, ChannelKind),
    ],
)
def test_what_is_offered_is_what_the_step_knows(offered: type[Enum], known: type[Enum]) -> None:
    """By name and by value, in the same order."""
    assert [(one.name, one.value) for one in offered] == [(one.name, one.value) for one in known]
