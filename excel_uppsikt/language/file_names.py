"""Names of files: such as every file system takes, and no two alike."""

import re
import unicodedata

from excel_uppsikt.language.text import clean

LONGEST_FILE_NAME = 80
# Windows keeps these names for devices, whatever the ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\s*(?:\.|$)", re.IGNORECASE)


def safe_file_name(text: str) -> str:
    """A name that every file system takes: at most 80 characters, without endings of its own."""
    text = unicodedata.normalize("NFC", clean(text))
    text = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", text)
    text = " ".join(text.split())
    if len(text) > LONGEST_FILE_NAME:
        # At a word's end where there is one; a single long word is cut where it must be.
        cut = text[: LONGEST_FILE_NAME + 1]
        text = cut.rpartition(" ")[0] or cut[:-1]
    text = text.strip(" .,;")
    return f"_{text}" if _RESERVED.match(text) or not text else text
