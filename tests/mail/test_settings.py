"""Mail settings: from the user's file or the environment, clear when wrong, silent about what is secret."""

import logging
import os
import pickle
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from excel_uppsikt.mail.secret import Secret, TokenCommand, TokenError, keep_password, token_command
from excel_uppsikt.mail.settings import (
    Graph,
    Security,
    Server,
    graph_service,
    imap_server,
    smtp_server,
)
from excel_uppsikt.mail.settings_file import MailSettingsError, settings_file

PASSWORD = "hemligt-åäö-7"  # noqa: S105  nobody's
Reader = Callable[[Mapping[str, str], Path | None], Server | Graph]


class Kept(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


class Locked(Kept):
    """A keyring that nobody has unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username
        raise keyring.errors.PasswordSetError(password)


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """No test asks the computer's own keyring."""
    backend = Kept()
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    return backend


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings are, written by none yet."""
    return tmp_path / "mejl.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def test_the_file_gives_each_table_its_record(file: Path, kept: Kept) -> None:
    kept.passwords["uppsikt-smtp", "anna@ange.se"] = PASSWORD
    (file.parent / "ca.pem").write_text("certifikat")
    written(
        file,
        'relays = ["relay.ange.se"]\n'
        '[smtp]\nhost = "post.ange.se"\nuser = "anna@ange.se"\nca = "ca.pem"\n'
        '[imap]\nhost = "Relay.ange.se"\nsecurity = "none"\nport = 1143\nuser = "anna"\n'
        'folder = "Uppsikt/Återkommet"\ntoken_command = ["token", "--för", "post och kalender"]\n'
        '[graph]\nclient_id = "1-2-3"\ntenant = "ange.se"\nmailbox = "uppsikt@ange.se"\nfolder = "Utkast"\n',
    )
    assert smtp_server({}, file) == Server(
        "post.ange.se",
        587,
        Security.STARTTLS,
        "anna@ange.se",
        Secret(PASSWORD),
        ca=file.parent / "ca.pem",
    )
    assert imap_server({}, file) == Server(
        "Relay.ange.se",
        1143,
        Security.NONE,
        "anna",
        token=TokenCommand(("token", "--för", "post och kalender")),
        folder="Uppsikt/Återkommet",
    )
    assert graph_service({}, file) == Graph("1-2-3", "ange.se", "uppsikt@ange.se", "Utkast")


def test_the_environment_goes_first_key_by_key(file: Path, kept: Kept) -> None:
    kept.passwords["uppsikt-smtp", "anna"] = "ur nyckelringen"
    written(file, '[smtp]\nhost = "post.ange.se"\nuser = "anna"\ntoken_command = "token"\n')
    environ = {
        "UPPSIKT_SMTP_HOST": "127.0.0.1",
        "UPPSIKT_SMTP_PORT": "2525",
        "UPPSIKT_SMTP_SECURITY": "NONE",
        "UPPSIKT_SMTP_USER": "",
        "UPPSIKT_SMTP_PASSWORD": PASSWORD,
    }
    assert smtp_server(environ, file) == Server(
        "127.0.0.1", 2525, Security.NONE, "anna", Secret(PASSWORD)
    )


def test_without_a_file_the_environment_is_enough(file: Path) -> None:
    assert imap_server({"UPPSIKT_IMAP_HOST": "post.ange.se"}, file) == Server(
        "post.ange.se", 993, Security.TLS, folder="INBOX"
    )
    environ = {
        "UPPSIKT_GRAPH_URL": "http://127.0.0.1:8000/v1.0/",
        "UPPSIKT_GRAPH_TOKEN_COMMAND": "token",
    }
    assert graph_service(environ, file) == Graph(
        token=TokenCommand(("token",)), url="http://127.0.0.1:8000/v1.0"
    )


def test_the_file_lies_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda name: tmp_path / name)
    assert settings_file() == tmp_path / "uppsikt" / "mejl.toml"


@pytest.mark.parametrize(
    ("reader", "environ", "text", "told"),
    [
        (smtp_server, {}, "", "host i [smtp] saknas. Skriv e-postserverns namn, som it-avdelningen kan ge, "
         "eller sätt miljövariabeln UPPSIKT_SMTP_HOST."),
        (graph_service, {}, "", "client_id i [graph] saknas. Skriv kommunens app-id i Microsoft 365, som "
         "it-avdelningen har registrerat, eller sätt miljövariabeln UPPSIKT_GRAPH_CLIENT_ID."),
        (smtp_server, {}, "[smtp]\nhost = 7", "host i [smtp] kan inte användas. Skriv en rad text inom "
         "citattecken."),
        (smtp_server, {}, '[smtp]\nhost = "https://post.ange.se"', "host i [smtp] kan inte användas. Skriv "
         "serverns namn, som post.kommunen.se."),
        (imap_server, {}, '[imap]\nhost = "a.se"\nport = 0', "port i [imap] kan inte användas. Skriv ett tal "
         "från 1 till 65535."),
        (imap_server, {}, '[imap]\nhost = "a.se"\nport = true', "port i [imap] kan inte användas. Skriv ett "
         "tal från 1 till 65535."),
        (smtp_server, {}, '[smtp]\nhost = "a.se"\nsecurity = "ssl"', "security i [smtp] kan inte användas. "
         "Skriv starttls, tls eller none."),
        (smtp_server, {}, '[smtp]\nhost = "a.se"\nsecurity = "none"', "security i [smtp] kan inte användas. "
         "Skriv starttls eller tls; none får bara användas för servrar som står i relays överst i "
         "mejl.toml."),
        (smtp_server, {}, '[smtp]\nhost = "a.se"\nrelays = ["a.se"]', "relays ska stå överst i filen, före "
         "[smtp] och de andra tabellerna. Flytta raden."),
        (smtp_server, {}, '[smtp]\nserver = "a.se"', "server i [smtp] är okänd. Välj bland: host, port, "
         "security, user, token_command, ca."),
        (smtp_server, {}, 'smtp = "a.se"', "smtp ska vara en tabell. Skriv [smtp] på en egen rad, och "
         "inställningarna under den."),
        (smtp_server, {}, 'relays = "a.se"\n[smtp]\nhost = "a.se"', "relays kan inte användas. Skriv en "
         'lista med servrar, som relays = ["relay.kommunen.se"].'),
        (imap_server, {}, '[imap]\nhost = "a.se"\nca = "finns-inte.pem"', "ca i [imap] kan inte användas. "
         "Skriv sökvägen till en fil med certifikat (.pem) som finns."),
        (imap_server, {}, '[imap]\nhost = "a.se"\nuser = "anna"\ntoken_command = "token \\"x"',
         "token_command i [imap] kan inte användas. Skriv ett kommando, som "
         '"C:\\\\verktyg\\\\token.exe --post", eller en lista med dess ord.'),
        (imap_server, {}, '[imap]\nhost = "a.se"\ntoken_command = ["token"]', "user i [imap] saknas. Skriv "
         "e-postadressen som det loggas in med, eller sätt miljövariabeln UPPSIKT_IMAP_USER."),
        (graph_service, {}, '[graph]\nclient_id = "1"\nurl = "http://graph.microsoft.com/v1.0"',
         "url i [graph] kan inte användas. Skriv en adress som börjar med https://."),
        (graph_service, {}, '[graph]\nclient_id = "1"\nurl = "https://[a"',
         "url i [graph] kan inte användas. Skriv en adress som börjar med https://."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_key(
    file: Path, reader: Reader, environ: Mapping[str, str], text: str, told: str
) -> None:
    with pytest.raises(MailSettingsError) as error:
        reader(environ, written(file, text))
    assert str(error.value) == f"{file}: {told}"


def test_a_wrong_variable_is_told_by_its_own_name(file: Path) -> None:
    environ = {"UPPSIKT_SMTP_HOST": "a.se", "UPPSIKT_SMTP_PORT": "tjugofem"}
    with pytest.raises(MailSettingsError) as error:
        smtp_server(environ, file)
    assert str(error.value) == (
        "Miljövariabeln UPPSIKT_SMTP_PORT kan inte användas. Skriv ett tal från 1 till 65535."
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'[smtp]\nhost = post.ange.se\n', "{} är inte rätt skriven (rad 2, tecken 8). Skriv som: host = "
         '"post.kommunen.se". I en sökväg med \\ ska citattecknen vara enkla.'),
        ('[smtp]\nhost = "Å"'.encode("utf-16"), "{} är inte sparad i UTF-8. Spara om den så."),
        (b'[smtp]\nca = "C:\\nya\\xcert.pem"', "{} är inte rätt skriven (rad 2, tecken 15). Skriv som: "
         'host = "post.kommunen.se". I en sökväg med \\ ska citattecknen vara enkla.'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_toml_is_told_with_the_row(file: Path, data: bytes, told: str) -> None:
    file.write_bytes(data)
    with pytest.raises(MailSettingsError) as error:
        smtp_server({}, file)
    assert str(error.value) == told.format(file)


def test_a_file_from_windows_own_editor_is_read(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbf[smtp]\r\nhost = "a.se"\r\n')
    assert smtp_server({}, file) == Server("a.se", 587, Security.STARTTLS)


def test_a_password_in_the_file_is_refused_and_not_repeated(file: Path) -> None:
    written(file, f'[smtp]\nhost = "a.se"\nuser = "anna"\npassword = "{PASSWORD}"\n')
    with pytest.raises(MailSettingsError) as error:
        smtp_server({}, file)
    assert str(error.value) == (
        f"{file}: lösenord ska inte stå i filen. Ta bort password i [smtp] och spara det i datorns "
        "nyckelring som uppsikt-smtp för anna (i Windows: Autentiseringshanteraren, Lägg till en allmän "
        "autentiseringsuppgift), eller ge det i miljövariabeln UPPSIKT_SMTP_PASSWORD."
    )


def test_a_password_stands_in_no_record_log_or_traceback(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environ = {
        "UPPSIKT_SMTP_HOST": "a.se",
        "UPPSIKT_SMTP_USER": "anna",
        "UPPSIKT_SMTP_PASSWORD": PASSWORD,
    }
    server = smtp_server(environ, file)
    assert server.password is not None
    assert server.password.reveal() == PASSWORD
    try:
        with caplog.at_level(logging.DEBUG):
            logging.getLogger("uppsikt").warning("%s %r", server, server.password)
            smtp_server({**environ, "UPPSIKT_SMTP_PORT": "x"}, file)
    except MailSettingsError as error:
        shown = "".join(
            traceback.TracebackException.from_exception(error, capture_locals=True).format()
        )
        # The environment that the reader is called with is the caller's own.
        inner = shown[shown.index("in smtp_server") :].replace(repr(environ), "")
    assert "Secret(…)" in caplog.text
    for told in (repr(server), str(server.password), f"{server.password!r}", caplog.text):
        assert PASSWORD not in told
    assert "SettingsTable(" in inner
    with pytest.raises(TypeError, match="a secret is not pickled"):
        pickle.dumps(server)


def test_a_locked_keyring_has_no_password_and_takes_none(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", Locked())
    server = smtp_server({"UPPSIKT_SMTP_HOST": "a.se", "UPPSIKT_SMTP_USER": "anna"}, file)
    assert server == Server("a.se", 587, Security.STARTTLS, "anna")
    assert not keep_password("smtp", "anna", Secret(PASSWORD))


def test_a_password_kept_is_the_one_read(file: Path) -> None:
    assert keep_password("imap", "anna", Secret(PASSWORD))
    server = imap_server({"UPPSIKT_IMAP_HOST": "a.se", "UPPSIKT_IMAP_USER": "anna"}, file)
    assert server.password == Secret(PASSWORD)


@pytest.mark.parametrize(
    ("written", "windows", "words"),
    [
        ("token --post 'min post'", False, ("token", "--post", "min post")),
        (r'"C:\Program Files\token.exe" --post; $HOME', True,
         (r"C:\Program Files\token.exe", "--post;", "$HOME")),
        (r"C:\verktyg\token.exe o'Hara", True, (r"C:\verktyg\token.exe", "o'Hara")),
        (["az", "account get", "#x"], False, ("az", "account get", "#x")),
        ("token #1 && rm *", False, ("token", "#1", "&&", "rm", "*")),
        ("", False, None),
        ([], False, None),
        ([1], False, None),
        ('"token', False, None),
        ("to\0ken", False, None),
    ],
)  # fmt: skip
def test_a_command_is_cut_in_words_and_no_shell_sees_it(
    written: object, windows: bool, words: tuple[str, ...] | None
) -> None:
    command = token_command(written, windows=windows)
    assert (command and command.words) == words


def python(program: str) -> TokenCommand:
    return TokenCommand((sys.executable, "-c", program))


def test_a_token_is_what_the_command_prints() -> None:
    program = "import sys; print('eyJ0.abc-_~+/='); print('varning', file=sys.stderr)"
    assert python(program).token() == Secret("eyJ0.abc-_~+/=")


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("", "ska skriva en token på en rad och inget annat. Pröva kommandot för sig."),
        ("print('a b')", "ska skriva en token på en rad och inget annat. Pröva kommandot för sig."),
        ("print('a\\nb')", "ska skriva en token på en rad och inget annat. Pröva kommandot för sig."),
        ("print('x' * 100_001)", "ska skriva en token på en rad och inget annat. Pröva kommandot för sig."),
        ("print('hemligt'); raise SystemExit(3)", "misslyckades (slutkod 3). Pröva kommandot för sig: det "
         "säger varför."),
    ],
)  # fmt: skip
def test_a_command_that_gives_no_token_is_told_without_what_it_wrote(
    program: str, told: str
) -> None:
    with pytest.raises(TokenError) as error:
        python(program).token()
    assert str(error.value) == f"Kommandot för token, {sys.executable}, {told}"


def test_a_command_that_is_not_there_is_told() -> None:
    with pytest.raises(TokenError) as error:
        TokenCommand(("finns-inte-alls",)).token()
    assert str(error.value) == (
        "Kommandot för token, finns-inte-alls, finns inte. Ange dess hela sökväg."
    )


@pytest.mark.skipif(os.name == "nt", reason="a process is looked for by its number")
def test_a_command_that_waits_is_ended_with_what_it_started(tmp_path: Path) -> None:
    number = tmp_path / "pid"
    program = 'sleep 600 & echo $! >"$0"; wait'
    start = time.monotonic()
    with pytest.raises(TokenError, match=r"blev inte klart på 1\.5 sekunder") as error:
        TokenCommand(("sh", "-c", program, str(number))).token(seconds=1.5)
    assert time.monotonic() - start < 60
    assert error.value.__suppress_context__
    pid, end = int(number.read_text()), time.monotonic() + 30
    while _runs(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    """Whether a process is there and is more than a row in the system's table."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
