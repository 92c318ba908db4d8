"""The first of the mutants that `make endurance` goes through."""

from tests.corpus import fuzz


def test_no_mutant_raises_hangs_or_costs_the_form_beside_it_anything() -> None:
    """Some are read and some are refused, so that there is something to lose."""
    figures = fuzz.run(15, 0)
    assert figures.failures == {}
    assert set(figures.counts) == {"F201", "read"}
