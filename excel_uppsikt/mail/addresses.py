"""E-mail addresses: as written in a plan's cell, which can be used, and as mail servers take them."""

import re
from email.headerregistry import Address
from typing import TYPE_CHECKING

from excel_uppsikt.language.text import clean

if TYPE_CHECKING:
    from email_validator import ValidatedEmail


def addresses(written: str) -> tuple[str, ...]:
    """The addresses in a plan's cell, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[;,\s]+", written) if part))


def usable(email: str) -> bool:
    """Whether mail programs take the address; letters beyond a to z stand in its domain only."""
    return _valid(email) is not None


def plain(email: str) -> str:
    """An address in letters that every mail server takes, the same however its domain is written.

    Raises `ValueError` for one that cannot be used.
    """
    found = _valid(email)
    if found is None or found.ascii_email is None:
        raise ValueError("not an address")
    return found.ascii_email


def same_person(email: str) -> str:
    """What an address is known by: no server of today's tells capitals from small letters."""
    return plain(email).casefold()


def header_address(name: str, email: str) -> Address:
    """One address for a header; a name can add neither another nor a line."""
    return Address(display_name=" ".join(clean(name).split()), addr_spec=plain(email))


def _valid(email: str) -> "ValidatedEmail | None":
    # Its patterns take long to make, for the many commands that look at no address.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
