"""Dovecot from Debian on loopback, with a certificate of its own and a mailbox in a folder of the test."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin") or ""
needs_dovecot = pytest.mark.skipif(
    not (DOVECOT and shutil.which("openssl")), reason="dovecot-imapd is not installed"
)
USER, PASSWORD, SECRET = "åsa@ange.se", "hemligt å ä ö", b"nobody's"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
last_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
mail_uid = {uid}
mail_gid = {gid}
auth_mechanisms = plain login xoauth2
auth_username_chars =
disable_plaintext_auth = no
# Wrong passwords are tried on purpose, and each would be waited for longer than the last.
auth_failure_delay = 0 secs
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """Where the server is, and where its mailbox and certificate are."""

    imap: int
    imaps: int
    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    def put(self, number: int, data: bytes, folder: str = "", flags: str = "") -> None:
        """A message in a folder, as one that has come."""
        box = self.folder / "mail" / (f".{folder}" if folder else "")
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        name = f"{1_700_000_000 + number}.M{number}P1.test"
        path = box / ("cur" if flags else "new") / (f"{name}:2,{flags}" if flags else name)
        path.write_bytes(data)
        for place in (self.folder / "mail", box, *box.iterdir()):
            place.chmod(0o777)

    def files(self) -> dict[str, bytes]:
        """What is in the mailbox, by names in which marks are written."""
        found = [p for p in (self.folder / "mail").rglob("*.test*") if p.is_file()]
        return {
            p.name.partition(",S=")[0] + "|" + p.name.partition(":2")[2]: p.read_bytes()
            for p in found
        }


def token(user: str = USER) -> str:
    """A token that the server takes for a user's (a JSON Web Token, RFC 7519)."""
    now = int(time.time())
    said = {"email": user, "sub": user, "iat": now - 60, "nbf": now - 60, "exp": now + 3600}
    signed = b".".join(
        _base64url(json.dumps(p).encode()) for p in ({"alg": "HS256", "typ": "JWT"}, said)
    )
    mark = hmac.new(SECRET, signed, hashlib.sha256).digest()
    return (signed + b"." + _base64url(mark)).decode("ascii")


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


@contextlib.contextmanager
def dovecot() -> Iterator[ImapServer]:
    """The server until the end of the block, in a folder that its own users may enter."""
    with tempfile.TemporaryDirectory(prefix="dovecot", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        for inner in ("run", "mail"):
            (folder / inner).mkdir()
        (folder / "mail").chmod(0o777)
        with _running(folder) as server:
            yield server


@contextlib.contextmanager
def _running(folder: Path) -> Iterator[ImapServer]:
    subprocess.run(  # noqa: S603  a program of Debian's
        [shutil.which("openssl") or "", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    # Where these are not, as on Windows, neither is the server.
    import grp
    import pwd

    as_root = os.getuid() == 0
    # Dovecot does nothing for the mail of root, so nobody's it is.
    mail = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.getuid())
    user = pwd.getpwnam("dovecot") if as_root else mail
    login = "dovenull" if as_root else mail.pw_name
    group = grp.getgrgid(user.pw_gid).gr_name
    ports = _free_ports()
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
    # The server asks nobody about a token: it looks at how it is signed.
    keys = folder / "keys/default/HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(SECRET))
    (folder / "oauth2").write_text(
        "introspection_mode = local\nusername_attribute = email\n"
        f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
    )
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(folder=folder, user=user.pw_name, group=group, login=login,
                             uid=mail.pw_uid, gid=mail.pw_gid, imap=ports[0], imaps=ports[1]),
    )  # fmt: skip
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "dovecot.conf")])  # noqa: S603  a program of Debian's
    try:
        _wait(ports[0], process, folder)
        yield ImapServer(ports[0], ports[1], folder)
    finally:
        process.terminate()
        process.wait(60)


def _free_ports() -> list[int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return [one.getsockname()[1], two.getsockname()[1]]


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 5) as client,
        ):
            if client.recv(100).startswith(b"* OK"):
                return
        time.sleep(0.1)
    log = folder / "log"
    raise RuntimeError(
        log.read_text("utf-8", "replace") if log.exists() else "dovecot did not start"
    )
