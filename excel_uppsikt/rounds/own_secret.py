"""A secret of the user's own on this computer, by which the program knows again what it has itself written.

A round's folder is often shared. What another has put there is told from the program's own by its seal.
"""

import hmac
import os
import secrets
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_LENGTH = 32


def sealed(data: bytes) -> bytes | None:
    """The data behind a seal that nobody else can make; None where no secret can be kept."""
    key = _key()
    return None if key is None else _seal(key, data) + data


def unsealed(data: bytes) -> bytes | None:
    """What was sealed; None where it is not as this user's program sealed it on this computer."""
    key = _key()
    seal, said = data[:_LENGTH], data[_LENGTH:]
    return said if key is not None and hmac.compare_digest(seal, _seal(key, said)) else None


def _seal(key: bytes, data: bytes) -> bytes:
    return blake2b(data, key=key, digest_size=_LENGTH).digest()


def _key() -> bytes | None:
    """The secret, made the first time; None where there is no place of the user's own."""
    try:
        path = _place()
        if path.is_file() and path.stat().st_size != _LENGTH:
            # Of a run that was killed as it was made.
            path.unlink()
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
                with os.fdopen(handle, "wb") as stream:
                    stream.write(secrets.token_bytes(_LENGTH))
        key = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return key if len(key) == _LENGTH else None


# Windows would write a byte more for each 10 among them.
_BINARY = getattr(os, "O_BINARY", 0)


def _place() -> Path:
    """Where the secret lies: where the system keeps what a program remembers for a user."""
    own = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    return (Path(own) if own else Path.home() / ".local/state") / "uppsikt" / "hemlighet"
