"""The page running for a test, in this process or its own, and a browser's requests to it by hand."""

import html
import http.client
import json
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from excel_uppsikt.web.app import create_app
from excel_uppsikt.web.server import listening_on
from excel_uppsikt.web.site import HOST, Site
from tests.cli.running import ROOT
from tests.served import served

LONG = 60.0


@contextmanager
def site_of(folder: Path) -> Iterator[Site]:
    """The page for a folder, answering from a thread of this process."""
    listening = listening_on(0)
    site = Site(folder, listening.getsockname()[1])
    site.jobs.start(lambda: None)
    try:
        with served(create_app(site), listening):
            yield site
    finally:
        site.jobs.end()


@contextmanager
def program(folder: Path, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`uppsikt web` in a process of its own, and the address that it tells first."""
    process = started(folder, home)
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def started(folder: Path, home: Path, *options: str) -> subprocess.Popen[str]:
    """`uppsikt web` begun, with what it remembers of running pages in a folder of the test's own."""
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "excel_uppsikt", "web", str(folder), "--no-browser", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "XDG_STATE_HOME": str(home),
            "PATH": "/usr/bin",
        },
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8")


@dataclass(slots=True)
class Browser:
    """A browser that keeps its cookie, and follows nothing by itself."""

    port: int
    cookie: str = ""
    mark: str = ""

    @classmethod
    def at(cls, address: str) -> "Browser":
        """A browser that has been let in by an address with its token."""
        port = int(re.findall(r":(\d+)/", address)[0])
        browser = cls(port)
        answer = browser.get(address[address.index("/?") :])
        assert answer.status == 303, answer.text
        browser.cookie = answer.headers["set-cookie"].partition(";")[0]
        browser.mark = re.findall(r'name="mark" (?:content|value)="(\w+)"', browser.get("/").text)[
            0
        ]
        return browser

    def round(self, name: str = "") -> str:
        """Where the pages of the first round begin, or of the first whose name begins so."""
        found: list[str] = re.findall(r'href="(/omgang/[^"]+)"', self.get("/").text)
        return next(address for address in found if address.startswith(f"/omgang/{name}"))

    def get(self, path: str, **headers: str) -> Answer:
        """Asks for a page."""
        return self.ask("GET", path, headers=headers)

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        files: Sequence[tuple[str, bytes]] | None = None,
        **headers: str,
    ) -> Answer:
        """Sends a form of the page's own, with its mark, and files where there are any."""
        known = {"mark": self.mark} | dict(fields or {})
        if files is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(known).encode()
        else:
            kind, body = multipart(known, files)
        own = {"Content-Type": kind, "Origin": f"http://{HOST}:{self.port}"} | headers
        return self.ask("POST", path, body, headers=own)

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, headers: Mapping[str, str]
    ) -> Answer:
        """Sends a request; a header without a value is left out."""
        known = {"Cookie": self.cookie} if self.cookie else {}
        all_headers = {k.replace("_", "-"): v for k, v in {**known, **headers}.items() if v}
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=LONG)) as connection:
            connection.request(method, path, body, all_headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to, when the work on the way there is done."""
        end = time.monotonic() + LONG
        while answer.status == 303 and time.monotonic() < end:
            where = answer.headers["location"]
            if where.startswith("/arbete/"):
                while not json.loads(self.get(f"{where}/laget").text)["ended"]:
                    time.sleep(0.05)
            answer = self.get(where)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        found = re.findall(
            r'data-laget="([^"]+)" data-klart="([^"]+)"', answer.text if is_page else ""
        )
        if found and time.monotonic() < end:
            # A page that needs the round read shows how far that is, where it takes its time.
            state, then = found[0]
            while not json.loads(self.get(state).text)["ended"]:
                time.sleep(0.05)
            return self.follow(self.get(html.unescape(then)))
        return answer


def multipart(fields: Mapping[str, str], files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A form with files, as browsers send it: its content type, and its body."""
    line = uuid.uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, data in files:
        escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = (
            f'--{line}\r\nContent-Disposition: form-data; name="filer"; filename="{escaped}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode("utf-8", "surrogateescape") + data + b"\r\n")
    return f"multipart/form-data; boundary={line}", b"".join(parts) + f"--{line}--\r\n".encode()
