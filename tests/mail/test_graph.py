"""Mail through Graph: whole messages as drafts, sent and fetched, and each refusal told apart."""

import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from excel_uppsikt.mail.graph import GraphMail, Listed
from excel_uppsikt.mail.graph_requests import GraphError, GraphReason
from excel_uppsikt.mail.secret import Secret, TokenCommand
from excel_uppsikt.mail.settings import Graph
from excel_uppsikt.mail.sign_in import scopes, tokens
from tests.mail.graph_server import TOKEN, Mailbox, graph

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def service() -> Iterator[Mailbox]:
    with graph() as box:
        yield box


class Client(GraphMail):
    """A client that waits for nobody, and says how long it would have."""

    def __init__(self, url: str, mailbox: str = "", token: str = TOKEN) -> None:
        self.waited: list[float] = []
        self.asked_anew: list[bool] = []

        def given(anew: bool) -> Secret:
            self.asked_anew.append(anew)
            return Secret(token)

        super().__init__(url, given, mailbox=mailbox, wait=self.waited.append)


def letter(*files: bytes) -> bytes:
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"], message["Reply-To"] = "uppsikt@ange.se", "Sara Öberg <sara@ange.se>"
    message["To"], message["Subject"] = "Åsa Ek <asa@ange.se>", "Formulär för T1 2024: Hemtjänst"
    message["Message-ID"] = "<uppsikt-1@ange.se>"
    message.set_content("Hej Åsa!\n\nHär kommer formuläret.\n", cte="quoted-printable")
    for number, data in enumerate(files, 1):
        message.add_attachment(data, "application", XLSX, filename=f"Formulär åäö {number}.xlsx")
    return message.as_bytes()


def reason(call: object) -> tuple[GraphReason, int | None, str]:
    assert callable(call)
    with pytest.raises(GraphError) as error:
        call()
    return error.value.reason, error.value.status, error.value.code


def test_a_draft_is_the_message_byte_for_byte(service: Mailbox) -> None:
    raw = letter(b"PK\x03\x04" + bytes(range(256)) * 100)
    made = Client(service.url).draft(raw)
    assert service.drafts == {made: {"folder": "drafts", "attachments": [], "mime": raw}}
    assert service.asked == ["POST /v1.0/me/messages"]
    assert service.sent == []


def test_a_draft_in_a_shared_mailboxs_folder_is_sent_by_its_id(service: Mailbox) -> None:
    client = Client(service.url, "uppsikt@ange.se")
    made = client.draft(letter(), "Svar/Våren 2024")
    client.send(made)
    assert service.drafts[made]["folder"] == "AAspring="
    assert service.sent == [made]
    assert service.asked == [
        "GET /v1.0/users/uppsikt@ange.se/mailFolders",
        "GET /v1.0/users/uppsikt@ange.se/mailFolders/AAreplies=/childFolders",
        "POST /v1.0/users/uppsikt@ange.se/mailFolders/AAspring=/messages",
        f"POST /v1.0/users/uppsikt@ange.se/messages/{made}/send",
    ]


def test_a_large_message_is_made_of_its_text_and_each_attachment(service: Mailbox) -> None:
    """The small attachment at once, the large one in pieces that are shown no token."""
    small, large = b"PK\x03\x04liten", b"PK\x03\x04" + b"x" * 8_000_001
    made = Client(service.url).draft(letter(small, large))
    assert service.drafts == {
        made: {
            "folder": "drafts",
            "attachments": [("Formulär åäö 1.xlsx", small), ("Formulär åäö 2.xlsx", large)],
            "json": {
                "subject": "Formulär för T1 2024: Hemtjänst",
                "body": {"contentType": "text", "content": "Hej Åsa!\n\nHär kommer formuläret.\n"},
                "toRecipients": [{"emailAddress": {"name": "Åsa Ek", "address": "asa@ange.se"}}],
                "ccRecipients": [],
                "bccRecipients": [],
                "replyTo": [{"emailAddress": {"name": "Sara Öberg", "address": "sara@ange.se"}}],
                "from": {"emailAddress": {"name": "uppsikt@ange.se", "address": "uppsikt@ange.se"}},
                "internetMessageId": "<uppsikt-1@ange.se>",
            },
        }
    }
    assert [asked for asked in service.asked if "upload" in asked] == ["PUT /upload/u0"] * 3


def test_a_large_draft_that_cannot_be_finished_is_not_left(service: Mailbox) -> None:
    service.answers.append(("PUT /upload", 500, {}))
    raw = letter(b"x" * 8_000_000)
    assert reason(lambda: Client(service.url).draft(raw)) == (
        GraphReason.SERVER,
        500,
        "UnknownError",
    )
    assert service.drafts == {}


def test_a_broken_piece_is_sent_again(service: Mailbox) -> None:
    service.answers += [("PUT /upload", 503, {"Retry-After": "3"}), ("PUT /upload", 429, {})]
    client = Client(service.url)
    made = client.draft(letter(b"x" * 8_000_000))
    assert service.drafts[made]["attachments"] == [("Formulär åäö 1.xlsx", b"x" * 8_000_000)]
    assert client.waited == [3.0, 4.0]


@pytest.mark.parametrize(
    ("status", "expected", "may_be_done"),
    [
        (400, GraphReason.REFUSED, False),
        (403, GraphReason.FORBIDDEN, False),
        (404, GraphReason.NOT_FOUND, False),
        (413, GraphReason.TOO_LARGE, False),
        (500, GraphReason.SERVER, True),
        (503, GraphReason.SERVER, True),
        (302, GraphReason.ODD, True),
    ],
)
def test_each_refusal_is_told_apart_and_not_asked_again(
    service: Mailbox, status: int, expected: GraphReason, may_be_done: bool
) -> None:
    """A draft that may have been made is not made a second time."""
    service.answers.append(("POST", status, {"Location": "http://127.0.0.1:1/"}))
    with pytest.raises(GraphError) as error:
        Client(service.url).draft(letter())
    assert (error.value.reason, error.value.status) == (expected, status)
    assert error.value.may_be_done is may_be_done
    assert service.asked == ["POST /v1.0/me/messages"]


def test_who_is_asked_to_wait_waits_as_long(service: Mailbox) -> None:
    service.answers += [("POST", 429, {"Retry-After": "7"}), ("POST", 429, {})]
    client = Client(service.url)
    client.draft(letter())
    assert client.waited == [7.0, 4.0]
    assert len(service.drafts) == 1


@pytest.mark.parametrize(("wait", "waited"), [("300", []), ("1", [1.0, 1.0, 1.0])])
def test_who_is_asked_to_wait_too_long_or_too_often_says_so(
    service: Mailbox, wait: str, waited: list[float]
) -> None:
    service.answers += [("POST", 429, {"Retry-After": wait})] * 9
    client = Client(service.url)
    with pytest.raises(GraphError) as error:
        client.draft(letter())
    assert (error.value.reason, error.value.retry_after) == (GraphReason.THROTTLED, float(wait))
    assert client.waited == waited
    assert service.drafts == {}


def test_a_token_that_has_gone_out_is_asked_for_anew_once(service: Mailbox) -> None:
    service.answers.append(("POST", 401, {}))
    client = Client(service.url)
    client.draft(letter())
    assert client.asked_anew == [False, True]
    other = Client(service.url, token="gammal")  # noqa: S106  nobody's
    assert reason(lambda: other.draft(letter())) == (
        GraphReason.SIGNED_OUT, 401, "InvalidAuthenticationToken",
    )  # fmt: skip
    assert other.asked_anew == [False, True]


def test_a_service_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = Client(f"http://127.0.0.1:{taken.getsockname()[1]}/v1.0")
        assert reason(lambda: client.send("a")) == (GraphReason.UNREACHABLE, None, "")


def test_a_connection_that_breaks_before_the_answer_may_have_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            connection, _ = server.accept()
            connection.recv(65_536)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        client = Client(f"http://127.0.0.1:{server.getsockname()[1]}/v1.0")
        with pytest.raises(GraphError) as error:
            client.send("a")
        thread.join(60)
    assert (error.value.reason, error.value.may_be_done) == (GraphReason.LOST, True)


def received(number: int, mime: bytes) -> dict[str, object]:
    return {
        "id": f"AAMk/{number}=",
        "internetMessageId": f"<{number}@ange.se>",
        "subject": f"SV: {number}",
        "from": {"emailAddress": {"name": "Anna", "address": "anna@ange.se"}} if number else None,
        "receivedDateTime": "2024-05-02T08:11:00Z",
        "mime": mime,
    }


def test_the_messages_of_a_folder_are_listed_page_by_page_and_read(service: Mailbox) -> None:
    service.page = 2
    service.folders["AAreplies="] = [received(n, b"From: a\r\n\r\n%d" % n) for n in range(5)]
    client = Client(service.url)
    found = list(client.messages("Svar"))
    assert found == [
        Listed(
            f"AAMk/{n}=",
            f"<{n}@ange.se>",
            "anna@ange.se" if n else "",
            f"SV: {n}",
            "2024-05-02T08:11:00Z",
        )
        for n in range(5)
    ]
    assert [client.mime(one.id) for one in found] == [b"From: a\r\n\r\n%d" % n for n in range(5)]
    assert {asked.partition(" ")[0] for asked in service.asked} == {"GET"}
    assert reason(lambda: client.mime("AAMk/1=", most=3))[0] is GraphReason.TOO_LARGE
    assert reason(lambda: client.mime("borta")) == (GraphReason.NOT_FOUND, 404, "ErrorItemNotFound")


def test_a_folder_that_is_not_there_is_told(service: Mailbox) -> None:
    client = Client(service.url)
    assert reason(lambda: list(client.messages("Svar/O'Hara"))) == (
        GraphReason.NOT_FOUND, 404, "folder",
    )  # fmt: skip


def test_a_page_elsewhere_gets_no_token(service: Mailbox) -> None:
    service.page = 1
    service.folders["inbox"] = [received(1, b""), received(2, b"")]
    client = Client(service.url)
    listing = client.messages()
    service.url = "http://127.0.0.1:1/v1.0"
    assert reason(lambda: list(listing))[0] is GraphReason.ODD


def test_a_token_comes_from_the_command_and_is_asked_for_once(tmp_path: object) -> None:
    import sys

    counted = f"{tmp_path}/antal"
    program = (
        f"f = open({counted!r}, 'a+'); f.write('x'); f.seek(0); print('t' + str(len(f.read())))"
    )
    give = tokens(Graph(token=TokenCommand((sys.executable, "-c", program))))
    told = [give(False).reveal(), give(False).reveal(), give(True).reveal(), give(False).reveal()]
    assert told == ["t1", "t1", "t2", "t2"]


def test_only_what_is_needed_is_asked_for() -> None:
    assert scopes("", sending=False) == ["Mail.ReadWrite"]
    assert scopes("uppsikt@ange.se", sending=True) == ["Mail.ReadWrite.Shared", "Mail.Send.Shared"]
