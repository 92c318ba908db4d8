"""How it is told why a file is not read, and that a readable one of the same unit is used instead."""

from collections.abc import Mapping

from excel_uppsikt.excel.reading import FileKind, Reason, UnreadableError
from excel_uppsikt.findings.catalogue.files import F201, F202
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place

# What advice fits why a file is not read; one with a password has a finding of its own.
ADVICE: Mapping[Reason, F201] = {
    Reason.DAMAGED: F201.DAMAGED,
    Reason.NOT_WORKBOOK: F201.NOT_WORKBOOK,
    Reason.OTHER_FORMAT: F201.OTHER_FORMAT,
    Reason.BUSY: F201.BUSY,
    Reason.PARTLY: F201.PARTLY,
    Reason.TOO_LARGE: F201.TOO_LARGE,
    Reason.HOSTILE: F201.HOSTILE,
    Reason.OVERFULL: F201.OVERFULL,
    Reason.TOO_SLOW: F201.TOO_SLOW,
    Reason.FAR: F201.FAR,
    Reason.TOO_MANY: F201.TOO_MANY,
    Reason.TOGETHER: F201.TOGETHER,
    Reason.NESTED: F201.NESTED,
    Reason.HIDDEN: F201.HIDDEN,
    Reason.CLOSED: F201.CLOSED,
    Reason.ELSEWHERE: F201.ELSEWHERE,
    Reason.DANGLING: F201.DANGLING,
}
# And what fits better to some files that are no workbooks.
ADVICE_BY_KIND: Mapping[FileKind | None, F201] = {
    FileKind.MAIL: F201.MAIL,
    FileKind.OUTLOOK: F201.MAIL,
    FileKind.ZIP: F201.ZIP,
}
# What is said instead where another file of the same unit is used, and none needs to be sent for it.
BESIDE: Mapping[Code, Code] = {
    F201.DAMAGED: F201.DAMAGED_BESIDE,
    F201.PARTLY: F201.PARTLY_BESIDE,
    F201.NOT_WORKBOOK: F201.NOT_WORKBOOK_BESIDE,
    F201.OVERFULL: F201.OVERFULL_BESIDE,
    F201.TOO_SLOW: F201.TOO_SLOW_BESIDE,
    F201.FAR: F201.FAR_BESIDE,
    F201.TOO_LARGE: F201.TOO_LARGE_BESIDE,
    F201.HOSTILE: F201.HOSTILE_BESIDE,
    F202.WORKBOOK: F202.WORKBOOK_BESIDE,
}


def refusal(place: Place, error: UnreadableError) -> Finding:
    """F202 for a file that is protected, F201 with the reason for any other."""
    if error.reason is Reason.ENCRYPTED:
        return find(F202.ZIP if error.kind is FileKind.ZIP else F202.WORKBOOK, place)
    variant = ADVICE[error.reason]
    if error.reason is Reason.NOT_WORKBOOK:
        variant = ADVICE_BY_KIND.get(error.kind, variant)
    # Each advice names at most one thing: what the file is, or what there is too much of in it.
    return find(variant, place, **dict.fromkeys(variant.fields, error.detail))


def beside(finding: Finding, owner: str | None, in_use: Mapping[str | None, str]) -> Finding:
    """The finding of an unreadable file, saying so where a readable one of the same owner is used."""
    variant = BESIDE.get(finding.variant)
    if owner is None or owner not in in_use or variant is None:
        return finding
    said = {name: value for name, value in finding.fields if name in variant.fields}
    return find(variant, finding.place, unit=owner, used=f"”{in_use[owner]}”", **said)
