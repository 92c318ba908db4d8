"""What is told, in one line, of a command that cannot be run."""

import re

from excel_uppsikt.language.text import listed


def reason(error: Exception) -> str | None:
    """What to tell of an error that is not a fault of the program, in one line; else None."""
    from excel_uppsikt.findings.finding import CannotRunError

    if isinstance(error, CannotRunError):
        return " ".join(str(error).split())
    if isinstance(error, OSError):
        return (
            f"{error.filename or 'En fil'} kan inte läsas eller skrivas. Stäng den om den är öppen, se "
            "efter att du får läsa och skriva där och kör igen."
        )
    # Typer's own errors for wrong arguments, whichever library they come from.
    return _wrong_arguments(error) if hasattr(error, "format_message") else None


def _wrong_arguments(error: Exception) -> str:
    """What is wrong in a command as it was written, and how to see what it takes."""
    command = getattr(getattr(error, "ctx", None), "command_path", "uppsikt")
    advice = f"Skriv {command} --help för att se hur kommandot används."
    parameter = getattr(error, "param", None)
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("--")]
    wanted = getattr(parameter, "metavar", None) or "".join(options[:1]) or ""
    # Typer names the choices only in its message: ... is not one of 'unit', 'goal'.
    choices = re.findall(r"'([^']+)'", str(error).partition("one of")[2])
    allowed = f" Välj {listed(tuple(choices), 'eller')}." if choices else ""
    told = {
        "NoArgsIsHelpError": "Skriv ett kommando efter uppsikt.",
        "MissingParameter": f"{wanted} saknas.",
        "NoSuchOption": f"Valet {getattr(error, 'option_name', '')} finns inte.",
        "BadOptionUsage": f"Efter {getattr(error, 'option_name', '')} saknas ett värde.",
        "BadParameter": f"Värdet för {wanted} kan inte användas.{allowed}",
    }.get(
        type(error).__name__,
        "Kommandot finns inte eller är fel skrivet; namn med mellanslag behöver citattecken.",
    )
    return f"{told} {advice}"
