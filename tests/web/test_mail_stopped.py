"""Sending stopped from the page: what has begun is ended, the rest stays unsent and is told as such."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.site import Site
from tests.mail.mailed_rounds import reached
from tests.mail.sent_mails import TO_ALL, states, to
from tests.mail.servers import Mailbox
from tests.web.running import Browser, site_of
from tests.web.test_mail import come_in, looked, plain_round, words

LONG = 30.0


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's own user has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))


def sending(site: Site) -> Job:
    """The job that sends, once there is one."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        for number in range(1, 30):
            job = site.jobs.get(number)
            if job is not None and job.in_parts:
                return job
        time.sleep(0.01)
    raise AssertionError("nothing is being sent")


def press_stop(site: Site, browser: Browser) -> None:
    """Presses the button, and comes back as soon as it has been heard."""
    job = sending(site)
    threading.Thread(target=browser.post, args=(f"/arbete/{job.number}/stopp",)).start()
    end = time.monotonic() + LONG
    while not job.stop_asked and time.monotonic() < end:
        time.sleep(0.01)


def test_those_that_have_not_begun_stay_unsent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped while the second is handed over: that one is ended. The rest go when they are sent again."""
    folder, steps = plain_round(tmp_path), []
    with site_of(folder.parent) as site:
        browser, mail = come_in(site)
        other = replace(browser)

        def at(step: str) -> None:
            steps.append(step)
            if steps.count("content") == 2 and step == "content":
                press_stop(site, other)

        box = Mailbox(at=at)
        with reached(box, monkeypatch, tmp_path):
            _, number = looked(browser, mail, "templates")
            page = browser.follow(browser.post(number, {"vag": "smtp", "antal": "6"}))
            told = words(page)
            assert "Mejlen stoppades 2 skickade, 4 stoppade innan de började." in told
            assert "visa mejlen igen. De som har gått går inte två gånger." in told
            for name in ("bo", "eva", "chef", "rektor"):
                assert f"Inte skickat till {name}@exempel.se: Formulär" in told
            assert told.count("Det stoppades innan det började.") == 4
            assert "Okänt" not in told
            assert to(box) == TO_ALL[:2]
            assert states(folder) == [(name, State.SENT) for name in TO_ALL[:2]]
            page, number = looked(browser, mail, "templates")
            assert "Skicka (4) via e-postservern" in words(page)
            page = browser.follow(browser.post(number, {"vag": "smtp", "antal": "4"}))
            assert "Mejlen är skickade 4 skickade, 2 redan klara." in words(page)
    assert to(box) == TO_ALL


def test_one_that_waits_to_be_tried_again_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server takes no mail just now: the stop ends the wait for the next try, and tells what it said."""
    folder, box = plain_round(tmp_path), Mailbox({"rcpt": ["451 4.3.0 senare"]})
    with reached(box, monkeypatch, tmp_path), site_of(folder.parent) as site:
        browser, mail = come_in(site)
        _, number = looked(browser, mail, "templates")
        answer = browser.post(number, {"vag": "smtp", "antal": "6"})
        assert "Stoppa</button>" in browser.get(answer.headers["location"]).text
        end = time.monotonic() + LONG
        while not box.attempts and time.monotonic() < end:
            time.sleep(0.01)
        press_stop(site, browser)
        told = words(browser.follow(answer))
        assert (
            "Mejlen stoppades 1 som inte gick i väg eller är okända, 5 stoppade innan de började."
            in told
        )
        assert "servern tar inte emot just nu (451 4.3.0 senare), efter 1 försök." in told
    assert (to(box), box.attempts) == ([], ["orjan@exempel.se"])
    assert states(folder) == [("orjan", State.LATER)]
