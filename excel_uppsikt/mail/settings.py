"""How the municipality's mail is reached: its servers and Microsoft 365, as the settings say."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from excel_uppsikt.mail.secret import Secret, TokenCommand, in_words, kept_password, token_command
from excel_uppsikt.mail.settings_file import FILE_NAME, MailSettingsError, SettingsTable

GRAPH_URL = "https://graph.microsoft.com/v1.0"
# Any municipality's accounts, where no tenant is given.
_ANY_TENANT = "organizations"
# Nothing works without one of these.
_NEEDED = {"smtp": ("host",), "imap": ("host",), "graph": ("client_id", "token_command")}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Security(StrEnum):
    """How a connection is protected, by its name in the settings."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {
    "smtp": {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25},
    "imap": {Security.STARTTLS: 143, Security.TLS: 993, Security.NONE: 143},
}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to sign in to it: with a token, a password, or not at all.

    `ca` is a file with the certificates to trust, where they are not those of the computer.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: Secret | None = None
    token: TokenCommand | None = None
    ca: Path | None = None
    folder: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Graph:
    """Microsoft 365: the municipality's own app there, or a command that gives a token.

    `mailbox` is a shared one; empty for the user's own. `folder` is one in it.
    """

    client_id: str = ""
    tenant: str = _ANY_TENANT
    mailbox: str = ""
    folder: str = ""
    token: TokenCommand | None = None
    url: str = GRAPH_URL


def is_set_up(
    table: str, environ: Mapping[str, str] = os.environ, file: Path | None = None
) -> bool:
    """Whether a table, by its name, has what nothing works without. Raises `MailSettingsError`."""
    found = SettingsTable.read(table, environ, file)
    return any(found.given(key) for key in _NEEDED[table])


def smtp_server(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Server:
    """The server that mail is sent through. Raises `MailSettingsError`."""
    return _server("smtp", Security.STARTTLS, environ, file)


def imap_server(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Server:
    """The server, and the folder, that mail is fetched from. Raises `MailSettingsError`."""
    return _server("imap", Security.TLS, environ, file)


def graph_service(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Graph:
    """How Microsoft 365 is reached. Raises `MailSettingsError`."""
    table = SettingsTable.read("graph", environ, file)
    token = _token(table)
    client_id = table.text("client_id")
    if not client_id and token is None:
        raise table.missing(
            "client_id", "kommunens app-id i Microsoft 365, som it-avdelningen har registrerat"
        )
    return Graph(
        client_id,
        table.text("tenant") or _ANY_TENANT,
        table.text("mailbox"),
        table.text("folder"),
        token,
        _url(table),
    )


def _server(name: str, usual: Security, environ: Mapping[str, str], file: Path | None) -> Server:
    table = SettingsTable.read(name, environ, file)
    host = table.text("host")
    if not host:
        raise table.missing("host", "e-postserverns namn, som it-avdelningen kan ge")
    if any(letter.isspace() or letter in "/@\\" for letter in host):
        raise table.wrong("host", "serverns namn, som post.kommunen.se")
    security = _security(table, host, usual)
    user, token = table.text("user"), _token(table)
    if token is not None and not user:
        raise table.missing("user", "e-postadressen som det loggas in med")
    return Server(
        host,
        _port(table) or _PORTS[name][security],
        security,
        user,
        _password(table, user) if token is None else None,
        token,
        _ca(table),
        folder=(table.text("folder") or "INBOX") if name == "imap" else "",
    )


def _security(table: SettingsTable, host: str, usual: Security) -> Security:
    written = table.text("security").casefold() or usual.value
    if written not in set(Security):
        raise table.wrong("security", "starttls, tls eller none")
    security = Security(written)
    if security is Security.NONE and host.casefold() not in {*_LOOPBACK, *table.relays}:
        raise table.wrong(
            "security",
            f"starttls eller tls; none får bara användas för servrar som står i relays överst i {FILE_NAME}",
        )
    return security


def _port(table: SettingsTable) -> int | None:
    written = table.given("port")
    if written is None:
        return None
    digits = str(written).strip()
    if isinstance(written, bool) or not (digits.isascii() and digits.isdecimal()):
        raise table.wrong("port", "ett tal från 1 till 65535")
    if len(digits) > 5 or not 1 <= int(digits) <= 65_535:
        raise table.wrong("port", "ett tal från 1 till 65535")
    return int(digits)


def _ca(table: SettingsTable) -> Path | None:
    written = table.text("ca")
    if not written:
        return None
    # From the settings' own folder, wherever the program is started.
    path = table.file.parent / Path(written).expanduser()
    if not path.is_file():
        raise table.wrong("ca", "sökvägen till en fil med certifikat (.pem) som finns")
    return path


def _token(table: SettingsTable) -> TokenCommand | None:
    # A password in the environment goes before a command in the file.
    if table.in_environment("password") and not table.in_environment("token_command"):
        return None
    written = table.given("token_command")
    if written is None:
        return None
    command = token_command(written)
    if command is None:
        raise table.wrong(
            "token_command",
            'ett kommando, som "C:\\\\verktyg\\\\token.exe --post", eller en lista med dess ord',
        )
    return command


def _password(table: SettingsTable, user: str) -> Secret | None:
    if "password" in table.values:
        raise MailSettingsError(
            f"{table.file}: lösenord ska inte stå i filen. Ta bort password i [{table.name}] och "
            f"{in_words(table.name, user)}"
        )
    given = table.in_environment("password")
    if given:
        return Secret(given)
    return kept_password(table.name, user) if user else None


def _url(table: SettingsTable) -> str:
    written = table.text("url") or GRAPH_URL
    try:
        parts = urlsplit(written)
        usable = bool(parts.hostname) and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        raise table.wrong("url", "en adress som börjar med https://") from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not (usable and safe):
        raise table.wrong("url", "en adress som börjar med https://")
    return written.rstrip("/")
