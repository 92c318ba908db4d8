"""Mail in Microsoft 365 through Graph: drafts of whole messages, sending them, and messages to fetch."""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from excel_uppsikt.mail.graph_messages import InPieces, Part
from excel_uppsikt.mail.graph_requests import GraphError, GraphReason, GraphRequests
from excel_uppsikt.mail.secret import Secret

# Bytes: Graph takes four megabytes in a request, in which a message takes a third more than it is.
_MOST_WHOLE, _MOST_ATTACHED = 2_900_000, 2_900_000
# Graph wants pieces of so many bytes or a multiple of it.
_PIECE = 320 * 1024 * 10
_MOST_FETCHED = 60_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A message in a folder: Graph's id of it, its own, whom it is from, its subject, when it came."""

    id: str
    message_id: str
    sender: str
    subject: str
    received: str


class GraphMail:
    """A mailbox in Microsoft 365: the user's own, or a shared one.

    `token` gives a token, a new one when it is called with True. Each call raises GraphError where Graph
    does not answer as documented, when what it asked to be waited for has been waited for.
    """

    def __init__(
        self,
        url: str,
        token: Callable[[bool], Secret],
        *,
        mailbox: str = "",
        wait: Callable[[float], None] | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._box = (
            f"{self._url}/users/{quote(mailbox, safe='@')}" if mailbox else f"{self._url}/me"
        )
        self._graph = GraphRequests(token, wait)

    def draft(self, raw: bytes, folder: str = "") -> str:
        """Makes a draft of a whole message (MIME), in a folder or among drafts; Graph's id of it.

        A message that Graph does not take whole is made of its text, and each attachment is added. A draft
        that could not be finished is deleted.
        """
        where = f"{self._box}/mailFolders/{self.folder(folder)}" if folder else self._box
        if len(raw) <= _MOST_WHOLE:
            answer = self._graph.ask(
                "POST",
                f"{where}/messages",
                data=base64.b64encode(raw),
                headers={"Content-Type": "text/plain"},
            )
            return _text(answer, "id")
        pieces = InPieces.of(raw)
        made = _text(
            self._graph.ask("POST", f"{where}/messages", json=pieces.without_attachments()), "id"
        )
        try:
            for part in pieces.attachments():
                self._attach(made, part)
        # However it ended, also by Ctrl+C: without all that is to be attached nobody may send it.
        except BaseException:
            with suppress(GraphError):
                self.delete(made)
            raise
        return made

    def version(self, draft: str) -> str:
        """Graph's mark of how a draft is, another once anybody has changed it."""
        said = self._graph.ask("GET", self._message(draft), params={"$select": "changeKey"})
        return _text(said, "changeKey")

    def delete(self, draft: str) -> None:
        """Takes a draft away, to where what is deleted lies for a time."""
        self._graph.ask("DELETE", self._message(draft))

    def send(self, draft: str) -> None:
        """Sends a draft."""
        self._graph.ask("POST", f"{self._message(draft)}/send", headers={"Content-Length": "0"})

    def folder(self, name: str) -> str:
        """Graph's id of a folder by its name, or by the names that lead to it, with `/` between them."""
        parent = ""
        for step in filter(None, name.split("/")):
            inside = f"{parent}/childFolders" if parent else ""
            wanted = step.replace("'", "''")
            answer = self._graph.ask(
                "GET",
                f"{self._box}/mailFolders{inside}",
                params={"$filter": f"displayName eq '{wanted}'", "$select": "id"},
            )
            found = _values(answer)
            if not found:
                raise GraphError(GraphReason.NOT_FOUND, 404, "folder")
            parent = f"/{quote(_text(found[0], 'id'), safe='')}"
        return parent.lstrip("/") or "inbox"

    def messages(self, folder: str = "") -> Iterator[Listed]:
        """The messages that have come to a folder, or to the inbox, the oldest first; drafts have not."""
        url = f"{self._box}/mailFolders/{self.folder(folder)}/messages"
        params: Mapping[str, str] | None = {
            "$select": "id,internetMessageId,subject,from,receivedDateTime,isDraft",
            "$orderby": "receivedDateTime",
            "$top": "50",
        }
        while url:
            # The token is for Graph alone, wherever an answer says that there is more.
            if not url.startswith(f"{self._url}/"):
                raise GraphError(GraphReason.ODD)
            answer = self._graph.ask("GET", url, params=params)
            for value in _values(answer):
                if value.get("isDraft") is True:
                    continue
                sender = value.get("from") or {}
                yield Listed(
                    _text(value, "id"),
                    str(value.get("internetMessageId") or ""),
                    str((sender.get("emailAddress") or {}).get("address") or ""),
                    str(value.get("subject") or ""),
                    str(value.get("receivedDateTime") or ""),
                )
            url, params = str(answer.get("@odata.nextLink") or ""), None

    def mime(self, message: str, most: int = _MOST_FETCHED) -> bytes:
        """The whole of a message, as it came; TOO_LARGE for more than so many bytes."""
        with self._graph.answer("GET", f"{self._message(message)}/$value", stream=True) as answer:
            data = bytearray()
            try:
                for piece in answer.iter_content(65_536):
                    data += piece
                    if len(data) > most:
                        raise GraphError(GraphReason.TOO_LARGE)
            except requests.RequestException as error:
                raise GraphError(GraphReason.LOST) from error
        return bytes(data)

    def _message(self, message: str) -> str:
        return f"{self._box}/messages/{quote(message, safe='')}"

    def _attach(self, message: str, part: Part) -> None:
        url = f"{self._message(message)}/attachments"
        described = {"name": part.name, "contentType": part.kind}
        if len(part.data) <= _MOST_ATTACHED:
            content = base64.b64encode(part.data).decode("ascii")
            kind = {"@odata.type": "#microsoft.graph.fileAttachment", "contentBytes": content}
            self._graph.ask("POST", url, json={**kind, **described})
            return
        item = {"attachmentType": "file", **described, "size": len(part.data)}
        session = self._graph.ask(
            "POST", f"{url}/createUploadSession", json={"AttachmentItem": item}
        )
        upload = _text(session, "uploadUrl")
        parts = urlsplit(upload)
        if parts.scheme != "https" and parts.netloc != urlsplit(self._url).netloc:
            raise GraphError(GraphReason.ODD)
        for start in range(0, len(part.data), _PIECE):
            piece = part.data[start : start + _PIECE]
            told = f"bytes {start}-{start + len(piece) - 1}/{len(part.data)}"
            # The address itself is what gives leave; a token must not follow it to another server.
            self._graph.answer(
                "PUT",
                upload,
                signed=False,
                data=piece,
                headers={"Content-Range": told, "Content-Type": "application/octet-stream"},
            ).close()


def _text(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise GraphError(GraphReason.ODD)
    return value


def _values(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    values = answer.get("value")
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise GraphError(GraphReason.ODD)
    return values
