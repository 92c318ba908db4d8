"""The first of the runs that `make endurance` kills."""

from tests.corpus import kills


def test_a_run_that_is_killed_leaves_whole_files_and_nothing_to_tidy() -> None:
    """One that has been run before its last form came in: at any time, while laying out, amid writing."""
    figures = kills.run(3, names=(kills.LATE,))
    assert figures.failures == []
    assert figures.counts.total() == 3
    moments = {how.partition(", ")[2].partition(":")[0] for how in figures.counts}
    assert moments == {"at any time", "while LibreOffice worked", "amid its writing"}
