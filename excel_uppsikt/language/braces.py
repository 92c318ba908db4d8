"""Words in braces, as `{utskott}`: what a text has been given to fill in, and what only looks like it."""

import re

MARK = re.compile(r"\{([^{}\n]{1,60})\}")
# What is in braces for another reason, as a number or a piece of code, is no place to fill in.
_PHRASE = re.compile(r"[^\W\d][^\W\d _-]*(?:[ _-][^\W\d]+)*")


def words_in_braces(text: str) -> tuple[str, ...]:
    """The words and phrases that stand in braces, braces included, each once, in order."""
    found = (match[0] for match in MARK.finditer(text) if _PHRASE.fullmatch(match[1]))
    return tuple(dict.fromkeys(found))
