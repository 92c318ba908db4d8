"""Passwords to mail servers, written on the page and kept where the computer keeps such."""

import os
from dataclasses import dataclass

from excel_uppsikt.mail.secret import Secret, keep_password, kept_password
from excel_uppsikt.mail.settings import is_set_up, smtp_server
from excel_uppsikt.mail.settings_file import MailSettingsError

KEEPING = "Sparar lösenordet"
KEPT, KEPT_FOR_NOW = (
    "Lösenordet sparades i datorns nyckelring.",
    "Lösenordet gäller tills programmet avslutas; datorn har ingen nyckelring att spara det i.",
)
NOT_WRITTEN = "Skriv lösenordet."
NO_ACCOUNT = "Ingen e-postserver som loggar in med lösenord är inställd."


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a password is asked for, and where; `variable` goes before it where it is set ('' where not)."""

    host: str
    user: str
    variable: str = ""


def account() -> Account | None:
    """Who signs in to the mail server with a password, None where nobody does."""
    try:
        server = smtp_server() if is_set_up("smtp") else None
    except MailSettingsError:
        return None
    if server is None or not server.user or server.token is not None:
        return None
    name = variable("smtp")
    return Account(server.host, server.user, name if os.environ.get(name) else "")


def keep(table: str, user: str, password: str) -> str:
    """Keeps a password for a table of the settings, and tells where."""
    secret = Secret(password)
    # A computer may have a keyring that takes everything and keeps nothing.
    if keep_password(table, user, secret) and kept_password(table, user) == secret:
        return KEPT
    # Without a keyring it is for this time only.
    os.environ[variable(table)] = password
    return KEPT_FOR_NOW


def goes_before(name: str) -> str:
    """That a variable of the computer's goes before what was kept."""
    return f"Miljövariabeln {name} är satt och går före det som sparas här. Be it-avdelningen ta bort den."


def variable(table: str) -> str:
    """The variable of the environment that a password may be in."""
    return f"UPPSIKT_{table.upper()}_PASSWORD"
