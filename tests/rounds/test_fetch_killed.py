"""A fetch that was killed: what it left half-written counts as nothing, and is tidied by the next."""

from pathlib import Path

from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.fetch_channel import FetchChannel
from excel_uppsikt.rounds.fetching import fetch_round
from tests.changed_forms import used
from tests.intake.packed_forms import home
from tests.mail.graph_server import Mailbox
from tests.rounds.fetched_mail import in_inbox, letter, received, service
from tests.small_rounds import make_plan, make_round
from tests.test_leftovers import ended, made, needs_processes

__all__ = ["service"]


@needs_processes
def test_a_half_written_mail_never_counts_and_goes(service: Mailbox, tmp_path: Path) -> None:
    """It is no mail of the inbox, before the next fetch or after; a running process's own stays."""
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    mail = letter(1, [("Hemtjänst.xlsx", home())])
    into = folder / "inkorg/mejl"
    into.mkdir(parents=True)
    half, running = made(into, ended()), made(into, 1)
    half.write_bytes(mail[:-20])
    running.write_bytes(mail[:-20])
    assert used(check_round(folder)) == []
    service.folders["AAreplies="] = [received(1, mail)]
    done = fetch_round(folder, FetchChannel.GRAPH)
    assert [one.sender for one in done.fetched] == ["Enhet 1"]
    assert in_inbox(folder) == {mail}
    assert (half.exists(), running.exists()) == (False, True)
    assert [is_used for _, is_used in used(check_round(folder))] == [True]
