"""Drafts in Microsoft 365 that nobody is to get now, on the page: told of, and taken away."""

import sys
from pathlib import Path

import pytest

from tests.mail.graph_server import TOKEN, graph
from tests.mail.mailed_rounds import plan_with_people
from tests.mail.test_outdated_drafts import RULE
from tests.small_rounds import make_round, own_form, shared_form
from tests.web.running import site_of
from tests.web.test_mail import come_in, looked, plain_round, words


def test_old_drafts_are_taken_away_where_there_is_nothing_to_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With those that are made anew, and by a button of their own where nobody is left to remind."""
    folder, plan = plain_round(tmp_path), plan_with_people(minimum=1)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
    monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", f'"{sys.executable}" -c "print(\'{TOKEN}\')"')
    with graph() as box, site_of(folder.parent) as site:
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", box.url)
        browser, mail = come_in(site)
        _, number = looked(browser, mail, "reminders")
        browser.follow(browser.post(number, {"vag": "graph-utkast"}))
        made = set(box.drafts)
        assert len(made) == 6
        make_round(folder, plan_with_people(minimum=1, sender="Nya samordnaren"), {})
        page, number = looked(browser, mail, "reminders")
        assert "Det kan ligga 6 utkast i Microsoft 365 som inte gäller längre" in words(page)
        assert "Gamla utkast" not in words(page)
        page = browser.follow(browser.post(number, {"vag": "graph-utkast"}))
        assert "Tog bort 6 tidigare utkast i Microsoft 365" in words(page)
        assert (len(box.drafts), set(box.drafts) & made) == (6, set())
        inbox = {f"{unit.name}.xlsx": own_form(plan, unit.name, RULE) for unit in plan.units}
        inbox |= {f"g{at}.xlsx": shared_form(plan, RULE, at) for at in (0, 1)}
        make_round(folder, plan, inbox)
        page, number = looked(browser, mail, "reminders")
        assert "Ta bort gamla utkast (6) i Microsoft 365" in words(page)
        page = browser.follow(browser.post(number, {"vag": "graph-utkast"}))
        assert "Gamla utkast är genomgångna" in words(page)
        assert "Tog bort 6 tidigare utkast i Microsoft 365" in words(page)
        assert (box.drafts, box.sent) == ({}, [])
