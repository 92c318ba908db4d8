"""Makes the handbook's page of finding codes: `python -m docs.codes`.

What it says of each code is the program's own words, so that the page and `uppsikt rules` never differ.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.form.severities import SEVERITY_WORDS

PAGE = Path(__file__).resolve().parent / "handbok" / "koder.md"
_ABOUT = {
    "P": "Planen",
    "F": "Filer och formulär",
    "R": "Rader",
    "C": "Status, datum och texter",
    "U": "Kravet på enheterna",
    "M": "Sammanställningen",
    "E": "Jämfört med förra omgången",
}


def page() -> str:
    """The page's text: a section for each kind of code, and under it each code."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from ("# Anmärkningarnas koder", "")
    yield "Ett **fel** ska rättas, en **varning** ska ses på, ett **tips** får lämnas."
    for kind, codes in groupby(CATALOGUE.items(), lambda named: named[0][0]):
        yield from ("", f"## {_ABOUT[kind]}", "")
        for name, code in codes:
            yield from (
                f"### {name}",
                "",
                f"{SEVERITY_WORDS[code.severity].capitalize()}. {code.when}",
                "",
            )
            yield f"- *Exempel:* {code.example}"
            yield from (f"- *Gör så här:* {code.remedy}", "")


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
