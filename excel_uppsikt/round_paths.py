"""The names of a round's files and folders, and how a path in it is written."""

import os
import re
import unicodedata
from pathlib import Path

PLAN_FILE = "plan.xlsx"
REPORT_TEMPLATE = "rapportmall.docx"
TEMPLATES = "mallar"
# Forms for what a committee has sent back.
COMPLETION_FORMS = "mallar/komplettering"
INBOX = "inkorg"
# Messages fetched from a mailbox, each whole.
FETCHED = "inkorg/mejl"
OUTPUTS = "ut"
COMPILATION_FILE = "ut/sammanstallning.xlsx"
# Who is writing in the round; it is there only meanwhile.
LOCK_FILE = "ut/.uppsikt/upptagen.json"
RETURNS = "ut/retur"
REPORTS = "ut/rapporter"
LETTERS = "ut/tjansteskrivelser"
WITH_SOURCES = "ut/kallor"
PUBLISHED = "ut/publicering"
# What was handed out, kept as it was.
VERSIONS = "ut/versioner"
MAILINGS = "ut/utskick"
LEDGER = "ut/utskick.sqlite"
TABLES = "ut/tabeller"
# The compilation as it was before a merge, where it had been edited.
EARLIER = "ut/tidigare"
# What the program needs to know; each file there can be deleted.
WRITTEN_FILES = "ut/.uppsikt/skrivna.json"
MADE_RETURNS = "ut/.uppsikt/gjorda-returer.json"
MADE_COMPLETIONS = "ut/.uppsikt/gjorda-kompletteringar.json"
MADE_REPORTS = "ut/.uppsikt/gjorda-rapporter.json"
LAST_HAND_INS = "ut/.uppsikt/retur.json"
READ_FILES = "ut/.uppsikt/last-inkorg"
STANDING_FILE = "ut/.uppsikt/laget"
MERGED_FILES = "ut/.uppsikt/sammanstallt"
# Files of the inbox that are no forms, and that the coordinator has laid aside.
LAID_ASIDE = "ut/.uppsikt/undanlagda.json"
FETCHED_BEFORE = "ut/.uppsikt/hamtade-mejl.json"

# A byte of a file name that is no UTF-8, as Python gives it; nothing can be written with one.
_NO_LETTER = re.compile("[\ud800-\udfff]")


def relative(folder: Path, path: Path) -> str:
    """A path as findings and JSON give it: relative to the round, with `/`, in composed letters.

    What is no letter, neither in UTF-8 nor in the computer's own encoding of names, is a replacement
    character, `\ufffd`.
    """
    name = "/".join(map(_in_letters, path.relative_to(folder).as_posix().split("/")))
    return unicodedata.normalize("NFC", name)


def _in_letters(name: str) -> str:
    if _NO_LETTER.search(name) is None:
        return name
    try:
        # Where the computer's encoding is ASCII, as without a language, names are in UTF-8 all the same.
        return os.fsencode(name).decode("utf-8")
    except UnicodeError:
        return _NO_LETTER.sub("\ufffd", name)
