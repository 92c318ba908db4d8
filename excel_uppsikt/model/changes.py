"""What has happened to an activity since the previous round."""

from dataclasses import dataclass
from enum import StrEnum

from excel_uppsikt.model.compilation import Activity


class ChangeKind(StrEnum):
    """What has happened to an activity since the previous round, in the words of Ändringar."""

    NEW = "Ny"
    GONE = "Finns inte kvar"
    LEFT_OUT = "Inte med i rapporten"
    UNREPORTED = "Inte redovisad"
    STATUS = "Status ändrad"
    BACKWARDS = "Status bakåt"
    END = "Slutdatum flyttat"
    UNCHANGED = "Kommentar oförändrad"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between an activity in the previous round and now."""

    kind: ChangeKind
    activity: Activity
    before: str = ""
    now: str = ""
