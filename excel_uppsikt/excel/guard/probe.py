"""A workbook in one of the two binary formats read in a process of its own, before it is read for good.

Their cells cannot be counted without being read, and the reader can take the process with it on a
damaged file. So another takes the fall, and tells by its end whether the file is safe and small enough.
"""

import subprocess
import sys

from excel_uppsikt.excel.guard.limits import Limits
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError

# Seconds of the processor, which are the same on a busy machine; the file is then read once more. Bytes of
# memory can be limited where the system lets a process limit itself, which Windows does not.
_SECONDS, _BYTES = 3, 700_000_000
_LONGEST_WAIT = 8
_TOO_LARGE = 3
_OUT_OF_TIME = -24  # SIGXCPU, which Windows has not
_PROBE = """
import io, sys, time
from python_calamine import CalamineWorkbook
seconds, size, area, values, text, too_large = map(int, sys.argv[1:])
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
except (ImportError, OSError, ValueError):
    pass
book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
for name in book.sheet_names:
    try:
        sheet = book.get_sheet_by_name(name)
        area -= sheet.total_height * sheet.total_width
        rows = sheet.to_python(skip_empty_area=False) if area >= 0 else []
    except Exception:
        continue  # only an aborted process matters here; faults are told when the file is read
    for row in rows:
        values -= len(row) - row.count("")
        text -= sum([len(cell) for cell in row if isinstance(cell, str)])
    if min(area, values, text, seconds - time.process_time()) < 0:
        sys.exit(too_large)
"""


def probe(data: bytes, limits: Limits) -> None:
    """Refuses a workbook that would not be read, or holds more than it may."""
    bounds = (_SECONDS, _BYTES, limits.area, limits.values, limits.text, _TOO_LARGE)
    try:
        done = subprocess.run(  # noqa: S603  this very Python, with a text of our own
            # -P keeps modules lying in the current folder, where others' files are, from being run.
            [sys.executable, "-P", "-c", _PROBE, *map(str, bounds)],
            input=data,
            capture_output=True,
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(Reason.TOO_SLOW, f"mer än {_LONGEST_WAIT} sekunder") from error
    if done.returncode in (_TOO_LARGE, _OUT_OF_TIME):
        raise UnreadableError(Reason.TOO_LARGE, "fler celler eller mer text än något formulär har")
    if done.returncode != 0:
        raise UnreadableError(Reason.DAMAGED)
