"""Mail from the page: the drafts, messages and ledger of the command, looked at before anything is done."""

import html
import io
import re
import shutil
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import Row, State, read_ledger
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.web.mailing import Preview
from excel_uppsikt.web.site import Site
from tests.cli.running import uppsikt
from tests.mail.graph_server import TOKEN, graph
from tests.mail.mailed_rounds import plan_with_people, reached
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import CUT, Mailbox
from tests.rounds.completed_rounds import DAY, decide
from tests.small_rounds import CARE, make_round, own_form, row
from tests.web.running import Answer, Browser, site_of

PLAN = plan_with_people(minimum=1)
MOMENT = datetime(2024, 6, 5, tzinfo=UTC)
NO_SETTINGS = "inga inställningar"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's own user has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / NO_SETTINGS))


@pytest.fixture(scope="module")
def sent_back(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with something to mail of every kind: one has faults, one is away, a report was sent back."""
    folder = tmp_path_factory.mktemp("omgång") / "t1"
    inbox = {
        "a.xlsx": own_form(
            PLAN, "Hemtjänst", {2: [row("Fält", status="Nja")], 1: [row("Friskvård")]}
        ),
        "b.xlsx": own_form(PLAN, "Bemanning", {2: [row("Scheman")]}),
        "c.xlsx": own_form(PLAN, "Förskola", {2: [row("Lek")], 1: [row("Rörelse")]}),
    }
    make_round(folder, PLAN, inbox)
    uppsikt("templates", folder)
    uppsikt("run", folder, "--today", "2024-06-01")
    decide(
        folder,
        {
            "Verksamhet": CARE,
            "Utfall": "återremiss",
            "Datum": DAY,
            "Skäl": "Vad är klart?",
            "Enhet": "Hemtjänst",
        },
    )
    uppsikt("merge", folder, "--today", "2024-06-05")
    uppsikt("templates", folder, "--completion")
    uppsikt("report", folder, "--today", "2024-06-05")
    return folder


@pytest.fixture
def rounds(sent_back: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The round twice: for the page, and for the command."""
    ours, theirs = tmp_path / "sida/t1", tmp_path / "kommando/t1"
    for folder in (ours, theirs):
        shutil.copytree(sent_back, folder)
    return ours, theirs


def plain_round(tmp_path: Path) -> Path:
    """A round whose forms have been made."""
    folder = make_round(tmp_path / "sida/t1", PLAN, {})
    assert uppsikt("templates", folder).returncode == 0
    return folder


def come_in(site: Site) -> tuple[Browser, str]:
    browser = Browser.at(site.address())
    return browser, f"{browser.round()}/mejl"


def looked(browser: Browser, mail: str, kind: str, **choices: str) -> tuple[Answer, str]:
    """What is shown of a kind, and where."""
    answer = browser.post(mail, {"slag": kind, **choices})
    page = browser.follow(answer)
    numbers = re.findall(rf'action="({re.escape(mail)}/\d+)', page.text)
    return page, numbers[0] if numbers else ""


def words(page: Answer) -> str:
    """What stands on a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def drafts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "ut/utskick").glob("*")}


def ledger(folder: Path) -> list[Row]:
    """The ledger's rows, without the moment in each."""
    return [replace(row, began=MOMENT) for row in read_ledger(folder / "ut/utskick.sqlite")]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("templates", 6),
        ("reminders", 4),
        ("returns", 2),
        ("receipts", 4),
        ("completions", 1),
        ("reports", 1),
    ],
)
def test_drafts_are_those_of_the_command(rounds: tuple[Path, Path], kind: str, count: int) -> None:
    """The table first, of each the same to whom, subject, files and why; then the same files and ledger."""
    ours, theirs = rounds
    done = uppsikt("mail", theirs, kind, "--unfinished")
    with site_of(ours.parent) as site:
        browser, mail = come_in(site)
        page, number = looked(browser, mail, kind, anda="1")
        assert not (ours / "ut/utskick").exists()
        table = done.stdout.partition("Skrev ")[0].splitlines()
        rows = [line for line in table if "@exempel.se>" in line or "@exempel.se  " in line]
        assert len(rows) == count
        for line in rows:
            for cell in filter(None, re.split(r" {2,}", line)):
                assert cell.strip() in words(page), cell
        page = browser.follow(browser.post(number, {"vag": "files"}))
        assert f"{count} utkast. Öppna" in words(page)
        zipped = browser.get(f"{mail.removesuffix('/mejl')}/zip/utskick").body
    assert drafts(ours) == drafts(theirs)
    assert len(drafts(ours)) == count
    assert ledger(ours) == ledger(theirs)
    with zipfile.ZipFile(io.BytesIO(zipped)) as files:
        assert {name: files.read(name) for name in files.namelist()} == drafts(ours)


def test_what_is_shown_is_sent_once_it_has_been_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question tells how many and to whom; the messages and the ledger are those of the command."""
    folder, ours, theirs = plain_round(tmp_path), Mailbox(), Mailbox()
    other = shutil.copytree(folder, tmp_path / "kommando/t1")
    with reached(ours, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser, mail = come_in(site)
        page, number = looked(browser, mail, "templates")
        assert "Skicka (6) via e-postservern" in words(page)
        question = browser.get(f"{number}/skicka?vag=smtp")
        assert "6 mejl till enheterna, att fylla i, som skickas via 127.0.0.1." in words(question)
        assert "Örjan Ek <orjan@exempel.se>" in words(question)
        assert ours.received == []
        page = browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"}))
        assert "Mejlen är skickade 6 skickade." in words(page)
        assert "Skickat till orjan@exempel.se: Formulär för T1 2024: Hemtjänst" in words(page)
        # The list of what was sent is below: one row for each.
        assert page.text.count('<span class="tag good">skickat</span>') == 6
        again = browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"}))
        assert "Mejlen har ändrats sedan de visades, eller har redan skickats." in words(again)
        page, number = looked(browser, mail, "templates")
        assert "skickas inte igen" in words(page)
        assert "/skicka?vag=" not in page.text
        last = max(at for at in range(1, 30) if site.jobs.get(at) is not None)
        nothing = browser.post(f"{mail}/{last}", {"vag": "smtp", "antal": "0"})
        assert "Inget skickades: allt är redan skickat" in words(nothing)
    with reached(theirs, monkeypatch, tmp_path):
        uppsikt("mail", other, "templates", *SMTP, "--yes")
    assert to(ours) == TO_ALL
    assert [one.message.as_string().partition("\n\n")[2] for one in ours.received] == [
        one.message.as_string().partition("\n\n")[2] for one in theirs.received
    ]
    assert ledger(folder) == ledger(other)


def test_choices_are_those_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only some, a test, and once more what has been sent."""
    folder, box = plain_round(tmp_path), Mailbox()
    with reached(box, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser, mail = come_in(site)
        _, number = looked(browser, mail, "templates", bara="hemtjänst", prov="jag@exempel.se")
        question = words(browser.get(f"{number}/skicka?vag=smtp"))
        assert "Det är ett prov: allt går till jag@exempel.se." in question
        browser.follow(browser.post(number, {"vag": "smtp", "antal": "1"}))
        assert to(box) == ["jag"]
        assert box.received[0].message["Subject"].startswith("[PROV] ")
        _, number = looked(browser, mail, "templates", bara="Skola")
        browser.follow(browser.post(number, {"vag": "smtp", "antal": "3"}))
        assert to(box)[1:] == ["bo", "eva", "rektor"]
        page, number = looked(browser, mail, "templates", bara="EVA@exempel.se", igen="1")
        assert "skickas igen" in words(page)
        browser.follow(browser.post(number, {"vag": "smtp", "antal": "1"}))
        assert to(box)[4:] == ["eva"]
        history = browser.get(mail.removesuffix("mejl") + "skickat")
        assert "formulär (prov): Hemtjänst" in words(history)
        for choices, why in (
            ({"bara": "Okänd"}, "Okänd finns inte i planen."),
            ({"prov": "ingen"}, "ingen går inte att använda som e-postadress."),
            ({"slag": "brevduvor"}, "Välj vad som ska mejlas."),
        ):
            page, number = looked(browser, mail, **{"kind": "templates", **choices})
            assert (why in words(page), number) == (True, ""), choices
    assert len(box.received) == 5


def test_each_that_was_not_sent_is_told_with_its_reason_and_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, in doubt and sent in one run; what she answers of the doubtful is what the command keeps."""
    folder = plain_round(tmp_path)
    box = Mailbox({"rcpt": ["550 5.1.1 okänd"], "taken": [CUT, CUT]})
    monkeypatch.setattr("time.sleep", lambda _: None)
    with reached(box, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser, mail = come_in(site)
        _, number = looked(browser, mail, "templates")
        page = browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"}))
        told = words(page)
        assert (
            "Några mejl gick inte i väg 3 skickade, 3 som inte gick i väg eller är okända." in told
        )
        assert "Inte skickat till orjan@exempel.se: Formulär" in told
        assert "togs inte emot 550 5.1.1 okänd" in told
        assert "Okänt om det kom fram till asa@exempel.se" in told
        page, number = looked(browser, mail, "templates")
        assert words(page).count("Kom det fram?") == 2
        assert "Skicka (1) via e-postservern" in words(page)
        rows = read_ledger(folder / "ut/utskick.sqlite")
        doubts = [one.number for one in rows if one.state is State.UNKNOWN]
        answers = {f"svar-{doubts[0]}": "arrived", f"svar-{doubts[1]}": "send", "svar-9": "arrived"}
        answer = browser.post(f"{number}/okant", answers)
        page = browser.follow(answer)
        assert "Kom det fram?" not in words(page)
        assert "Skicka (2) via e-postservern" in words(page)
        (number,) = set(re.findall(rf'action="({re.escape(mail)}/\d+)"', page.text))
        browser.follow(browser.post(number, {"vag": "smtp", "antal": "2"}))
    assert to(box) == [*TO_ALL[1:], "orjan", "bo"]
    assert [state for _, state in states(folder)].count(State.UNKNOWN) == 0
    assert ("asa", State.SENT) in states(folder)


def test_nothing_but_what_was_shown_and_confirmed_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that has been made anew, another count, another round's list, and a list that is gone."""
    folder, box = plain_round(tmp_path), Mailbox()
    shutil.copytree(folder, folder.parent / "u2")
    with reached(box, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        mail, others = (f"{browser.round(name)}/mejl" for name in ("t1", "u2"))
        _, number = looked(browser, mail, "templates")
        last = number.rpartition("/")[2]
        for path, form, why in (
            (number, {"vag": "smtp"}, "Mejlen har ändrats sedan de visades"),
            (number, {"vag": "smtp", "antal": "5"}, "Mejlen har ändrats sedan de visades"),
            (number, {"vag": "brevduva", "antal": "6"}, "Det sättet att skicka finns inte."),
            (number, {"vag": "graph", "antal": "6"}, "client_id i [graph] saknas."),
            (f"{others}/{last}", {"vag": "smtp", "antal": "6"}, "Den listan finns inte kvar."),
            (f"{mail}/99999", {"vag": "smtp", "antal": "6"}, "Den listan finns inte kvar."),
            (f"{mail}/99999/okant", {}, "Den listan finns inte kvar."),
        ):
            answer = browser.post(path, form)
            assert (answer.status, why in words(answer)) == (409, True), (path, form)
        (folder / "mallar/Hemtjänst.xlsx").write_bytes(
            own_form(plan_with_people(minimum=1, year=2025), "Hemtjänst", {})
        )
        page = browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"}))
        assert "Mejlen har ändrats sedan de visades" in words(page)
        shown = site.jobs.get(int(last))
        assert shown is not None
        assert isinstance(shown.result, Preview)
    assert box.received == []
    assert not (folder / "ut/utskick.sqlite").exists()


def test_who_gets_nothing_and_why_stands_before_anything_is_done(
    rounds: tuple[Path, Path], tmp_path: Path
) -> None:
    """A report that is not ready is held back, a form that is not made is missed, and so is an address."""
    folder, _ = rounds
    shutil.rmtree(folder / "mallar/komplettering")
    no_mail = plan_with_people(minimum=1, recipients=())
    make_round(tmp_path / "sida/u2", no_mail, {})
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        mail, other = (f"{browser.round(name)}/mejl" for name in ("t1", "u2"))
        page, number = looked(browser, mail, "reports")
        assert "Inte klar att mejla: Kompletterad uppsiktsrapport" in words(page)
        assert "kryssa i ”Även rapporter som inte är klara”." in words(page)
        assert number == ""
        page, number = looked(browser, mail, "completions")
        assert (
            "Inget mejl med filer som inte finns: Hemtjänst.xlsx. Gör dem på sidan Formulär"
            in words(page)
        )
        page, _ = looked(browser, other, "returns")
        assert "Ingen har något att komplettera." in words(page)
        page, _ = looked(browser, other, "returns", bara="Hemtjänst")
        assert "Ingen av dem som valdes med ”Bara till” ska ha det här mejlet." in words(page)


def test_drafts_in_microsoft_365_are_made_and_then_sent_as_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafts without a question, once; sent as they lie there after one, with their count."""
    folder = plain_round(tmp_path)
    other = shutil.copytree(folder, tmp_path / "kommando/t1")
    monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", f'"{sys.executable}" -c "print(\'{TOKEN}\')"')
    with graph() as ours, site_of(folder.parent) as site:
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", ours.url)
        browser, mail = come_in(site)
        page, number = looked(browser, mail, "templates")
        assert "via e-postservern" not in words(page)
        page = browser.follow(browser.post(number, {"vag": "graph-utkast"}))
        assert "Utkasten är gjorda 6 utkast att läsa igenom och skicka i Outlook." in words(page)
        assert (len(ours.drafts), ours.sent) == (6, [])
        page, number = looked(browser, mail, "templates")
        assert "i Microsoft 365" not in words(page)
        question = words(browser.get(f"{number}/skicka?vag=graph"))
        assert "6 mejl till enheterna, att fylla i, som skickas genom Microsoft 365." in question
        page = browser.follow(browser.post(number, {"vag": "graph", "antal": "6"}))
        assert "Mejlen är skickade 6 skickade." in words(page)
        assert (len(ours.drafts), ours.sent) == (6, list(ours.drafts))
    with graph() as theirs:
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", theirs.url)
        uppsikt("mail", other, "templates", "--channel", "graph")
        uppsikt("mail", other, "templates", "--channel", "graph", "--send", "--yes")
    assert ledger(folder) == ledger(other)


def test_nothing_is_done_while_a_command_has_the_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither looked at, drafted, sent nor answered; each is told who has it."""
    folder, box = plain_round(tmp_path), Mailbox()
    with reached(box, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser, mail = come_in(site)
        _, number = looked(browser, mail, "templates")
        here = mail.removesuffix("/mejl")
        with holding(folder, Holder.TERMINAL, "uppsikt run"):
            for path, form in (
                (mail, {"slag": "templates"}),
                (number, {"vag": "files"}),
                (number, {"vag": "smtp", "antal": "6"}),
                (f"{number}/okant", {}),
                (f"{here}/beslut", {"sedd": "", "utfall": "godkänd"}),
                (f"{here}/komplettera", {"sedd": "", "aktivitet": "A1"}),
            ):
                page = browser.follow(browser.post(path, form))
                assert "används just nu av ett kommando i terminalen (uppsikt run" in words(page)
    assert box.received == []
    assert not (folder / "ut/utskick").exists()


def test_a_unit_is_mailed_from_its_row(rounds: tuple[Path, Path]) -> None:
    """What there may be for it as it stands leads to the mail with only that unit; what has gone is told."""
    folder, _ = rounds
    uppsikt("mail", folder, "receipts", "--only", "Hemtjänst")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        page = browser.follow(browser.get(f"{here}/enheter"))
        links = re.findall(r'href="[^"]+/mejl\?slag=(\w+)&amp;bara=([^"]+)"', page.text)
        kinds = [kind for kind, name in links if name == "Hemtj%C3%A4nst"]
        assert kinds == ["reminders", "returns", "receipts"]
        assert [k for k, name in links if name == "S%C3%A4rskilt%20boende"] == ["reminders"]
        assert re.search(r"kvitto \d{4}-\d\d-\d\d \(utkast\)", words(page))
        form = browser.get(f"{here}/mejl?slag=returns&bara=Hemtj%C3%A4nst").text
        assert re.search(r'value="returns" checked', form)
        assert 'name="bara" value="Hemtjänst"' in form
        (folder / "ut/utskick.sqlite").write_bytes(b"inget")
        page = browser.follow(browser.get(f"{here}/enheter"))
        assert "utskick.sqlite" in words(page)
        assert browser.get(f"{here}/skickat").status == 409
