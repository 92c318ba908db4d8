"""What a sender answers inside the mail they got is told, though nothing marks it, and nothing of ours is."""

import re
import textwrap
import time
from collections.abc import Callable

import pytest

from excel_uppsikt.intake.mail_text import Written, page_text
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.mail.message import Letter, MailKind
from excel_uppsikt.mail.mime import as_html
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.plan import texts
from tests.mail.mailed_rounds import plan_with_people

PLAN = plan_with_people(sender="Sara Samordnare", sender_email="sara@kommun.se")
OURS = OurMails.of(PLAN)
HEAD = (
    "Från: Sara Samordnare <sara@kommun.se>\nSkickat: den 2 maj 2024 10:11\nTill: Örjan Ek\n"
    "Ämne: Formulär"
)
FACTS = {
    texts.STANDING: "Formuläret har kommit, men 2 fel behöver rättas:\n\n- ”Läxhjälp” (bladet 1): Datum "
    "saknas.\n- Bladet 2: Status är ”På gång”, som inte finns.",
    texts.TO_MEND: "- ”Läxhjälp” (bladet 1): Datum saknas.\n- Bladet 2: Status är ”På gång”, som inte finns.",
    texts.REST: texts.ONLY_ASKED,
    texts.READ_AS: "Jag har läst 2 aktiviteter ur Hemtjänst.xlsx, senast sparat 2024-05-02.",
    texts.IN_REPORT: "Mål: Fler ska gå i mål\nLäxhjälp\n2024-01-01 – 2024-06-30\n\nTas inte med: "
    "”Fältarbete”.",
}


def mail(
    kind: MailKind = MailKind.TEMPLATES, *, name: str = "Örjan Ek", owner: str = "Hemtjänst"
) -> str:
    """One of the plan's mails as it went out."""
    return worded(PLAN, letter(kind, name, owner)).text


def letter(kind: MailKind, name: str = "Örjan Ek", owner: str = "Hemtjänst") -> Letter:
    departments = PLAN.departments[:1]
    return Letter(kind, name, "orjan@exempel.se", (owner,), (), departments, FACTS)


def told(quoted: str, above: str = "Se mina svar nedan.", head: str = HEAD) -> str:
    """What is told of an answer with our mail quoted in it."""
    return own_words(
        Written("Örjan Ek", "SV: Formulär", f"{above}\n\n{head}\n\n{quoted}"), OURS
    ).text


def as_sent(text: str) -> str:
    """As it was."""
    return text


def rewrapped(text: str) -> str:
    """In lines of 60 letters, as a mail program may send it on."""
    return "\n".join(textwrap.fill(line, 60) for line in text.split("\n"))


def spaced(text: str) -> str:
    """With an empty line after each, and hard spaces."""
    return text.replace("\n", "\r\n\r\n").replace(" ", "\xa0")


def in_bold(text: str) -> str:
    """With the signs of a plain text for what was bold and for bullets."""
    return re.sub(r"(?m)^- ", "  *   ", text).replace("formuläret", "*formuläret*")


WAYS = [as_sent, rewrapped, spaced, in_bold]
HEADS = [
    HEAD,
    "From: Sara <sara@kommun.se>\nSent: Thursday, May 2, 2024\nTo: Örjan\nSubject: x\nImportance: High\n"
    "Attachments: Hemtjänst.xlsx",
    "Från: Sara <sara@kommun.se>\nSkickat: den 2 maj\nTill: Örjan\nÄmne: x\nBilagor: Hemtjänst.xlsx\n"
    "Prioritet: Hög\n\nVARNING: Det här mejlet kommer utifrån. Klicka inte på länkar.",
]
BELOW = [
    "",
    "\n\nEkonomiavdelningen | Kommunen | 060-12 34 56\nSå behandlar vi personuppgifter: kommunen.se/gdpr",
    "\n\nFrån: Örjan Ek\nSkickat: 1 maj\nTill: Sara\nÄmne: x\n\nNär kommer formuläret?",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", list(MailKind))
def test_nothing_of_our_own_mail_is_told(kind: MailKind, way: Callable[[str], str]) -> None:
    """However its lines are broken, whatever stands in its head and below it, and whoever got it."""
    for name, owner in (("Örjan Ek", "Hemtjänst"), ("", "Bemanning, Hemtjänst och Särskilt boende"),
                        ("Nya Chefen", "Okända enheten")):  # fmt: skip
        for head in HEADS:
            for below in BELOW:
                text = way(mail(kind, name=name, owner=owner)) + below
                assert told(text, head=head) == "Se mina svar nedan."


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_between_our_paragraphs_is_told(way: Callable[[str], str]) -> None:
    """Of a line or several, wherever it stands between our first words and our last."""
    answer = "Nej, det blir tyvärr först i juni.\nRing Eva på 070-123 45 67."
    parts = mail().split("\n\n")
    for at in range(1, len(parts)):
        text = "\n\n".join([*map(way, parts[:at]), answer, *map(way, parts[at:])])
        assert told(text) == f"Se mina svar nedan.\n\n{answer}"


def test_several_answers_are_told_in_order_and_one_behind_our_words() -> None:
    """Also one on the same line, as in another colour."""
    first, about, open_it, greeting = mail().split("\n\n")
    text = (
        f"{first}\n{about} Vi heter Hemvården nu.\nOch är två.\n{open_it}\nVad är det?\n{greeting}"
    )
    assert told(text) == "Se mina svar nedan.\n\nVi heter Hemvården nu.\nOch är två.\n\nVad är det?"
    assert told(text, above="") == "Vi heter Hemvården nu.\nOch är två.\n\nVad är det?"


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind is not MailKind.REPORTS])
def test_an_answer_before_the_greeting_is_told_in_each_kind_of_mail(kind: MailKind) -> None:
    text = mail(kind).replace("\n\nVänliga hälsningar", "\n\nKlart i morgon!\n\nVänliga hälsningar")
    assert told(text) == "Se mina svar nedan.\n\nKlart i morgon!"


def test_a_web_page_is_read_alike() -> None:
    """Outlook's own way of quoting: nothing but a line above the head."""
    page = as_html(worded(PLAN, letter(MailKind.TEMPLATES)))
    head = HEAD.replace("<sara@kommun.se>", "&lt;sara@kommun.se&gt;").replace("\n", "<br>")
    answered = page.replace(
        "</p>\n<p>Öppna", "</p>\n<p style='color:red'>Vi är <b>tre</b>.</p>\n<p>Öppna"
    )
    for body, expected in ((page, "Hej!"), (answered, "Hej!\n\nVi är tre.")):
        text = page_text(f"<p>Hej!</p><hr><p>{head}</p>{body}")
        assert own_words(Written("Örjan", "SV: Formulär", text), OURS).text == expected


def changed(old: str, new: str) -> str:
    """Our mail with something else in it when it was sent, by hand or by the plan as it was then."""
    assert old in mail()
    return mail().replace(old, new)


@pytest.mark.parametrize(
    "text",
    [
        changed("Öppna filen, klicka på", "Starta programmet. Öppna filen och välj"),
        changed("Hej Örjan Ek!", "Hej alla glada,"),
        changed("Det gäller Hemtjänst.", "Det gäller Hemvården i norr."),
        "Hej Örjan! Tack för sist. Vi hörs om formuläret i veckan.",
        "",
    ],
)
def test_words_that_were_changed_before_the_mail_was_sent_are_not_the_senders(text: str) -> None:
    assert told(text) == "Se mina svar nedan."


def test_what_is_told_to_one_unit_alone_is_never_taken_for_the_senders() -> None:
    """An answer in its midst cannot be told from it."""
    text = mail(MailKind.RETURNS).replace("- Bladet 2", "Det står visst där!\n- Bladet 2")
    assert told(text) == "Se mina svar nedan."


def test_a_link_is_known_however_it_is_written() -> None:
    """Some programs write the address twice, or one of their own in its place."""
    own = (
        "Hej {mottagare}!\n\nLäs mer på https://kommun.se/uppsikt eller fråga sara@kommun.se i god tid."
        "\n\nHälsningar"
    )
    ours = OurMails.of(
        plan_with_people(texts=(("Mejl mallar", "x", own),), sender_email="sara@kommun.se")
    )
    sent = (
        "Hej Örjan Ek!\n\nLäs mer på https://eur01.safelinks.com/?url=https%3A%2F%2Fkommun.se&data=05 eller "
        "fråga sara@kommun.se<mailto:sara@kommun.se> i god tid.\n\nGärna.\n\nHälsningar"
    )
    assert own_words(Written("Ö", "SV: x", f"Ok\n\n{HEAD}\n\n{sent}"), ours).text == "Ok\n\nGärna."


@pytest.mark.parametrize(
    "text", ["och\n" * 50_000, "Hemtjänst och " * 7_000, f"{mail()}\n" * 200, "Hej\nHär\n" * 9_000]
)
def test_a_quotation_made_to_cost_takes_seconds(text: str) -> None:
    start = time.perf_counter()
    assert told(text).startswith("Se mina svar nedan.")
    assert time.perf_counter() - start < 10
