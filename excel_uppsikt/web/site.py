"""The page as it runs: the folder it shows, its address, who may use it, and what it is working on."""

import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from excel_uppsikt.web.folders import Rounds
from excel_uppsikt.web.jobs import Jobs
from excel_uppsikt.web.kept_readings import KeptReadings
from excel_uppsikt.web.readings import Readings
from excel_uppsikt.web.sessions import Sessions

HOST = "127.0.0.1"


@dataclass(slots=True)
class Site:
    """A running page. `key` is what another start of the program shows to get an address of its own.

    `touched_at` is when a browser last asked for anything, `pulsed` whether one has told that it is open,
    `quitting` whether it is to end, and `opened` whether the first page has been shown.
    """

    folder: Path
    port: int
    sessions: Sessions = field(default_factory=Sessions)
    jobs: Jobs = field(default_factory=Jobs)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    touched_at: float = field(default_factory=time.monotonic)
    pulsed: bool = False
    quitting: bool = False
    rounds: Rounds = field(init=False)
    opened: Event = field(default_factory=Event)
    readings: Readings = field(default_factory=Readings)
    kept_readings: KeptReadings = field(default_factory=KeptReadings)

    def __post_init__(self) -> None:
        """Knows the rounds by its folder."""
        self.rounds = Rounds(self.folder)

    @property
    def host(self) -> str:
        """The only name it answers to."""
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        """The only place that may send it anything."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """Its cookie's name: cookies are the same for all ports, so that two pages need one each."""
        return f"uppsikt-{self.port}"

    def address(self) -> str:
        """An address that lets one browser in, once."""
        return f"{self.origin}/?token={self.sessions.new_token()}"

    def touched(self) -> None:
        """Remembers that somebody is there."""
        self.touched_at = time.monotonic()
