"""How the municipality's mail is reached: `mejl.toml` in the user's own folder, or the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.secret import Secret, TokenCommand, in_words, kept_password, token_command

FILE_NAME = "mejl.toml"
GRAPH_URL = "https://graph.microsoft.com/v1.0"
# Any municipality's accounts, where no tenant is given.
_ANY_TENANT = "organizations"
_SERVER_KEYS = ("host", "port", "security", "user", "password", "token_command", "ca")
_KEYS = {
    "smtp": _SERVER_KEYS,
    "imap": (*_SERVER_KEYS, "folder"),
    "graph": ("client_id", "tenant", "mailbox", "folder", "token_command", "url"),
}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class MailSettingsError(CannotRunError):
    """A setting that is missing or cannot be used; the text names the file and the key."""


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


def settings_file() -> Path:
    """Where the user's own settings lie, whether there are any or not."""
    return platformdirs.user_config_path("uppsikt") / FILE_NAME


def smtp_server(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Server:
    """The server that mail is sent through. Raises `MailSettingsError`."""
    return _server("smtp", Security.STARTTLS, environ, file)


def imap_server(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Server:
    """The server, and the folder, that mail is fetched from. Raises `MailSettingsError`."""
    return _server("imap", Security.TLS, environ, file)


def graph_service(environ: Mapping[str, str] = os.environ, file: Path | None = None) -> Graph:
    """How Microsoft 365 is reached. Raises `MailSettingsError`."""
    table = _Table.read("graph", environ, file)
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


def is_set_up(name: str, environ: Mapping[str, str] = os.environ, file: Path | None = None) -> bool:
    """Whether anything is set of `smtp`, `imap` or `graph`, right or wrong. Raises `MailSettingsError`."""
    table = _Table.read(name, environ, file)
    return bool(table.values) or any(table.in_environment(key) for key in _KEYS[name])


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the settings, with what the environment says in their place."""

    name: str
    file: Path
    values: Mapping[str, Any] = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)
    relays: frozenset[str]

    @classmethod
    def read(cls, name: str, environ: Mapping[str, str], file: Path | None) -> "_Table":
        """The table; empty where there is no file."""
        path = file or settings_file()
        whole = _toml(path)
        values = whole.get(name, {})
        if not isinstance(values, dict):
            raise MailSettingsError(
                f"{path}: {name} ska vara en tabell. Skriv [{name}] på en egen rad, och "
                "inställningarna under den."
            )
        known = _KEYS[name]
        for key in values:
            if key not in known:
                raise MailSettingsError(_unknown(path, name, key))
        return cls(name, path, values, environ, _relays(path, whole))

    def given(self, key: str) -> object:
        """What is set, the environment first; None where nothing is."""
        return self.environ.get(self._variable(key)) or self.values.get(key)

    def text(self, key: str) -> str:
        """A setting of one line of text; empty where it is not set."""
        value = self.given(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.isprintable():
            raise self.wrong(key, "en rad text inom citattecken")
        return value.strip()

    def in_environment(self, key: str) -> str:
        """What the environment sets; empty for nothing."""
        return self.environ.get(self._variable(key), "")

    def wrong(self, key: str, allowed: str) -> MailSettingsError:
        """That a setting cannot be used; what was written is not repeated, since it may be a secret."""
        return MailSettingsError(f"{self._where(key)} kan inte användas. Skriv {allowed}.")

    def missing(self, key: str, what: str) -> MailSettingsError:
        """That a setting is needed."""
        return MailSettingsError(
            f"{self.file}: {key} i [{self.name}] saknas. Skriv {what}, eller sätt miljövariabeln "
            f"{self._variable(key)}."
        )

    def _where(self, key: str) -> str:
        variable = self._variable(key)
        if self.environ.get(variable):
            return f"Miljövariabeln {variable}"
        return f"{self.file}: {key} i [{self.name}]"

    def _variable(self, key: str) -> str:
        return f"UPPSIKT_{self.name}_{key}".upper()


def _toml(path: Path) -> dict[str, Any]:
    try:
        # Windows' own editor begins a file with a mark that TOML does not know.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise MailSettingsError(
            f"{path} går inte att läsa. Se efter att du får läsa den."
        ) from error
    except UnicodeDecodeError:
        raise MailSettingsError(f"{path} är inte sparad i UTF-8. Spara om den så.") from None
    except tomllib.TOMLDecodeError as error:
        # The library quotes a letter at most, never a line, and says where.
        raise MailSettingsError(
            f'{path} är inte rätt skriven ({_place(str(error))}). Skriv som: host = "post.kommunen.se". '
            "I en sökväg med \\ ska citattecknen vara enkla."
        ) from None


def _place(error: str) -> str:
    """Where in the file the fault is, of the library's `… (at line 3, column 8)`."""
    where = error.rpartition("(at ")[2].rstrip(")")
    return (
        where.replace("line", "rad")
        .replace("column", "tecken")
        .replace("end of document", "slutet")
    )


def _unknown(path: Path, table: str, key: str) -> str:
    if key == "relays":
        return f"{path}: relays ska stå överst i filen, före [{table}] och de andra tabellerna. Flytta raden."
    known = ", ".join(k for k in _KEYS[table] if k != "password")
    return f"{path}: {key} i [{table}] är okänd. Välj bland: {known}."


def _relays(path: Path, whole: Mapping[str, Any]) -> frozenset[str]:
    relays = whole.get("relays", [])
    if not isinstance(relays, list) or not all(isinstance(host, str) for host in relays):
        raise MailSettingsError(
            f"{path}: relays kan inte användas. Skriv en lista med servrar, som "
            'relays = ["relay.kommunen.se"].'
        )
    return frozenset(host.strip().casefold() for host in relays)


def _server(name: str, usual: Security, environ: Mapping[str, str], file: Path | None) -> Server:
    table = _Table.read(name, environ, file)
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


def _security(table: _Table, host: str, usual: Security) -> Security:
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


def _port(table: _Table) -> int | None:
    written = table.given("port")
    if written is None:
        return None
    digits = str(written).strip()
    if isinstance(written, bool) or not (digits.isascii() and digits.isdecimal()):
        raise table.wrong("port", "ett tal från 1 till 65535")
    if len(digits) > 5 or not 1 <= int(digits) <= 65_535:
        raise table.wrong("port", "ett tal från 1 till 65535")
    return int(digits)


def _ca(table: _Table) -> Path | None:
    written = table.text("ca")
    if not written:
        return None
    # From the settings' own folder, wherever the program is started.
    path = table.file.parent / Path(written).expanduser()
    if not path.is_file():
        raise table.wrong("ca", "sökvägen till en fil med certifikat (.pem) som finns")
    return path


def _token(table: _Table) -> TokenCommand | None:
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


def _password(table: _Table, user: str) -> Secret | None:
    if "password" in table.values:
        raise MailSettingsError(
            f"{table.file}: lösenord ska inte stå i filen. Ta bort password i [{table.name}] och "
            f"{in_words(table.name, user)}"
        )
    given = table.in_environment("password")
    if given:
        return Secret(given)
    return kept_password(table.name, user) if user else None


def _url(table: _Table) -> str:
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
