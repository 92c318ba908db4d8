"""Drafts as a mail program of others reads them: mutt, which most Debian machines can have."""

import os
import select
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from excel_uppsikt.mail.drafts import drafts
from excel_uppsikt.mail.message import Attachment, MailKind, Message
from tests.mail.drafted_mails import parsed

needs_mutt = pytest.mark.skipif(
    shutil.which("mutt") is None or sys.platform == "win32", reason="mutt finns inte här"
)
_LONGEST_SECONDS = 60
TEXT = "Hej Åsa Öberg!\n\nHär kommer formulären för Ånge, å ä ö.\n- ett\n.\nFrom mig till dig"
SMALL, LARGE = bytes(range(256)) * 4, bytes(reversed(range(256))) * 3_000
MESSAGE = Message(
    kind=MailKind.TEMPLATES,
    name="Åsa Öberg",
    email="asa@exempel.se",
    subject="Formulär för T1 2024: Hemtjänst på Ånö och Räddningstjänst, Social verksamhet",
    text=TEXT,
    attachments=(
        Attachment("Hemtjänst på Ånö.xlsx", SMALL),
        Attachment("Räddningstjänst åäö ÅÄÖ.docx", LARGE),
    ),
    owners=("Hemtjänst på Ånö",),
    sender="Samordnaren på Ånge",
    sender_email="samordnare@exempel.se",
)


def read_by_mutt(data: bytes, folder: Path) -> tuple[str, dict[str, bytes]]:
    """What mutt shows of a message as text, and the attachments as it saves them, by their names."""
    box, saved = folder / "box", folder / "saved"
    for part in (box / "cur", box / "new", box / "tmp", saved):
        part.mkdir(parents=True)
    (box / "new/1.ett").write_bytes(data.replace(b"\r\n", b"\n"))
    settings = folder / "muttrc"
    settings.write_text(
        f"set folder={folder}\nset charset=utf-8\nset pipe_decode=yes\nunset wait_key\nunset move\n"
        'push "<pipe-message>tee ../told.txt<enter><view-attachments><last-entry><save-entry><enter>'
        '<previous-entry><save-entry><enter><exit><exit><quit>"\n',
        "utf-8",
    )
    _on_a_terminal(["mutt", "-n", "-F", str(settings), "-f", str(box)], saved)
    return (folder / "told.txt").read_text("utf-8"), {
        path.name: path.read_bytes() for path in saved.iterdir()
    }


def _on_a_terminal(command: list[str], cwd: Path) -> None:
    """Runs a program that wants a terminal, until it ends."""
    terminal, inside = os.openpty()
    process = subprocess.Popen(  # noqa: S603  a program of Debian's
        command,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        cwd=cwd,
        env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": str(cwd)},
        start_new_session=True,
    )
    os.close(inside)
    end = time.monotonic() + _LONGEST_SECONDS
    with suppress(OSError):
        while time.monotonic() < end and process.poll() is None:
            if select.select([terminal], [], [], 0.2)[0]:
                os.read(terminal, 65_536)
    process.kill()
    process.wait()
    os.close(terminal)


@needs_mutt
def test_another_mail_program_reads_the_same_as_was_written(tmp_path: Path) -> None:
    """Recipient, subject and text, and the attachments by name and byte, with å ä ö in all of them."""
    (draft,) = drafts([MESSAGE])
    told, saved = read_by_mutt(draft.data, tmp_path)
    headers, _, text = told.partition("\n\n")
    assert "To: Åsa Öberg <asa@exempel.se>" in headers.splitlines()
    assert "Reply-To: Samordnaren på Ånge <samordnare@exempel.se>" in headers.splitlines()
    assert f"Subject: {MESSAGE.subject}" in " ".join(headers.split())
    assert text.rstrip() == TEXT
    assert saved == {one.name: one.data for one in MESSAGE.attachments}


def test_a_draft_is_read_as_it_was_written_by_python_too() -> None:
    """The text and the same words in HTML, and the attachments, with nothing wrong in any part."""
    (draft,) = drafts([MESSAGE])
    message = parsed(draft.data)
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Åsa Öberg", "asa@exempel.se")
    assert message["Subject"] == MESSAGE.subject
    plain, formatted = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert formatted is not None
    assert plain.get_content().splitlines() == TEXT.splitlines()
    assert formatted.get_content().splitlines()[1:] == [
        f'<html lang="sv"><head><meta charset="utf-8"><title>{MESSAGE.subject}</title></head>',
        '<body style="font-family: Calibri, Arial, sans-serif">',
        "<p>Hej Åsa Öberg!</p>",
        "<p>Här kommer formulären för Ånge, å ä ö.</p>",
        "<ul><li>ett</li></ul>",
        "<p>.<br>",
        "From mig till dig</p>",
        "</body></html>",
    ]
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == [
        (one.name, one.data) for one in MESSAGE.attachments
    ]


def test_words_are_no_markup_in_html() -> None:
    (draft,) = drafts(
        [Message(MailKind.RETURNS, "", "a@b.se", "<b>&", "<script>x</script> & y", ())]
    )
    formatted = parsed(draft.data).get_body(("html",))
    assert formatted is not None
    content = formatted.get_content()
    assert "<p>&lt;script&gt;x&lt;/script&gt; &amp; y</p>" in content
    assert "<title>&lt;b&gt;&amp;</title>" in content
