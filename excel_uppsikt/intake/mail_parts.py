"""What a mail or an Outlook message holds: its words, its files, and those of the messages attached to it.

A message in a message is opened, one in that is not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from excel_uppsikt.excel.reading import FileKind, Reason, UnreadableError
from excel_uppsikt.intake.attachments import mail_contents
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.outlook import OutlookMessage, is_outlook, outlook_message

# Messages in a message that are opened; each may be as large as the whole file.
_MOST_MESSAGES = 20


@dataclass(slots=True)
class MailParts:
    """The files by their paths, each read when it is called, and what is written, by the mail's path.

    The path of what is written in the mail itself is ''.
    """

    files: list[tuple[str, Callable[[], bytes]]] = field(default_factory=list)
    written: list[tuple[str, Written]] = field(default_factory=list)


def mail_parts(data: bytes, kind: FileKind | None) -> MailParts:
    """What a mail, or an Outlook message, holds.

    Raises `UnreadableError` where it is damaged or has more parts than any mail has.
    """
    opened = _Opened()
    if kind is FileKind.OUTLOOK:
        opened.outlook(outlook_message(data), "")
    else:
        opened.mail(data)
    return opened.parts


class _Opened:
    """A mail as it is gone through."""

    def __init__(self) -> None:
        self.parts = MailParts()
        self._messages = count(1)

    def mail(self, data: bytes) -> None:
        """Takes what a mail holds."""
        for path, content in mail_contents(data):
            if isinstance(content, Written):
                self.parts.written.append((path, content))
            elif content is not None and is_outlook(content) and "/" not in path:
                self._inner(path, partial(outlook_message, content))
            else:
                self.parts.files.append((path, partial(_attachment, content)))

    def outlook(self, message: OutlookMessage, folder: str) -> None:
        """Takes what a message holds, in the folder of its name."""
        self.parts.written.append((folder.rstrip("/"), message.written()))
        for name, read in message.attachments:
            self._file(name, read, folder)
        for name, inner in message.messages:
            if folder:
                self.parts.files.append((folder + name, _nested))
            else:
                self._inner(name, inner)

    def _file(self, name: str, read: Callable[[], bytes], folder: str) -> None:
        """Takes a file; one that is a message as such, where it is not in one already."""
        path = folder + name
        if not folder and name.casefold().endswith(".msg"):
            data = read()
            if is_outlook(data):
                self._inner(path, partial(outlook_message, data))
                return
        self.parts.files.append((path, read))

    def _inner(self, path: str, read: Callable[[], OutlookMessage]) -> None:
        if next(self._messages) > _MOST_MESSAGES:
            self.parts.files.append((path, _nested))
            return
        try:
            message = read()
        except UnreadableError as error:
            self.parts.files.append((path, partial(_raise, error)))
            return
        self.outlook(message, f"{path}/")


def _attachment(content: bytes | None) -> bytes:
    if content is None:
        raise UnreadableError(Reason.NESTED, kind=FileKind.MAIL)
    return content


def _nested() -> bytes:
    raise UnreadableError(Reason.NESTED, kind=FileKind.OUTLOOK)


def _raise(error: UnreadableError) -> bytes:
    raise error
