"""Texts as HTML: what a unit wrote is never markup, and a day is never broken between two lines."""

from excel_uppsikt.web.render import days


def test_a_day_is_held_together_and_all_else_is_escaped() -> None:
    assert days("<b>formulär</b> 2026-11-28 (utkast), id 12345-67-89") == (
        '&lt;b&gt;formulär&lt;/b&gt; <span class="day">2026-11-28</span> (utkast), id 12345-67-89'
    )
