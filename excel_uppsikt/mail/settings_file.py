"""mejl.toml in the user's own folder read, with what the environment says in its place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from excel_uppsikt.findings.finding import CannotRunError

FILE_NAME = "mejl.toml"
_SERVER_KEYS = ("host", "port", "security", "user", "password", "token_command", "ca")
_KEYS = {
    "smtp": _SERVER_KEYS,
    "imap": (*_SERVER_KEYS, "folder"),
    "graph": ("client_id", "tenant", "mailbox", "folder", "token_command", "url"),
}


class MailSettingsError(CannotRunError):
    """A setting that is missing or cannot be used; the text names the file and the key."""


def settings_file() -> Path:
    """Where the user's own settings lie, whether there are any or not."""
    return platformdirs.user_config_path("uppsikt") / FILE_NAME


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """A table of the settings, with what the environment says in their place."""

    name: str
    file: Path
    values: Mapping[str, Any] = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)
    relays: frozenset[str]

    @classmethod
    def read(cls, name: str, environ: Mapping[str, str], file: Path | None) -> "SettingsTable":
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
