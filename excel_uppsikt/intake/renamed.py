"""Received forms known again by what they say, where their files have got other names since."""

from collections import Counter
from collections.abc import Mapping, Sequence

from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import short_hash
from excel_uppsikt.model import Submission


def content_of(submission: Submission) -> str:
    """A mark of whose a form is, when it was saved and what stands in it, whatever its file is called."""
    owner = (submission.kind.value, submission.unit or "", submission.department or "")
    rows = (
        text
        for entry in submission.entries
        for text in (
            entry.sheet,
            str(entry.row),
            *(f"{of}={said}" for of, said in entry.raw.items()),
        )
    )
    return f"{short_hash(*owner, *rows)} {as_text(submission.saved)}"


def with_new_names(
    use: Mapping[str, bool], contents: Mapping[str, str], submissions: Sequence[Submission]
) -> dict[str, bool]:
    """The choices by file, with those of files that have been renamed under their new names as well.

    `contents` are the marks of the files that were there at the last merge. Of several with the same
    content nobody can tell which was chosen.
    """
    there = {submission.file for submission in submissions}
    away = {file: contents.get(file, "") for file in use.keys() - there}
    if not any(away.values()):
        # As in most rounds: no chosen file has gone.
        return {**use}
    new = {s.file: content_of(s) for s in submissions if s.file not in contents}
    left, come = Counter(away.values()), Counter(new.values())
    choices = {mark: use[file] for file, mark in away.items() if mark and left[mark] == 1}
    renamed = {
        file: choices[mark]
        for file, mark in new.items()
        if mark in choices and come[mark] == 1 and file not in use
    }
    return {**use, **renamed}
