"""What signs in to a mail server: a password in the computer's keyring, or a token from a command."""

import os
import shlex
import shutil
import signal
import subprocess
from dataclasses import dataclass
from typing import NoReturn

import keyring

from excel_uppsikt.findings.finding import CannotRunError

# Seconds for a command that gives a token; one that asks its user something may take a while.
_LONGEST = 60
_LONGEST_TOKEN = 100_000


class TokenError(CannotRunError):
    """The user's command gave no token. The text says why, without what the command wrote."""


class Secret:
    """A password or token that is shown by nothing but `reveal`, in no record, log or traceback."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself, for the server alone."""
        return self._value

    def __repr__(self) -> str:
        """Three dots, however long it is."""
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same."""
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        """Of what it holds, so that records with it can be compared."""
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        """A secret is never written to a file or sent to another process."""
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True)
class TokenCommand:
    """A command of the user's that prints a token, as its words; run without a shell."""

    words: tuple[str, ...]

    def token(self, seconds: float = _LONGEST) -> Secret:
        """The token that the command prints, on one line.

        Raises `TokenError` where it fails, takes longer or prints anything else.
        """
        name = self.words[0]
        # As Windows' own prompt finds it: `az` is a file called az.cmd.
        program = shutil.which(name)
        if program is None:
            raise TokenError(f"Kommandot för token, {name}, finns inte. Ange dess hela sökväg.")
        printed = _output([program, *self.words[1:]], name, seconds)
        token = printed.decode("ascii", "replace").strip()
        if (
            not token
            or len(token) > _LONGEST_TOKEN
            or not token.isascii()
            or len(token.split()) > 1
        ):
            raise TokenError(
                f"Kommandot för token, {name}, ska skriva en token på en rad och inget annat. "
                "Pröva kommandot för sig."
            )
        return Secret(token)


def token_command(written: object, *, windows: bool = os.name == "nt") -> TokenCommand | None:
    """A command as written in the settings: a list of words, or a line; None for what is neither.

    On Windows a backslash is a letter and only double quotation marks hold words together.
    """
    if isinstance(written, list) and all(isinstance(word, str) for word in written):
        words = [str(word) for word in written]
    elif isinstance(written, str):
        split = shlex.shlex(written, posix=True)
        split.whitespace_split, split.commenters = True, ""
        if windows:
            split.escape, split.quotes = "", '"'
        try:
            words = list(split)
        except ValueError:
            return None
    else:
        return None
    return TokenCommand(tuple(words)) if words and words[0] and "\0" not in "".join(words) else None


def _output(command: list[str], name: str, seconds: float) -> bytes:
    try:
        # What it starts in its turn is ended with it.
        process = subprocess.Popen(  # noqa: S603  the command that the user has set
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise TokenError(
            f"Kommandot för token, {name}, går inte att köra ({type(error).__name__})."
        ) from None
    with process:
        try:
            printed, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise TokenError(
                f"Kommandot för token, {name}, blev inte klart på {seconds:g} sekunder. "
                "Pröva kommandot för sig: det kan vänta på att du loggar in."
            ) from None
        finally:
            if process.poll() is None:
                _end(process)
    if process.returncode:
        raise TokenError(
            f"Kommandot för token, {name}, misslyckades (slutkod {process.returncode}). "
            "Pröva kommandot för sig: det säger varför."
        )
    return printed


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a command with all that it has started, which may hold its output open."""
    if os.name == "nt":
        taskkill = shutil.which("taskkill")
        if taskkill:
            subprocess.run(  # noqa: S603  Windows' own program, and a number
                [taskkill, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def kept_password(table: str, user: str) -> Secret | None:
    """The user's password for a table of the settings in the computer's keyring; None for none."""
    try:
        password = keyring.get_password(_service(table), user)
    # Each system's keyring has exceptions of its own: locked, missing, refused.
    except Exception:
        return None
    return Secret(password) if password else None


def keep_password(table: str, user: str, password: Secret) -> bool:
    """Puts a password in the computer's keyring; whether it was taken."""
    try:
        keyring.set_password(_service(table), user, password.reveal())
    # Each system's keyring has exceptions of its own, and none of them may bear the password on.
    except Exception:
        return False
    return True


def in_words(table: str, user: str) -> str:
    """How a password is given, at the end of a sentence."""
    return (
        f"spara det i datorns nyckelring som {_service(table)} för {user or 'användaren'} (i Windows: "
        "Autentiseringshanteraren, Lägg till en allmän autentiseringsuppgift), eller ge det i "
        f"miljövariabeln UPPSIKT_{table.upper()}_PASSWORD."
    )


def _service(table: str) -> str:
    return f"uppsikt-{table}"
