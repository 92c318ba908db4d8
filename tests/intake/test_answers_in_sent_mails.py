"""What is written anywhere in a mail whose very words are known is told, and nothing that was sent."""

import time
from collections.abc import Callable, Sequence

import pytest

from excel_uppsikt.intake.mail_text import Written, page_text
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.intake.sent_mails import SentMail, SentMails
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.mime import as_html
from excel_uppsikt.mail.wording import worded
from tests.intake.test_own_answers import (
    HEAD,
    HEADS,
    PLAN,
    WAYS,
    as_sent,
    in_bold,
    letter,
    mail,
)

ADDRESS = "orjan@exempel.se"
TO_MEND = mail(MailKind.RETURNS)
SENT = [SentMail(ADDRESS, mail(kind)) for kind in MailKind]
OTHERS = [SentMail("bo@exempel.se", mail(kind, name="Bo", owner="Förskola")) for kind in MailKind]


def told(
    quoted: str,
    *,
    above: str = "Hej!",
    head: str = HEAD,
    sent: Sequence[SentMail] = (*OTHERS, *SENT),
) -> str:
    """What is told of an answer to our mail beside what stands above it."""
    ours = OurMails.of(PLAN, SentMails(lambda: sent))
    written = Written(
        "Örjan Ek", "SV: x", f"{above}\n\n{head}\n\n{quoted}", address="Orjan@exempel.se"
    )
    return own_words(written, ours).text.removeprefix(above).strip()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", list(MailKind))
def test_nothing_that_was_sent_is_told(kind: MailKind, way: Callable[[str], str]) -> None:
    """Whoever got it, and however the program that quotes it breaks its lines."""
    for head in HEADS[:2]:
        assert told(way(mail(kind)), head=head) == ""
        assert told(way(mail(kind, name="Bo", owner="Förskola")), head=head) == ""


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_told_wherever_it_stands(way: Callable[[str], str]) -> None:
    """Above our first words, between our paragraphs, and below our signature."""
    answer = "Nej, det blir tyvärr först i juni.\nRing Eva på 070-123 45 67."
    for kind in (MailKind.TEMPLATES, MailKind.RETURNS, MailKind.RECEIPTS):
        parts = mail(kind).split("\n\n")
        for at in range(len(parts) + 1):
            text = "\n\n".join([*map(way, parts[:at]), answer, *map(way, parts[at:])])
            assert told(text) == answer


@pytest.mark.parametrize("way", [as_sent, in_bold])
def test_an_answer_among_what_is_told_to_one_unit_alone_is_told(way: Callable[[str], str]) -> None:
    """Below each of its lines, and behind one."""
    first = "- ”Läxhjälp” (bladet 1): Datum saknas."
    below = TO_MEND.replace(first, f"{first}\n3 juni 2024.").replace(
        "som inte finns.", "som inte finns. Ska vara Pågår!"
    )
    assert told("\n".join(map(way, below.split("\n")))) == "3 juni 2024.\n\nSka vara Pågår!"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("Öppna filen", "Ja! Öppna filen", "Ja!", id="before our words on a line"),
        pytest.param(
            "Öppna filen",
            "vi kan inte öppna den Öppna filen",
            "vi kan inte öppna den",
            id="unmarked",
        ),
        pytest.param("Datum saknas.", "Datum saknas. (3 juni)", "(3 juni)", id="behind our words"),
        pytest.param(
            "Datum saknas.", "3 juni.", "- ”Läxhjälp” (bladet 1): 3 juni.", id="in place of some"
        ),
        pytest.param(
            TO_MEND.split("\n\n")[-1],
            "Tack!\nÖrjan",
            "Tack!\nÖrjan",
            id="in place of our signature",
        ),
        pytest.param("- ”Läxhjälp” (bladet 1): Datum saknas.\n", "", "", id="taken out"),
        pytest.param("Datum saknas.", "Datum saknas.\n👍", "👍", id="a sign"),
    ],
)
def test_what_is_written_on_our_own_lines_is_told(old: str, new: str, expected: str) -> None:
    text = TO_MEND if old in TO_MEND else mail()
    assert old in text
    assert told(text.replace(old, new)) == expected


def test_words_in_place_of_nearly_all_of_the_mail_are_told() -> None:
    """Though they use some of the same words."""
    first, about, *_, last = TO_MEND.split("\n\n")
    own = "Vi har öppnat filen och skickar den i nästa vecka, för Eva är borta. Datum för läxhjälp är 3 juni."
    assert told(f"{first}\n\n{about}\n\n{own}\n\n{last}") == own


def test_a_mail_from_elsewhere_than_it_was_sent_to_is_known() -> None:
    """As from a colleague, or from an address that the plan has otherwise."""
    text = TO_MEND.replace("Datum saknas.", "Datum saknas. 3 juni.")
    sent = [SentMail("chef@exempel.se", one.text) for one in (*OTHERS, *SENT)]
    assert told(text, sent=sent) == "3 juni."


def test_a_marked_quotation_with_answers_between_is_known_as_one() -> None:
    lines = TO_MEND.split("\n")
    at = next(n for n, line in enumerate(lines) if "Bladet 2" in line)
    marked = ["> " + line for line in lines]
    marked[at] += " Nej, På gång!"
    text = "\n".join([*marked[:at], "3 juni.", *marked[at:]])
    head = "Den 2 maj 2024 skrev Sara <sara@kommun.se>:"
    assert told(text, head=head) == "3 juni.\n\nNej, På gång!"


def test_a_mail_that_nothing_marks_as_quoted_is_known() -> None:
    ours = OurMails.of(PLAN, SentMails(lambda: SENT))
    text = TO_MEND.replace("Datum saknas.", "Datum saknas. 3 juni.")
    written = Written("Örjan", "SV: x", f"Hej!\nSe nedan.\n\n{text}", address=ADDRESS)
    assert own_words(written, ours).text == "Hej!\nSe nedan.\n\n3 juni."


def test_a_web_page_is_read_alike() -> None:
    page = as_html(worded(PLAN, letter(MailKind.RETURNS)))
    answered = page.replace("Datum saknas.", "Datum saknas. <b>3 juni</b>").replace(
        "</body>", "<p>Mvh Ö</p></body>"
    )
    assert told(page_text(f"<div>{answered}</div>")) == "3 juni\n\nMvh Ö"


def test_what_the_coordinator_has_written_in_a_kept_draft_is_not_the_senders() -> None:
    edited = TO_MEND.replace("Hej", "Tack för sist! Vi ses i juni.\n\nHej")
    text = edited.replace("Datum saknas.", "Datum saknas. 3 juni.")
    assert told(text, sent=[*SENT, SentMail(ADDRESS, edited)]) == "3 juni."
    # Else rather a word too much than one too few.
    assert told(text) == "Tack för sist! Vi ses i juni.\n\n3 juni."


@pytest.mark.parametrize(
    "said",
    [
        "Ja.",
        "Ja, det går bra.",
        "Det går bra att vänta till i juni med läxhjälpen, men skriv då varför i kolumnen Kommentar.",
    ],
)
def test_another_mail_of_the_coordinators_is_not_the_senders(said: str) -> None:
    """A letter in between, with the same greeting and signature, which is quoted in its turn."""
    quoted = f"Hej Örjan Ek!\n\n{said}\n\nVänliga hälsningar\nSara Samordnare"
    assert told(quoted) == ""
    assert told(f"{quoted}\n\n{HEAD}\n\n{TO_MEND}") == ""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "<div>Hej!</div><div class='gmail_quote'><div>Den tors 2 maj 2024 skrev Sara &lt;"
            "<a href='mailto:sara@kommun.se'>sara@kommun.se</a>&gt;:<br></div><blockquote>{before}"
            "</blockquote></div><div>3 juni</div><blockquote>{after}<p>Hälsar Örjan</p></blockquote>",
            "3 juni\n\nHälsar Örjan",
            id="Gmail, between two pieces and in one",
        ),
        pytest.param(
            "<p>Hej!</p><div style='border-top:solid'><p><b>Från:</b> Sara &lt;sara@kommun.se&gt;<br>"
            "<b>Skickat:</b> den 2 maj<br><b>Till:</b> Örjan<br><b>Ämne:</b> Retur<br>"
            "<b>Prioritet:</b> Hög</p></div>{before}<p style='color:red'>3&nbsp;juni</p>{after}<p>Örjan</p>",
            "3 juni\n\nÖrjan",
            id="Outlook, in another colour",
        ),
        pytest.param(
            "Hej!<br><blockquote type='cite'>2 maj 2024 kl. 10:11 skrev Sara &lt;sara@kommun.se&gt;:<br><br>"
            "{before}</blockquote>3 juni<blockquote type='cite'>{after}</blockquote>",
            "3 juni",
            id="Apple",
        ),
    ],
)
def test_answers_are_told_from_the_pages_of_mail_programs(page: str, expected: str) -> None:
    sent = as_html(worded(PLAN, letter(MailKind.RETURNS)))
    body = sent[sent.index("<p>") : sent.index("</body>")]
    at = body.index("<li>Bladet 2")
    before, after = f"{body[:at]}</ul>", f"<ul>{body[at:]}"
    written = page_text(page.replace("{before}", before).replace("{after}", after))
    ours = OurMails.of(PLAN, SentMails(lambda: SENT))
    own = own_words(Written("Örjan", "SV: Retur", written, address=ADDRESS), ours).text
    assert own.removeprefix("Hej!").strip() == expected


def test_a_line_that_is_nothing_but_a_link_is_told_where_the_mail_has_none() -> None:
    link = "https://kommun.se/vart-dokument"
    assert told(mail().replace("Öppna", f"{link}\nÖppna")) == link
    own = [SentMail(ADDRESS, mail().replace("Öppna", f"{link}\nÖppna"))]
    assert told(own[0].text.replace(link, "https://eur01.safelinks.com/?url=x"), sent=own) == ""


def test_a_long_answer_on_one_line_is_told_as_far_as_can_be_read() -> None:
    """Nothing is left out for its length before that."""
    long = " ".join(f"Rad {number} är inte klar." for number in range(400))
    assert told(TO_MEND.replace("Datum saknas.\n", f"Datum saknas.\n{long}\n")) == long
    many = "\n".join(f"Rad {number}" for number in range(2_000))
    assert told(f"{TO_MEND}\n{many}").endswith("Rad 1999")


@pytest.mark.parametrize(
    "text",
    [
        "och\n" * 50_000,
        "Hemtjänst och " * 7_000,
        f"{mail()}\n" * 200,
        "Hej\nHär\n" * 9_000,
        "Hej Örjan Ek x " * 6_000,
        " ".join(f"{word} x." for word in TO_MEND.split() * 200),
        "\n> a\n".join(TO_MEND.split() * 100),
    ],
)
def test_a_quotation_made_to_cost_takes_seconds(text: str) -> None:
    start = time.perf_counter()
    told(text)
    assert time.perf_counter() - start < 10
