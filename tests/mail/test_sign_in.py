"""Signing in to Microsoft 365: what is kept will do, else the user is asked, and why not is told."""

from pathlib import Path
from typing import Any

import msal
import pytest
import requests

from excel_uppsikt.mail.secret import Secret
from excel_uppsikt.mail.settings import Graph
from excel_uppsikt.mail.sign_in import SignInError, tokens

SETTINGS = Graph("app-1", "ange.se")


class App:
    """What msal's app answers, and what it was asked."""

    CONSOLE_WINDOW_HANDLE = msal.PublicClientApplication.CONSOLE_WINDOW_HANDLE

    def __init__(self, kept: dict[str, str] | None, asked: dict[str, str] | Exception) -> None:
        self.kept, self.answer = kept, asked
        self.made: dict[str, Any] = {}
        self.calls: list[tuple[str, Any]] = []

    def __call__(self, client_id: str, **made: Any) -> "App":  # noqa: ANN401  as msal's
        self.made = {"client_id": client_id, **made}
        return self

    def get_accounts(self) -> list[str]:
        return ["anna"] if self.kept else []

    def acquire_token_silent(self, scopes: list[str], account: str, force_refresh: bool) -> object:
        del scopes
        self.calls.append((account, force_refresh))
        return self.kept

    def acquire_token_interactive(self, scopes: list[str], **_: object) -> object:
        self.calls.append(("asked", scopes))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def app(monkeypatch: pytest.MonkeyPatch, folder: Path, made: App) -> App:
    monkeypatch.setattr("msal.PublicClientApplication", made)
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: folder / name)
    return made


def test_what_is_kept_will_do_and_is_renewed_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = app(monkeypatch, tmp_path, App({"access_token": "a"}, {}))
    give = tokens(SETTINGS)
    assert [give(False), give(True)] == [Secret("a"), Secret("a")]
    assert made.calls == [("anna", False), ("anna", True)]
    assert made.made["client_id"] == "app-1"
    assert made.made["authority"] == "https://login.microsoftonline.com/ange.se"
    assert made.made["enable_broker_on_windows"] is True


def test_who_has_not_signed_in_is_asked_with_the_permissions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = app(monkeypatch, tmp_path, App(None, {"access_token": "b"}))
    assert tokens(SETTINGS, sending=True)(False) == Secret("b")
    assert made.calls == [("asked", ["Mail.ReadWrite", "Mail.Send"])]


def test_why_nobody_was_signed_in_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app(monkeypatch, tmp_path, App(None, {"error": "access_denied", "error_description": "anna"}))
    with pytest.raises(SignInError) as error:
        tokens(SETTINGS)(False)
    assert str(error.value) == (
        "Inloggningen till Microsoft 365 blev inte av (access_denied). Står det consent eller access_denied "
        "behöver it-avdelningen godkänna programmet."
    )
    app(monkeypatch, tmp_path, App(None, requests.ConnectionError("login")))
    with pytest.raises(SignInError, match=r"gick inte att nå \(ConnectionError\)"):
        tokens(SETTINGS)(False)
