"""What a sender writes in a mail is told, all of it, and never what was written to them."""

import time
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.intake.mail_text import Written, page_text
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.model import Recipient
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS, MAIL_TEMPLATES
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.intake.outlook_messages import Message, saved
from tests.intake.packed_forms import SHEET, home, staffing
from tests.small_rounds import check, make_plan

PLAN = make_plan(sender="Sara Samordnare", sender_email="sara@kommun.se")
OURS = OurMails.of(PLAN)
WORDS = (
    "Hej!\n\nRaden om läxhjälp är inte klar, ring mig på 070-123 45 67.\n\nMvh\nAnna Ek\nEnhetschef"
)
HEAD = "Från: Sara Samordnare <sara@kommun.se>\nSkickat: den 2 maj 2024 10:11\nTill: Anna Ek\nÄmne: Formulär"


def form_mail(section: str = MAIL_TEMPLATES) -> str:
    """One of the plan's mails as it went to Anna."""
    to = Recipient("", "Anna Ek", "anna@kommun.se")
    # What is told to one unit alone differs from mail to mail, and is cut off with the rest that is quoted.
    facts = {**dict.fromkeys(texts.MAIL_FACTS, ""), texts.REST: texts.REST_STAYS}
    text = texts.section(PLAN, section).text
    return texts.fill(PLAN, text, owner="Hemtjänst", recipient=to, more=facts)


MAIL = form_mail()


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join(mark + line for line in text.split("\n"))


def words(text: str, subject: str = "SV: Formulär", sender: str = "Anna Ek") -> str:
    return own_words(Written(sender, subject, text), OURS).text


@pytest.mark.parametrize(
    "quoted",
    [
        pytest.param(f"{HEAD}\n\n{MAIL}", id="Outlook"),
        pytest.param(f"-----Ursprungligt meddelande-----\n{HEAD}\n\n{MAIL}", id="plain Outlook"),
        pytest.param(f"________________________________\n{HEAD}\n\n{MAIL}", id="Outlook on the web"),
        pytest.param("*Från:* Ekonomi\n*Skickat:* den 2 maj\n*Till:* Anna\n*Ämne:* x\n" + MAIL, id="bold"),
        pytest.param(
            "From: Ekonomi <x@y.se>\nSent: Thursday, May 2, 2024\nTo: Anna\nSubject: x\n\n" + MAIL,
            id="in English",
        ),
        pytest.param(
            "Från: Ekonomi\r\n\r\nSkickat: den 2 maj\r\n\r\nTill: Anna\r\n\r\nÄmne: x\r\n\r\n" + MAIL,
            id="an empty line after each",
        ),
        pytest.param(
            f"Den tors 2 maj 2024 kl 10:11 skrev Sara <sara@kommun.se>:\n\n{marked(MAIL)}", id="Gmail"
        ),
        pytest.param(
            "Den tors 2 maj 2024 kl 10:11 skrev Sara Samordnare med ett långt namn <\n"
            f"sara@kommun.se>:\n\n{marked(MAIL)}",
            id="Gmail over two lines",
        ),
        pytest.param(
            f"On Thu, May 2, 2024 at 10:11 AM Sara <x@y.se> wrote:\n{marked(MAIL, '>')}", id="English"
        ),
        pytest.param(f"2 maj 2024 kl. 10:11 skrev Sara <x@y.se>:\n\n{marked(MAIL)}", id="iPhone"),
        pytest.param(f"> 2 maj 2024 kl. 10:11 skrev Sara <x@y.se>:\n> \n{marked(MAIL)}", id="old iPhone"),
        pytest.param(marked(MAIL), id="without a head"),
        pytest.param(MAIL, id="without any mark"),
        pytest.param(
            f"Von: Sara\nGesendet: 2. Mai\nAn: Anna\nBetreff: x\n\n{MAIL}", id="in German"
        ),
        pytest.param(f"{HEAD}\n\nHej Anna, här är det du bad om. Ring mig.", id="another mail"),
        pytest.param(
            f"{HEAD}\n\n{MAIL}\n\nFrån: Anna Ek\nSkickat: 1 maj\nTill: Sara\nÄmne: x\n\nNär kommer den?",
            id="with an older one",
        ),
    ],
)  # fmt: skip
def test_what_stands_above_the_quoted_mail_is_told_and_nothing_of_that(quoted: str) -> None:
    assert words(f"{WORDS}\n\n{quoted}\n") == WORDS
    assert words(f"\n{quoted}\n") == ""


@pytest.mark.parametrize("section", [t[0] for t in DEFAULT_TEXTS if t[0].startswith("Mejl")])
def test_none_of_the_plans_mails_is_taken_for_the_senders(section: str) -> None:
    assert words(form_mail(section), subject="Re: x") == ""
    assert (
        words(f"Klart!\n\nDen 2 maj 2024 skrev Ekonomi:\n{marked(form_mail(section))}") == "Klart!"
    )


def test_the_plans_own_wording_is_known() -> None:
    own = "Kära {mottagare}, härmed översänds blanketten för {enhet}.\n\nÅterkom senast {sista svarsdag}!"
    ours = OurMails.of(make_plan(texts=((MAIL_TEMPLATES, "Blankett", own),), sender="Bo Ek"))
    sent = "Kära Anna Ek, härmed översänds blanketten för Hemtjänst.\n\nÅterkom senast 2 maj 2024!"
    written = Written("Anna", "SV: Blankett", f"Tack!\n\n{sent}")
    assert own_words(written, ours).text == "Tack!"


def test_answers_between_marked_lines_are_told() -> None:
    first, *rest = MAIL.split("\n\n")
    text = f"Den 2 maj 2024 skrev Sara <x@y.se>:\n{marked(first)}\n\nTackar.\n\n" + "\n".join(
        f"{marked(part)}\nSvar: {number}" for number, part in enumerate(rest)
    )
    assert words(text) == "Tackar.\n\nSvar: 0\nSvar: 1\nSvar: 2"


def test_a_mail_passed_on_is_told_with_its_head() -> None:
    """What a colleague wrote to the sender is nobody else's to lose; what they answered is ours."""
    head = "Från: Bo Ek\nSkickat: den 3 maj 2024\nTill: Anna Ek\nÄmne: Formulär"
    text = f"Se nedan.\n\n{head}\n\nVi hinner inte med läxhjälpen.\n\n{HEAD}\n\n{MAIL}"
    assert words(text) == f"Se nedan.\n\n{head}\n\nVi hinner inte med läxhjälpen."
    alone = f"{head}\n\nVi hinner inte med läxhjälpen."
    assert words(alone, subject="VB: Formulär") == alone
    gmail = f"Se nedan.\n\nDen 3 maj 2024 skrev Bo <b@k.se>:\n> Vi hinner inte.\n>\n> Den 2 maj 2024 skrev Sara <sara@kommun.se>:\n{marked(MAIL, '> > ')}"  # noqa: E501  line by line as it came
    assert words(gmail) == "Se nedan.\n\nDen 3 maj 2024 skrev Bo <b@k.se>:\nVi hinner inte."


@pytest.mark.parametrize(
    "text",
    [
        "Hej Anna!",
        "Skickat från min iPhone",
        "Chefen skrev så här:\nvi väntar till hösten.",
        "Från: 1 maj\nTill: 5 maj är jag ledig.",
        "Vi är fler > färre.",
        "--\nAnna Ek\nHemtjänst",
        "Här kommer formuläret för Hemtjänst.",
    ],
)
def test_what_only_looks_like_a_quotation_is_told(text: str) -> None:
    assert words(text) == text


@pytest.mark.parametrize(
    "text", ["", " \r\n \r\n", "[cid:image001.png@01DA]", "\xa0\n--\n", "\ufffc"]
)
def test_a_mail_without_words_has_none(text: str) -> None:
    assert words(text) == ""


def test_a_long_letter_is_told_as_far_as_can_be_read() -> None:
    told = words("Läs det här. " * 5_000)
    assert told.endswith("… (resten står i mejlet)")
    assert 19_000 < len(told) < 20_100


PAGE = (
    "<html><head><title>x</title><style>p {color: red}</style></head><body>"
    "<p>Hej!</p><p>Raden om <b>läxhjälp</b> är\ninte klar &amp; saknar&nbsp;datum.<br>Mvh<br>Anna</p>"
    "<table><tr><td>Anna Ek</td><td>Enhetschef</td></tr></table>"
)


@pytest.mark.parametrize(
    "quoted",
    [
        pytest.param(
            "<div style='border-top:solid'><p class=MsoNormal><b>Från:</b> Sara &lt;sara@kommun.se&gt;<br>"
            "<b>Skickat:</b> den 2 maj 2024<br><b>Till:</b> Anna<br><b>Ämne:</b> Formulär</p></div>"
            f"<p>{MAIL}</p>",
            id="Outlook",
        ),
        pytest.param(
            '<div class="gmail_quote"><div class="gmail_attr">Den tors 2 maj 2024 kl 10:11 skrev Sara &lt;'
            "<a href='mailto:x@y.se'>x@y.se</a>&gt;:<br></div><blockquote>"
            f"{''.join(f'<p>{part}</p>' for part in MAIL.split(chr(10)))}</blockquote></div>",
            id="Gmail",
        ),
        pytest.param(
            f'<blockquote type="cite">2 maj 2024 kl. 10:11 skrev Sara &lt;x@y.se&gt;:<br><br>{MAIL}'
            "</blockquote>",
            id="iPhone",
        ),
    ],
)
def test_a_mail_that_is_only_a_web_page_is_told_alike(quoted: str) -> None:
    assert words(page_text(f"{PAGE}{quoted}</body></html>")) == (
        "Hej!\n\nRaden om läxhjälp är inte klar & saknar datum.\nMvh\nAnna\n\nAnna Ek Enhetschef"
    )


@pytest.mark.parametrize(
    "page", ["<", "<<<<", "\x00<p>a", '<?xml version="1.0" encoding="utf-16"?>', ""]
)
def test_a_page_that_is_none_has_its_words_all_the_same(page: str) -> None:
    assert page_text(page).strip("< \n") in ("", "a")


def test_a_senders_name_cannot_break_out_of_the_line(tmp_path: Path) -> None:
    raw = b"From: =?utf-8?q?An=1B=5B31mna=0AEk?= <a@b.se>\r\nSubject: x\r\n\r\nHej hej\r\n"
    checked = check(tmp_path, PLAN, {"a.eml": raw})
    (finding,) = (f for f in checked.findings if f.code == "F207")
    assert finding.message.startswith("I mejlet från An[31mna Ek står ”Hej hej”")


def reply(text: str, files: Sequence[tuple[str, bytes]] = ()) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Anna Ek <anna@kommun.se>", "SV: Formulär"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, "application", SHEET, filename=name)
    return message


def test_the_words_are_a_finding_of_the_mail_and_stand_with_its_files(tmp_path: Path) -> None:
    """In full on Inlämningar, also those of a forwarded mail, and of a message from Outlook."""
    long = "Raden om läxhjälp är inte klar. " * 10
    first = reply(f"{long}\n\n{HEAD}\n\n{MAIL}", [("Hemtjänst.xlsx", home())])
    passed_on = reply("Se bifogat.")
    passed_on.add_attachment(reply("Från mig.", [("Bemanning.xlsx", staffing())]))
    inbox = {
        "a.eml": first.as_bytes(),
        "b.eml": passed_on.as_bytes(),
        "c.msg": saved(Message(f"Kommer i morgon.\r\n\r\n{HEAD}\r\n\r\n{MAIL}", sender="Bo Ek")),
    }
    checked = check(tmp_path, PLAN, inbox)
    told = [(f.code, f.file, f.value, f.for_units) for f in checked.findings if f.code == "F207"]
    assert told == [
        ("F207", "inkorg/a.eml", long.strip(), False),
        ("F207", "inkorg/b.eml", "Se bifogat.", False),
        ("F207", "inkorg/b.eml/vidarebefordrat.eml", "Från mig.", False),
        ("F207", "inkorg/c.msg", "Kommer i morgon.", False),
    ]
    assert [
        f.message for f in checked.findings if f.file == "inkorg/c.msg" and f.code == "F207"
    ] == [
        "I mejlet från Bo Ek står ”Kommer i morgon.”, som inte tas med i rapporten. Läs det, och för in i "
        "sammanställningen det som ska vara med."
    ]
    write_compilation(checked)
    sheet = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx")["Inlämningar"]
    rows = {row[0]: str(row[7]) for row in sheet.iter_rows(values_only=True) if row[0]}
    assert f"står ”{long.strip()}”" in rows["inkorg/a.eml/Hemtjänst.xlsx"]
    assert "”Se bifogat.”" in rows["inkorg/b.eml/vidarebefordrat.eml/Bemanning.xlsx"]
    assert "”Från mig.”" in rows["inkorg/b.eml/vidarebefordrat.eml/Bemanning.xlsx"]
    assert "”Kommer i morgon.”" in rows["inkorg/c.msg"]
    assert "utan någon arbetsbok" in rows["inkorg/c.msg"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 50_000,
        "> > > " * 16_000,
        "\n>" * 50_000,
        "Från:\n" * 16_000,
        "Från: a\nTill: b\nÄmne: c\n" * 4_000,
        "Den 1 skrev a@b " * 6_000,
        "Den 1 skrev a@b:\n" * 6_000,
        "_____\n" * 16_000,
        "[cid:" * 20_000,
        "-" * 100_000,
        "\n \n" * 33_000,
        "a. " * 33_000,
    ],
)
def test_words_made_to_cost_take_seconds(text: str) -> None:
    start = time.perf_counter()
    words(text)
    assert time.perf_counter() - start < 20
