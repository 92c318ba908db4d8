"""Chromium driven by Playwright, and axe-core to find what not everybody can use, where they are installed.

`.ci/run` installs Debian's Chromium without a window, and axe-core into the folder that `UPPSIKT_AXE` names,
or `.node` beside the tests.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).resolve().parents[2]
_AXE = Path(os.environ.get("UPPSIKT_AXE") or _ROOT / ".node") / "node_modules/axe-core/axe.min.js"
# The shell has no window to draw: a new page costs a fourth of what it does in the whole browser.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
_CHROMIUM = next(filter(None, map(shutil.which, _PROGRAMS)), None)
_HERE = bool(_CHROMIUM) and importlib.util.find_spec("playwright") is not None
needs_chromium = pytest.mark.skipif(
    not _HERE, reason="Chromium or Playwright is not installed; the page is tried by requests alone"
)
needs_axe = pytest.mark.skipif(
    not (_HERE and _AXE.is_file()),
    reason="Chromium or axe-core is not installed; nobody looks for what not everybody can use",
)
# A machine that does much else may be slow.
PATIENCE = 60_000
_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


def violations(page: "Page", *rules: str) -> list[str]:
    """What axe finds on a page, by all its rules or some: the rule, and where."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_AXE.read_text("utf-8"))
    chosen = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate(
        "options => axe.run(document, {resultTypes: ['violations'], ...options})", chosen
    )
    return [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]
