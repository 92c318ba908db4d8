"""Nothing gets through to the pages but the coordinator's own browser, and no more than is bounded."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from excel_uppsikt.web import guard
from excel_uppsikt.web.app import PAGES
from excel_uppsikt.web.site import HOST, Site
from tests.small_rounds import make_plan, make_round
from tests.web.running import Browser, site_of

POSTS = [
    path.replace("{round}", "ROUND").replace("{number:int}", "1")
    for m, path, _ in PAGES
    if m == "POST"
]
GETS = [
    path.replace("{round}", "ROUND").replace("{number:int}", "1").replace("{kind}", "formular")
    for m, path, _ in PAGES
    if m == "GET"
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("omgangar")
    make_round(folder / "t1", make_plan(), {})
    with site_of(folder) as running:
        yield running


@pytest.fixture(scope="module")
def browser(site: Site) -> Browser:
    return Browser.at(site.address())


@pytest.fixture(scope="module")
def here(browser: Browser) -> str:
    """The round's own name in addresses."""
    return browser.round().rpartition("/")[2]


def test_it_listens_to_this_computer_alone(site: Site) -> None:
    """Not even its own address on the network gets an answer."""
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        pytest.skip("the computer has no address but its own")
    with closing(socket.socket()) as other:
        other.settimeout(2)
        assert other.connect_ex((own, site.port)) != 0


@pytest.mark.parametrize(
    "host",
    [
        "localhost:PORT",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]:PORT",
        "127.0.0.1:PORT.",
    ],
)
def test_another_host_is_refused(site: Site, browser: Browser, host: str) -> None:
    """Also with a good cookie: a name that somebody else points here is not the page's."""
    answer = browser.get("/", Host=host.replace("PORT", str(site.port)))
    assert (answer.status, answer.headers.get("set-cookie")) == (400, None)


@pytest.mark.parametrize("path", GETS)
def test_every_page_needs_the_cookie(site: Site, here: str, path: str) -> None:
    """No page, file or picture of a round is shown to whoever comes without, or with another."""
    for cookie in ("", f"{site.cookie}=x", f"{site.cookie}=", "other=y"):
        answer = Browser(site.port, cookie).get(path.replace("ROUND", here))
        assert answer.status == 403, cookie
        assert b"t1" not in answer.body


@pytest.mark.parametrize("path", POSTS)
def test_every_change_needs_cookie_origin_and_mark(
    site: Site, browser: Browser, here: str, path: str
) -> None:
    """Each of them by itself is not enough, whichever form it is."""
    path = path.replace("ROUND", here)
    origin = f"http://{HOST}:{site.port}"
    stranger = Browser(site.port, "", browser.mark)
    assert stranger.post(path).status == 403
    for other in (
        f"http://localhost:{site.port}",
        "null",
        "https://evil.example",
        f"{origin}.evil.example",
    ):
        assert browser.post(path, Origin=other).status == 403, other
    assert browser.post(path, Origin="").status == 403
    assert browser.post(path, Sec_Fetch_Site="same-site").status == 403
    assert browser.post(path, Sec_Fetch_Site="cross-site").status == 403
    other_session = Browser.at(site.address())
    for mark in ("", "x", other_session.mark, browser.mark[:-1]):
        assert browser.post(path, {"mark": mark}).status == 403, mark
    assert not site.quitting


def test_a_token_lets_in_once_and_then_never(site: Site) -> None:
    """A stolen address is of no use, and the cookie it gave is nothing that a script can read."""
    address = site.address()
    path = address[address.index("/?") :]
    first = Browser(site.port).get(path)
    assert (first.status, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert Browser(site.port).get(path).status == 403
    for token in ("x", "", "%00", "x" * 5_000):
        assert Browser(site.port).get(f"/?token={token}").status == 403


def test_a_foreign_token_does_not_throw_out_who_is_in(browser: Browser) -> None:
    assert browser.get("/?token=x").status == 303
    assert browser.get("/").status == 200


def test_another_start_needs_the_key_and_is_no_browser(site: Site) -> None:
    stranger = Browser(site.port)
    key = {guard.KEY_HEADER: site.key}
    assert stranger.ask("POST", "/start", b"", headers=key).status == 200
    assert stranger.ask("POST", "/start", b"", headers={guard.KEY_HEADER: "x"}).status == 403
    assert stranger.ask("POST", "/start", b"", headers={}).status == 403
    assert stranger.ask("GET", "/start", headers=key).status == 403
    from_page = key | {"Origin": f"http://{HOST}:{site.port}"}
    assert stranger.ask("POST", "/start", b"", headers=from_page).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert browser.ask(method, "/", headers={}).status == 405


@pytest.mark.parametrize("path", ["/", "/static/page.js", "/finns-inte", "/omgang/x"])
def test_every_answer_ties_the_browser_down(browser: Browser, path: str) -> None:
    """No script, style or picture from elsewhere, no frame, nothing kept but the package's own."""
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == (
        "max-age=3600" if path.startswith("/static") else "no-store"
    )


def test_a_body_that_says_it_is_too_large_is_not_read(browser: Browser, here: str) -> None:
    """Two gigabytes are refused before a byte of them has come, on each page by its own bound."""
    for path, size in ((f"/omgang/{here}/inkorg", 2_000_000_000), ("/ny", 1_000_001)):
        origin = f"http://{HOST}:{browser.port}"
        headers = {"Content-Length": str(size), "Origin": origin, "Content-Type": "text/plain"}
        assert browser.ask("POST", path, headers=headers).status == 413, path


def test_a_body_without_length_is_cut_where_it_is_too_large(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent in chunks it tells no size; no more is taken than the bound."""
    monkeypatch.setattr(guard, "MAX_BODY", 10_000)
    sent = 0
    with closing(socket.create_connection((HOST, browser.port))) as wire:
        wire.settimeout(10)
        wire.sendall(
            f"POST /ny HTTP/1.1\r\nHost: {HOST}:{browser.port}\r\nCookie: {browser.cookie}\r\n"
            f"Origin: http://{HOST}:{browser.port}\r\nTransfer-Encoding: chunked\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode()
        )
        try:
            for _ in range(2_000):
                wire.sendall(b"1000\r\n" + b"a" * 4_096 + b"\r\n")
                sent += 4_096
            answer = wire.recv(100)
        except OSError:
            answer = b"HTTP/1.1 413"
    assert answer.startswith(b"HTTP/1.1 413")
    assert browser.get("/").status == 200


def test_a_body_that_does_not_come_holds_nobody_up(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty senders that say nothing more are let go, while the page answers others as ever."""
    monkeypatch.setattr(guard, "LONGEST_SILENCE", 1.0)
    answers: list[bytes] = []

    def send() -> None:
        with closing(socket.create_connection((HOST, browser.port))) as wire:
            wire.settimeout(30)
            wire.sendall(
                f"POST /ny HTTP/1.1\r\nHost: {HOST}:{browser.port}\r\nCookie: {browser.cookie}\r\n"
                f"Origin: http://{HOST}:{browser.port}\r\nContent-Length: 100\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\nmark=".encode()
            )
            answers.append(wire.recv(100)[:12])

    senders = [threading.Thread(target=send) for _ in range(20)]
    begun = time.monotonic()
    for sender in senders:
        sender.start()
    assert browser.get("/").status == 200
    for sender in senders:
        sender.join()
    assert answers == [b"HTTP/1.1 408"] * 20
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"--x\r\n",
        b"mark=%ff%00",
        b"a" * 500_000,
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
    ],
)
def test_a_form_that_is_none_is_refused(browser: Browser, body: bytes) -> None:
    origin = f"http://{HOST}:{browser.port}"
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "x",
    ):
        answer = browser.ask("POST", "/ny", body, headers={"Origin": origin, "Content-Type": kind})
        assert answer.status in (400, 403), (kind, answer.status)
        assert "Traceback" not in answer.text


def test_no_address_leads_out_of_the_rounds(browser: Browser, here: str) -> None:
    """Dots, slashes and backslashes, written any way, are names that are not there."""
    for name in (
        "..%2f..%2fplan.xlsx",
        "....//plan.xlsx",
        "%2e%2e%5cplan.xlsx",
        "/etc/passwd",
        "%00",
        "C:%5cx",
    ):
        for path in (
            f"/omgang/{name}",
            f"/omgang/{here}/fil/{name}",
            f"/omgang/{here}/fil/formular/{name}",
            f"/omgang/{here}/zip/{name}",
            f"/omgang/{here}/lasning/{name}",
            f"/static/{name}",
            f"/static/../../{name}",
        ):
            assert browser.get(path).status in (404, 405), path


def test_a_link_out_of_the_round_is_not_followed(site: Site, browser: Browser, here: str) -> None:
    secret = site.folder.parent / "hemligt.xlsx"
    secret.write_text("hemligt")
    forms = site.folder / "t1/mallar"
    forms.mkdir(exist_ok=True)
    (forms / "lank.xlsx").symlink_to(secret)
    assert browser.get(f"/omgang/{here}/fil/formular/lank.xlsx").status == 404
    assert "lank" not in browser.get(f"/omgang/{here}/formular").text
