"""LibreOffice as the tests use it: where it is, many files in one run, and one that is kept open.

Starting it takes a second, and saving a small file a tenth of that. So on Linux, where a script can stand in
front of it, the program that `soffice` on the path leads to hands its files to one that is open, in a
profile that a session of tests shares. That is also what the program under test finds, by itself or in a
process of its own. Elsewhere each run starts LibreOffice anew, which only takes longer. What it has laid out
once it need not lay out again for the next test: the tests of layout itself are `started_anew`.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import docx
import pytest

from excel_uppsikt.word import pages
from excel_uppsikt.word.pages import libreoffice

COMPUTED = "xlsx:Calc MS Excel 2007 XML"
needs_libreoffice = pytest.mark.skipif(
    libreoffice() is None,
    reason="LibreOffice is not installed, and nothing else here computes, converts or lays out",
)

# For files that take some seconds. Seldom does the one that is open stop answering; another is started then.
_LONGEST_SECONDS = 90
_SCRIPTS, _DOCUMENT, _NUMBER = "libreoffice-kept-open", "open.docx", "number"
# The document stays open, and with it the program; its lock says that it is. `timeout` ends what a session
# that was killed has left behind, and makes a group of the program's processes.
_SCRIPT = """\
#!/bin/sh
if mkdir {folder}/started 2>/dev/null; then
    LC_ALL=C.UTF-8 timeout -k 5 3600 \\
        {program} {profile} --headless --norestore {document} </dev/null >/dev/null 2>&1 &
    echo $! >{folder}/{number}
fi
tries=0
while ! [ -e {lock} ] && [ $tries -lt 300 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
for argument do
    shift
    case $argument in
    -env:UserInstallation=*) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec {program} {profile} "$@"
"""


def converted(folder: Path, names: Sequence[str], kind: str) -> Path:
    """The folder's files as LibreOffice saves them in another format, in a folder of their own."""
    program = libreoffice()
    assert program is not None
    target = folder / f"ut-{kind.partition(':')[0]}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--norestore", "--convert-to", kind, "--outdir", str(target)]
        command += [str(folder / name) for name in names]
        with suppress(subprocess.TimeoutExpired):
            _run(command)
        if not all((target / name).with_suffix(f".{target.name[3:]}").is_file() for name in names):
            _end_open(Path(program).parent)
            _run(command)
    return target


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST_SECONDS)  # noqa: S603  our own files


def _end_open(scripts: Path) -> None:
    """Ends the LibreOffice that is open, so that the next file starts another in a new profile."""
    if scripts.name != _SCRIPTS:
        return
    folder = scripts.parent
    with suppress(FileNotFoundError, ProcessLookupError):
        os.killpg(int((folder / _NUMBER).read_text("utf-8")), signal.SIGKILL)
    for left in (folder / f".~lock.{_DOCUMENT}#", folder / _NUMBER):
        left.unlink(missing_ok=True)
    for left in (folder / "profil", folder / "started"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def kept_open(folder: Path) -> Iterator[None]:
    """Puts a `soffice` first on the path that hands its files to one LibreOffice, open from its first use."""
    program = shutil.which("soffice")
    if sys.platform != "linux" or program is None or shutil.which("timeout") is None:
        yield
        return
    docx.Document().save(str(folder / _DOCUMENT))
    script = folder / _SCRIPTS / "soffice"
    script.parent.mkdir()
    words = {
        "folder": folder,
        "program": program,
        "profile": f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "document": folder / _DOCUMENT,
        "lock": folder / f".~lock.{_DOCUMENT}#",
        "number": _NUMBER,
    }
    script.write_text(_SCRIPT.format(**{k: shlex.quote(str(v)) for k, v in words.items()}), "utf-8")
    script.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(script.parent), prepend=os.pathsep)
        laid_out = "_laid_out"
        patch.setattr(pages, laid_out, _remembering(getattr(pages, laid_out)))
        # Not by the first test that needs it, which may be one that kills what it starts.
        with subprocess.Popen(  # noqa: S603  our own script
            [script, "--version"], start_new_session=True, stdout=subprocess.DEVNULL
        ):
            pass
        try:
            yield
        finally:
            with suppress(FileNotFoundError, ProcessLookupError):
                os.killpg(int((folder / _NUMBER).read_text("utf-8")), signal.SIGKILL)


def _remembering(lay_out: Callable[[bytes], bytes | None]) -> Callable[[bytes], bytes | None]:
    """What the open LibreOffice made of a document, kept for the next time; any other is asked anew."""
    kept: dict[bytes, bytes] = {}

    def laid_out(document: bytes) -> bytes | None:
        program = libreoffice()
        if program is None or Path(program).parent.name != _SCRIPTS:
            return lay_out(document)
        pdf = kept.get(document) or lay_out(document)
        if pdf is not None:
            kept[document] = pdf
        return pdf

    return laid_out


@contextmanager
def started_anew() -> Iterator[None]:
    """LibreOffice as it is where the program is used: each run starts it, in a profile of its own."""
    folders = os.environ["PATH"].split(os.pathsep)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join(p for p in folders if Path(p).name != _SCRIPTS))
        yield
