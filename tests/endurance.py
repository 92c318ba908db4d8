"""How many times what is made at random is tried: few, the same in every run, or many.

Few are tried in the gate. `make endurance` tries many, by setting `UPPSIKT_ENDURANCE`: hypothesis then
chooses new ones in every run, and what has numbers goes on with the next.
"""

import os

ENDURANCE = os.environ.get("UPPSIKT_ENDURANCE", "") not in ("", "0")


def tries(few: int, many: int) -> int:
    """How many to try: `few` in the gate, `many` in `make endurance`."""
    return many if ENDURANCE else few
