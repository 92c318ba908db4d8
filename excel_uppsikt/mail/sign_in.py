"""Signing in to Microsoft 365: with the municipality's own app, or a command that gives a token."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msal
import msal_extensions
import platformdirs
import requests

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.secret import Secret, TokenCommand
from excel_uppsikt.mail.settings import Graph

_AUTHORITY = "https://login.microsoftonline.com"
# Seconds for somebody to sign in in the browser.
_LONGEST = 300


class SignInError(CannotRunError):
    """Nobody was signed in. The text says why and what to do."""


def tokens(settings: Graph, *, sending: bool = False) -> Callable[[bool], Secret]:
    """What gives a token for the mailbox; a new one when it is called with True.

    It asks for leave to send only where that is wanted. Raises `SignInError` or `TokenError`.
    """
    if settings.token is not None:
        return partial(_from_command, settings.token, [])
    return _Msal(settings, scopes(settings.mailbox, sending=sending)).token


def scopes(mailbox: str, *, sending: bool) -> list[str]:
    """The permissions that are asked for, by their names in Graph."""
    shared = ".Shared" if mailbox else ""
    return [f"Mail.ReadWrite{shared}", *([f"Mail.Send{shared}"] if sending else [])]


def _from_command(command: TokenCommand, kept: list[Secret], anew: bool) -> Secret:
    """The command's token, which is run once unless a new one is asked for."""
    if anew or not kept:
        kept[:] = [command.token()]
    return kept[0]


class _Msal:
    """The app as the user of this computer has signed in to it, or does when it is first asked."""

    def __init__(self, settings: Graph, wanted: list[str]) -> None:
        self._settings, self._wanted = settings, wanted
        self._app: msal.PublicClientApplication | None = None

    def token(self, anew: bool) -> Secret:
        """A token; of what is kept where that will do."""
        try:
            return self._token(anew)
        except (requests.RequestException, ValueError, OSError, RuntimeError) as error:
            raise SignInError(
                f"Inloggningen till Microsoft 365 gick inte att nå ({type(error).__name__}). Se efter att "
                "datorn är uppkopplad och att client_id och tenant är rätt, och kör igen."
            ) from None

    def _token(self, anew: bool) -> Secret:
        app = self._app = self._app or _application(self._settings)
        answer: dict[str, Any] | None = None
        for account in app.get_accounts():
            answer = app.acquire_token_silent(self._wanted, account, force_refresh=anew)
            if answer and "access_token" in answer:
                return Secret(answer["access_token"])
        answer = app.acquire_token_interactive(
            self._wanted, timeout=_LONGEST, parent_window_handle=app.CONSOLE_WINDOW_HANDLE
        )
        if "access_token" not in answer:
            # The description may name the account; the code is what the IT department asks for.
            raise SignInError(
                f"Inloggningen till Microsoft 365 blev inte av ({answer.get('error', 'inget svar')}). Står "
                "det consent eller access_denied behöver it-avdelningen godkänna programmet."
            )
        return Secret(answer["access_token"])


def _application(settings: Graph) -> msal.PublicClientApplication:
    """The app, with tokens kept as the computer keeps its own secrets."""
    folder = platformdirs.user_data_path("uppsikt")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        kept = msal_extensions.build_encrypted_persistence(str(folder / "inloggning.bin"))
        cache = msal_extensions.PersistedTokenCache(kept)
    # Without a keyring, as on a server, one signs in anew each time: nothing secret is left in a plain file.
    except Exception:
        cache = msal.TokenCache()
    return msal.PublicClientApplication(
        settings.client_id,
        authority=f"{_AUTHORITY}/{settings.tenant}",
        token_cache=cache,
        enable_broker_on_windows=True,
    )
