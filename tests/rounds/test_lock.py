"""One at a time writes in a round: the second is told who has it, and nobody waits for the dead."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from excel_uppsikt.rounds.lock import Holder, RoundBusyError, holding
from tests.cli.running import ROOT, uppsikt
from tests.small_rounds import make_plan, make_round

HOLDS = (
    "import sys, pathlib\n"
    "from excel_uppsikt.rounds.lock import Holder, holding\n"
    "with holding(pathlib.Path(sys.argv[1]), Holder.PAGE, 'sammanställning'):\n"
    "    print('has it', flush=True)\n"
    "    sys.stdin.read()\n"
)
WRITING = [
    ("templates",),
    ("templates", "--completion"),
    ("check",),
    ("merge",),
    ("report",),
    ("publish",),
    ("run",),
    ("mail", "templates"),
    ("export",),
    ("fetch", "--channel", "graph"),
]


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the round until it is killed."""
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", HOLDS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "has it\n"
    return process


def test_commands_that_write_are_refused_while_another_has_the_round(tmp_path: Path) -> None:
    """Each says who has it, in one line, and changes nothing; the others answer as ever."""
    folder = make_round(tmp_path / "t1", make_plan(), {})
    process = holder(folder)
    try:
        before = sorted(folder.rglob("*"))
        for command, *options in WRITING:
            done = uppsikt(command, folder, *options)
            assert done.returncode == 2, command
            told = done.stderr.replace(str(folder), "OMGÅNG")
            assert told.startswith(
                "Omgången OMGÅNG används just nu av sidan i webbläsaren (sammanställning, sedan kl. "
            ), told
            assert told.count("\n") == 1
        assert sorted(folder.rglob("*")) == before
        assert uppsikt("status", folder).returncode in (0, 1)
    finally:
        process.kill()
        process.communicate()


def test_the_lock_of_a_killed_process_is_nobodys(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "t1", make_plan(), {})
    process = holder(folder)
    process.kill()
    process.communicate()
    assert uppsikt("templates", folder).returncode == 0


def test_one_process_is_refused_by_itself_and_let_in_afterwards(tmp_path: Path) -> None:
    """The page's own work and a command in the same process are two; one that fails lets go."""
    folder = make_round(tmp_path / "t1", make_plan(), {})
    file = folder / "ut/.uppsikt/upptagen.json"
    with holding(folder, Holder.TERMINAL, "uppsikt merge"):
        assert file.is_file()
        with (
            pytest.raises(RoundBusyError, match=r"ett kommando i terminalen \(uppsikt merge, "),
            holding(folder, Holder.PAGE, "sammanställning"),
        ):
            raise AssertionError("two have it")
    assert not file.exists()
    with pytest.raises(ZeroDivisionError), holding(folder, Holder.PAGE, "sammanställning"):
        raise ZeroDivisionError
    with holding(folder, Holder.PAGE, "sammanställning"):
        assert file.is_file()


def test_many_who_take_turns_never_have_it_together(tmp_path: Path) -> None:
    """The file is removed by whoever had it, while others are on their way in."""
    folder = make_round(tmp_path / "t1", make_plan(), {})
    inside: list[int] = []
    together: list[int] = []
    had: list[int] = []

    def take_turns(number: int) -> None:
        for _ in range(200):
            with suppress(RoundBusyError), holding(folder, Holder.PAGE, "prov"):
                inside.append(number)
                together.append(len(inside))
                inside.remove(number)
                had.append(number)

    threads = [Thread(target=take_turns, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(together) == {1}
    assert had


def test_what_is_no_round_is_left_as_it_is(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        with holding(folder, Holder.TERMINAL, "uppsikt merge"):
            assert list(tmp_path.iterdir()) == []
