"""A Graph for the tests, made from its public documentation, run by uvicorn on loopback.

https://learn.microsoft.com/graph/api: user-post-messages (MIME), message-send, message-get ($value),
attachment-createuploadsession, outlook large attachments, list messages, throttling.
"""

import base64
import binascii
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from excel_uppsikt.web.server import listening_on
from tests.served import served

TOKEN = "token-for-tests"  # noqa: S105  nobody's
FOLDERS = {"Utkast till enheter": "AAdrafts=", "Svar": "AAreplies="}
CHILDREN = {"AAreplies=": {"Våren 2024": "AAspring="}}


@dataclass
class Mailbox:
    """What is in the service, what it was asked, and how it is to answer: one of `answers` each time.

    `words` are other codes of its refusals than the usual ones. `at` is called when something is `asked`,
    `drafted` or `sent`, before that is answered.
    """

    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    folders: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answers: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    uploads: dict[str, dict[str, Any]] = field(default_factory=dict)
    page: int = 50
    made: int = 0
    words: dict[int, str] = field(default_factory=dict)
    url: str = ""
    at: Callable[[str], None] = lambda _: None


def error(status: int, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": "…"}}, status, headers)


CODES = {
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    413: "ErrorMessageSizeExceeded",
    429: "ApplicationThrottled",
    503: "serviceNotAvailable",
}


class Service:
    """The answers of the service."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box

    def refused(self, request: Request) -> Response | None:
        """What a request is refused with, if it is."""
        box = self.box
        path = unquote(request.url.path)
        box.asked.append(f"{request.method} {path}")
        box.at("asked")
        for at, (what, status, headers) in enumerate(box.answers):
            if what in f"{request.method} {path}":
                del box.answers[at]
                code = box.words.get(status) or CODES.get(status, "UnknownError")
                return error(status, code, headers)
        if path.startswith("/upload/"):
            return error(401, "AudienceInvalid") if "authorization" in request.headers else None
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        return None if bearer in box.tokens else error(401, CODES[401])

    async def messages(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        folder = request.path_params.get("folder", "")
        if request.method == "GET":
            return self.listed(request, folder)
        body = await request.body()
        if len(body) > 4 * 1024 * 1024:
            return error(413, CODES[413])
        draft: dict[str, Any] = {"folder": folder or "drafts", "attachments": []}
        if request.headers.get("content-type", "").startswith("text/plain"):
            try:
                draft["mime"] = base64.b64decode(body, validate=True)
            except binascii.Error:
                return error(400, "ErrorMimeContentInvalidBase64String")
        else:
            draft["json"] = await request.json()
        self.box.made += 1
        made = f"AAMk/draft+{self.box.made}="
        self.box.drafts[made] = draft
        self.box.at("drafted")
        return JSONResponse({"id": made, "isDraft": True}, 201)

    def listed(self, request: Request, folder: str) -> Response:
        found = self.box.folders.get(folder)
        if found is None:
            return error(404, CODES[404])
        start = int(request.query_params.get("$skip", "0"))
        shown = [{k: v for k, v in one.items() if k != "mime"} for one in found]
        answer: dict[str, Any] = {"value": shown[start : start + self.box.page]}
        if start + self.box.page < len(found):
            more = f"{self.box.url}/me/mailFolders/{folder}/messages?$skip={start + self.box.page}"
            answer["@odata.nextLink"] = more
        return JSONResponse(answer)

    async def folders(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        folder = request.path_params.get("folder")
        known = CHILDREN.get(folder, {}) if folder else FOLDERS
        wanted = request.query_params["$filter"].partition(" eq ")[2].strip("'").replace("''", "'")
        found = [{"id": known[wanted]}] if wanted in known else []
        return JSONResponse({"value": found})

    async def message(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        wanted = request.path_params["message"]
        if request.method == "DELETE":
            there = self.box.drafts.pop(wanted, None)
            return Response(status_code=204) if there else error(404, CODES[404])
        if not request.url.path.endswith("/$value"):
            if (draft := self.box.drafts.get(wanted)) is None:
                return error(404, CODES[404])
            return JSONResponse({"id": wanted, "isDraft": True, "changeKey": change_key(draft)})
        for one in (m for found in self.box.folders.values() for m in found):
            if one["id"] == wanted:
                return Response(one["mime"], media_type="text/plain")
        return error(404, CODES[404])

    async def send(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        draft = request.path_params["message"]
        if draft not in self.box.drafts:
            return error(404, CODES[404])
        self.box.sent.append(draft)
        self.box.at("sent")
        return Response(status_code=202)

    async def attach(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        said = await request.json()
        data = base64.b64decode(said["contentBytes"])
        if len(data) >= 3 * 1024 * 1024:
            return error(413, CODES[413])
        self.box.drafts[request.path_params["message"]]["attachments"].append((said["name"], data))
        return JSONResponse({"id": "AA"}, 201)

    async def session(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        item = (await request.json())["AttachmentItem"]
        name = f"u{len(self.box.uploads)}"
        self.box.uploads[name] = {
            "item": item,
            "data": b"",
            "draft": request.path_params["message"],
        }
        address = self.box.url.removesuffix("/v1.0") + f"/upload/{name}"
        return JSONResponse({"uploadUrl": address, "nextExpectedRanges": ["0-"]}, 201)

    async def upload(self, request: Request) -> Response:
        if refusal := self.refused(request):
            return refusal
        upload = self.box.uploads[request.path_params["name"]]
        span, _, size = request.headers["content-range"].removeprefix("bytes ").partition("/")
        first, last = map(int, span.split("-"))
        data = await request.body()
        whole = int(size) == upload["item"]["size"]
        if first != len(upload["data"]) or last - first + 1 != len(data) or not whole:
            return error(416, "ErrorInvalidRange")
        if len(data) > 4 * 1024 * 1024:
            return error(413, CODES[413])
        upload["data"] += data
        if len(upload["data"]) < int(size):
            return JSONResponse({"nextExpectedRanges": [f"{len(upload['data'])}-"]}, 200)
        draft = self.box.drafts[upload["draft"]]
        draft["attachments"].append((upload["item"]["name"], upload["data"]))
        return Response(status_code=201)


def change_key(draft: dict[str, Any]) -> str:
    """Another for every change of a draft."""
    return sha256(repr(draft).encode()).hexdigest()[:20]


def application(box: Mailbox) -> Starlette:
    service = Service(box)
    routes = [Route("/upload/{name}", service.upload, methods=["PUT"])]
    for who in ("/v1.0/me", "/v1.0/users/{user}"):
        message = who + "/messages/{message:path}"
        folder = who + "/mailFolders/{folder}"
        routes += [
            Route(f"{who}/messages", service.messages, methods=["POST"]),
            Route(f"{who}/mailFolders", service.folders, methods=["GET"]),
            Route(f"{folder}/childFolders", service.folders, methods=["GET"]),
            Route(f"{folder}/messages", service.messages, methods=["GET", "POST"]),
            Route(f"{message}/send", service.send, methods=["POST"]),
            Route(f"{message}/attachments", service.attach, methods=["POST"]),
            Route(f"{message}/attachments/createUploadSession", service.session, methods=["POST"]),
            Route(f"{message}/$value", service.message, methods=["GET"]),
            Route(message, service.message, methods=["GET", "DELETE"]),
        ]
    return Starlette(routes=routes)


@contextlib.contextmanager
def graph() -> Iterator[Mailbox]:
    """The service, at the address in `url`, until the end of the block."""
    box = Mailbox()
    with listening_on(0) as listening:
        box.url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1.0"
        with served(application(box), listening):
            yield box
