"""A server's warning of a mail from outside is nobody's words; all else that stands there is told."""

import pytest

from excel_uppsikt.intake.banners import without_banner
from excel_uppsikt.intake.mail_text import page_text
from tests.intake.test_own_words import HEAD, MAIL, WORDS, marked, words

BANNERS = (
    "Detta mejl kommer från en extern avsändare.",
    "Det här mejlet kommer från en extern avsändare. Klicka inte på länkar eller öppna bilagor om du inte "
    "känner igen avsändaren.",
    "OBS! Detta e-postmeddelande kommer från en avsändare utanför kommunen.",
    "VARNING: Detta meddelande har skickats från utanför organisationen. Var försiktig med "
    "länkar och bilagor.",
    "VARNING\n\nDet här mailet är skickat från någon utanför Ånge kommun.\nÖppna inte bifogade filer om du "
    "är osäker.",
    "[Extern avsändare]",
    "Externt mejl",
    "CAUTION: External email",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments "
    "unless you recognize the sender and know the content is safe.",
    "[EXTERNAL EMAIL] Please be careful with links and attachments.",
    "Caution: This is an external email originating outside your company. Please take extra care when "
    "clicking links or opening attachments.",
    "*** WARNING: This message came from an external sender. ***\n\nThink before you click!",
    "You don't often get email from sara@kommun.se. Learn why this is important"
    "<https://aka.ms/LearnAboutSenderIdentification>",
    "Du får inte ofta e-post från sara@kommun.se. Läs om varför det här är viktigt"
    "<https://aka.ms/LearnAboutSenderIdentification>",
)


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_is_nobodys_words(banner: str) -> None:
    """At the top of the answer and of what it quotes, marked or not, also with nothing above that."""
    assert words(f"{banner}\n\n{WORDS}\n\n{HEAD}\n\n{MAIL}") == WORDS
    assert words(f"{WORDS}\n\n{HEAD}\n\n{banner}\n\n{MAIL}") == WORDS
    head = "Den tors 2 maj 2024 kl 10:11 skrev Sara <sara@kommun.se>:"
    quoted = marked(f"{banner}\n\n{MAIL}")
    assert words(f"{WORDS}\n\n{head}\n\n{quoted}") == WORDS
    assert words(f"{HEAD}\n\n{banner}\n\n{MAIL}") == ""
    assert words(f"{banner}\n\n{HEAD}\n\n{MAIL}") == ""


@pytest.mark.parametrize(
    "own",
    [
        "Det här mejlet kommer från en extern konsult som hjälper oss.",
        "Klicka inte på länkar i formuläret, de är trasiga.",
        "Klicka inte på länkar om du inte vet vart de leder.",
        "Var försiktig med siffrorna.",
        "VARNING\n\nRaderna om läxhjälp är inte klara.",
        "OBS!\n\nVi ändrar raden om läxhjälp.",
        "Extern avsändare är inlagd på rad 7.",
        "Detta mejl kommer från en extern avsändare. Ring mig.",
        "Detta mejl kommer från en extern avsändare.\nRing mig.",
        "External email was not set up, so I write here.",
        "Hej!\n\nDetta mejl kommer från en extern avsändare.",
    ],
)
def test_what_a_sender_may_have_written_is_told(own: str) -> None:
    """Words like a banner's by themselves, a banner with more in its paragraph, and one below other words."""
    assert words(f"{own}\n\n{WORDS}\n\n{HEAD}\n\n{MAIL}") == f"{own}\n\n{WORDS}"


def test_words_below_a_banner_are_told_though_they_are_like_it() -> None:
    banner = BANNERS[0]
    assert (
        words(f"{banner}\n\nExterna mejl är svåra.\n\n{HEAD}\n\n{MAIL}") == "Externa mejl är svåra."
    )


def test_an_answer_below_a_banner_in_what_is_quoted_is_told() -> None:
    answered = MAIL.replace("Öppna filen", "Det går inte.\n\nÖppna filen")
    quoted = f"{BANNERS[7]}\n\n{answered}"
    assert words(f"{HEAD}\n\n{quoted}") == "Det går inte."


def test_an_answer_between_quoted_lines_is_told_though_it_is_like_a_banner() -> None:
    first, *rest = MAIL.split("\n\n")
    text = f"{HEAD}\n\n{marked(first)}\n\nExternt mejl.\n\n" + marked("\n\n".join(rest))
    assert words(text) == "Externt mejl."


def test_a_banner_in_a_table_of_a_web_page_is_known() -> None:
    """As servers put it there, in a frame of its own."""
    page = (
        "<html><body><table border=0><tr><td style='background:#ff0'> </td><td><div><b>VARNING:</b> "
        "Detta mejl kommer från en extern avsändare. Klicka inte på länkar.</div></td></tr></table><br>"
        "<div><p>Raden är inte klar.</p></div></body></html>"
    )
    assert words(page_text(page)) == "Raden är inte klar."


@pytest.mark.parametrize("text", ["", "\n", "-----", "Hej!", "VARNING", "OBS\n\nOBS\n\nOBS"])
def test_lines_without_a_banner_are_as_they_are(text: str) -> None:
    lines = text.split("\n")
    assert without_banner(lines) == lines


@pytest.mark.parametrize(
    "piece",
    ["om a b c d e f ", "klicka inte på länkar om ", "detta mejl kommer från ", "a kommun "],
)
def test_a_text_made_to_cost_is_looked_at_in_no_time(piece: str) -> None:
    lines = [piece * 90, *["OBS", ""] * 5_000]
    assert without_banner(lines) == lines
