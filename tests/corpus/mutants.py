"""Good workbooks, and damaged ones made of them: each from its own number."""

import io
import random
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from excel_uppsikt.word.pages import libreoffice
from tests.changed_forms import edited, own_sheet
from tests.corpus.damage import BYTE_ACTS, PART_ACTS
from tests.corpus.gallery import PLAN, good, google_like
from tests.corpus.gallery_sheets import note_on
from tests.excel.small_workbooks import zipped
from tests.libreoffice import converted
from tests.small_rounds import YOUTH, per_goal_form, row, shared_form


@cache
def originals() -> tuple[bytes, ...]:
    """Good workbooks to damage, in every format at hand."""
    common = shared_form(PLAN, {1: [row("Friskvårdsvecka")], 3: [row("Tomter", units="Bemanning")]})
    per_goal = per_goal_form(PLAN, YOUTH, [row("Läxhjälp", units="Hemtjänst; Bemanning")])
    inside = {"svar/Hemtjänst.xlsx": good(), "Mål 2.xlsx": per_goal, "läs.txt": b"hej"}
    noted = edited(good(), note_on("C5"), own_sheet)
    return (
        *(good(), common, google_like(), per_goal, noted, zipped(inside), mailed(inside)),
        *saved_elsewhere(good()),
    )


def mailed(files: Mapping[str, bytes]) -> bytes:
    """A mail with these files attached."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "chef@exempel.se", "Svar från Hemtjänst"
    mail.set_content("Hej! Här kommer formuläret.\n")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def saved_elsewhere(data: bytes) -> tuple[bytes, ...]:
    """The form as LibreOffice saves it as .ods and .xls, where LibreOffice is at hand."""
    if libreoffice() is None:
        return ()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.xlsx").write_bytes(data)
        saved = {kind: converted(folder, ["form.xlsx"], kind) for kind in ("ods", "xls")}
        return tuple((target / f"form.{kind}").read_bytes() for kind, target in saved.items())


def mutant(seed: int, forms: Sequence[bytes]) -> tuple[str, bytes]:
    """What was done to which workbook, and the result; the same for the same number."""
    pick = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
    # The last is an .xls, whose reading starts a process: few of those are enough.
    weights = [8, 3, 3, 3, 4, 3, 2, 5, 1][: len(forms)]
    data = pick.choices(forms, weights)[0]
    if not data.startswith(b"PK") or pick.random() < 0.12:
        act = pick.choice(BYTE_ACTS)
        return act.__name__, act(pick, data)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    acts = pick.choices(PART_ACTS, k=pick.choice((1, 1, 1, 2, 3, 6)))
    for act_on in acts:
        act_on(pick, parts)
    return "+".join(act.__name__ for act in acts), zipped(parts)
