"""Names in cells: found however they are spaced, guessed only when there is one guess."""

from collections.abc import Sequence

import pytest

from excel_uppsikt.language.choices import ChoiceReading, ChoicesReading, read_choice, read_choices
from excel_uppsikt.language.likeness import NEAR, Comparisons, alike
from excel_uppsikt.language.text import fold


def folded(names: Sequence[str]) -> dict[str, str]:
    return {fold(name): name for name in names}


NOT_STARTED, AS_PLANNED, DEVIATING = "Ej påbörjad", "Pågående enligt plan", "Pågående med avvikelse"
DONE, DONE_DEVIATING = "Avslutad enligt plan", "Avslutad med avvikelse"
STATUSES = folded((NOT_STARTED, AS_PLANNED, DEVIATING, DONE, DONE_DEVIATING))

HOME, STAFF, HOUSING = "Hemtjänst", "Bemanning", "Särskilt boende"
FAMILY, HEALTH, SUPPORT = (
    "Individ och familjeomsorg",
    "Kommunal hälso- och sjukvård",
    "Stöd och omsorg",
)
LISTED = "Skola, vård och omsorg"
UNITS = folded((HOME, STAFF, HOUSING, FAMILY, HEALTH, SUPPORT, LISTED))


@pytest.mark.parametrize(
    "written",
    [
        "Pågående enligt plan",
        "pågående enligt plan",
        "PÅGÅENDE ENLIGT PLAN",
        "  Pågående   enligt plan ",
        "Pågående\nenligt plan",
        "Pågående\u00a0enligt\tplan",
        "P\u00adågående enligt\u200b plan\ufeff",
        "Pa\u030aga\u030aende enligt plan",
        "Pågående enligt plan.",
    ],
)
def test_case_spaces_and_what_cannot_be_seen_do_not_count(written: str) -> None:
    assert read_choice(written, STATUSES) == ChoiceReading(AS_PLANNED)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Pågåene enligt plan", AS_PLANNED),
        ("Pågående enl. plan", AS_PLANNED),
        ("Avslutat enligt plan", DONE),
        ("Avslutad med avikelse", DONE_DEVIATING),
        ("Ej påbörjat", NOT_STARTED),
    ],
)
def test_the_only_near_name_is_taken_and_marked_as_a_near_miss(written: str, name: str) -> None:
    assert read_choice(written, STATUSES) == ChoiceReading(name, exact=False)


def test_several_near_names_are_asked_about_and_none_is_taken() -> None:
    names = folded(("Förskolan Norr", "Förskolan Nord", "Biblioteket"))
    assert read_choice("Förskolan Nor", names) == ChoiceReading(
        None, near=("Förskolan Norr", "Förskolan Nord")
    )


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Pågående", (AS_PLANNED, DEVIATING)),
        ("Avslutad", (DONE, DONE_DEVIATING)),
        # Its opposite may be asked about, but is never taken.
        ("Påbörjad", (NOT_STARTED,)),
        ("påbörjad", (NOT_STARTED,)),
        ("Klar", ()),
        ("xyz", ()),
        ("", ()),
    ],
)
def test_what_could_be_several_or_its_opposite_is_never_taken(
    written: str, near: tuple[str, ...]
) -> None:
    assert read_choice(written, STATUSES) == ChoiceReading(None, near=near)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Skola 1", "Skola 2"),
        ("Minst 2 träffar", "Minst 3 träffar"),
        ("Östra skolan", "Västra skolan"),
        ("Norra", "Södra"),
        ("Ej påbörjad", "Påbörjad"),
        ("Pågående enligt plan", "Pågående med avvikelse"),
    ],
)
def test_names_that_differ_in_a_number_or_a_whole_word_are_not_near(one: str, other: str) -> None:
    assert max(alike(fold(one), fold(other)), alike(fold(other), fold(one))) < NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Särskilt boende", "Särskilda boenden"),
        ("Individ & familjeomsorg", "Individ och familjeomsorg"),
        ("Hemtjänst", "Hemtjänsten"),
        ("Biblioteket", "Bibloteket"),
    ],
)
def test_misspelt_and_inflected_names_are_near(one: str, other: str) -> None:
    assert min(alike(fold(one), fold(other)), alike(fold(other), fold(one))) >= NEAR


def test_a_name_is_as_like_itself_as_can_be() -> None:
    assert [alike(name, name) for name in UNITS] == [1.0] * len(UNITS)


@pytest.mark.parametrize(
    "written",
    [
        "Hemtjänst;Bemanning",
        "Hemtjänst; Bemanning;",
        "Hemtjänst, Bemanning",
        "Hemtjänst\nBemanning",
        "Hemtjänst\r\nBemanning",
        "Hemtjänst och Bemanning",
        "Hemtjänst samt Bemanning",
        "Hemtjänst & Bemanning",
        "Hemtjänst/Bemanning",
        "Hemtjänst / Bemanning",
        "Hemtjänst, och Bemanning.",
        "- Hemtjänst\n- Bemanning",
        "\u2022 Hemtjänst\n\u2022 Bemanning",
        "HEMTJÄNST;bemanning",
        " hemtjänst ;\u200b Bemanning\u00a0",
        "Hemtjänst; Bemanning; Hemtjänst",
    ],
)
def test_units_are_told_apart_by_every_separator(written: str) -> None:
    assert read_choices(written, UNITS) == ChoicesReading((HOME, STAFF))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Individ och familjeomsorg", (FAMILY,)),
        ("Kommunal hälso- och sjukvård", (HEALTH,)),
        ("Kommunal hälso\u2011 och\nsjukvård", (HEALTH,)),
        ("Individ och familjeomsorg och Kommunal hälso- och sjukvård", (FAMILY, HEALTH)),
        ("Kommunal hälso- och sjukvård, Individ och familjeomsorg", (HEALTH, FAMILY)),
        ("Stöd och omsorg och Hemtjänst", (SUPPORT, HOME)),
        ("Skola, vård och omsorg, Hemtjänst och Stöd och omsorg", (LISTED, HOME, SUPPORT)),
        ("skola,  vård och omsorg", (LISTED,)),
    ],
)
def test_names_that_hold_och_and_commas_are_found_whole(
    written: str, names: tuple[str, ...]
) -> None:
    assert read_choices(written, UNITS) == ChoicesReading(names)


def test_the_longest_name_is_found_first() -> None:
    names = folded(("Skola", "Skola och vård", "Skola och vård norr", "Vård"))
    assert [
        read_choices(written, names).names
        for written in (
            "Skola och vård norr",
            "Skola och vård",
            "Skola och Skola och vård",
            "Vård och Skola",
            "Skola; vård",
        )
    ] == [
        ("Skola och vård norr",),
        ("Skola och vård",),
        ("Skola", "Skola och vård"),
        ("Vård", "Skola"),
        ("Skola", "Vård"),
    ]


def test_a_name_inside_a_longer_word_is_not_that_name() -> None:
    names = folded(("Skola", "Vård"))
    assert read_choices("Förskola; Vård-centralen", names) == ChoicesReading(
        (), (), (("Förskola", ("Skola",)), ("Vård-centralen", ("Vård",)))
    )


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("Köket", ChoicesReading((), (), (("Köket", ()),))),
        ("Hemtjänst; Köket", ChoicesReading((HOME,), (), (("Köket", ()),))),
        (
            "Köket, Hemtjänst och Vaktmästeriet",
            ChoicesReading((HOME,), (), (("Köket", ()), ("Vaktmästeriet", ()))),
        ),
        (
            "Individ och familjeomsorg och Köket",
            ChoicesReading((FAMILY,), (), (("Köket", ()),)),
        ),
    ],
)
def test_what_is_left_over_is_unknown_and_keeps_its_words(
    written: str, reading: ChoicesReading
) -> None:
    assert read_choices(written, UNITS) == reading


@pytest.mark.parametrize(
    ("written", "names", "taken"),
    [
        ("Hemtjänsten", (HOME,), (("Hemtjänsten", HOME),)),
        ("Särskilda boenden; Hemtjänst", (HOUSING, HOME), (("Särskilda boenden", HOUSING),)),
        ("Individ & familjeomsorg", (FAMILY,), (("Individ & familjeomsorg", FAMILY),)),
        ("Hemtjänst och Stöd och omsorgen", (HOME, SUPPORT), (("Stöd och omsorgen", SUPPORT),)),
        ("Stöd och omsorgen, samt Hemtjänst", (SUPPORT, HOME), (("Stöd och omsorgen", SUPPORT),)),
        (
            "Stöd och omsorgen och hemtjänsten",
            (SUPPORT, HOME),
            (("Stöd och omsorgen", SUPPORT), ("hemtjänsten", HOME)),
        ),
        (
            "Bemaning, Skola, vård & omsorg",
            (STAFF, LISTED),
            (("Bemaning", STAFF), ("Skola, vård & omsorg", LISTED)),
        ),
    ],
)
def test_near_misses_of_units_are_taken_with_what_was_written(
    written: str, names: tuple[str, ...], taken: tuple[tuple[str, str], ...]
) -> None:
    assert read_choices(written, UNITS) == ChoicesReading(names, taken)


def test_a_unit_that_could_be_two_is_asked_about() -> None:
    names = folded(("Förskolan Norr", "Förskolan Nord"))
    assert read_choices("Förskolan Nor", names) == ChoicesReading(
        (), (), (("Förskolan Nor", ("Förskolan Norr", "Förskolan Nord")),)
    )


@pytest.mark.parametrize(
    "written", ["", "  ", ";", "; , /", "och", "\n\u200b\n", "-", "& och samt"]
)
def test_a_cell_of_nothing_but_separators_names_nobody(written: str) -> None:
    assert read_choices(written, UNITS) == ChoicesReading()


def test_earlier_names_lead_to_the_unit_as_it_is_called_now() -> None:
    names = UNITS | {fold("Äldreomsorgen"): HOUSING}
    assert read_choices("äldreomsorgen; Särskilt boende", names) == ChoicesReading((HOUSING,))


def test_a_cell_longer_than_any_list_is_unknown_as_a_whole() -> None:
    """A pasted text of 32,000 letters is not compared with every name, piece by piece."""
    pasted = "Enhet nummer ett; " * 1_800
    assert read_choices(pasted, {"hemtjänst": "Hemtjänst"}).unknown == ((pasted, ()),)


# --- Bounds -----------------------------------------------------------------------------------------


def test_texts_of_very_different_lengths_are_never_near() -> None:
    """Not compared, since it takes long: their likeness is at most the share of the lengths."""
    assert alike("ab", "ab" * 50) == alike("ab" * 50, "ab") == 0.02
    assert alike("hemtjänst", "hemtjänst" * 3_000) == 1 / 3_000


def test_only_so_many_different_texts_are_compared() -> None:
    comparisons = Comparisons(2)
    allowed = [comparisons.allow(text) for text in ("a", "b", "a", "c", "b", "c")]
    assert allowed == [True, True, True, False, True, False]
    assert comparisons.used_up


def test_when_comparisons_are_used_up_exact_names_are_read_and_near_ones_are_unknown() -> None:
    comparisons = Comparisons(1)
    assert read_choice("Pågåene enligt plan", STATUSES, comparisons).name == AS_PLANNED
    assert read_choice("Ej påbörja", STATUSES, comparisons) == ChoiceReading(None)
    assert read_choice("ej påbörjad", STATUSES, comparisons) == ChoiceReading(NOT_STARTED)
    assert read_choices("Bemaning, hemtjänst", UNITS, comparisons) == ChoicesReading(
        (HOME,), unknown=(("Bemaning, hemtjänst", ()),)
    )
    assert read_choices("Bemanning, hemtjänst", UNITS, comparisons) == ChoicesReading((STAFF, HOME))


def test_a_cell_with_very_much_left_is_unknown_as_a_whole_but_for_its_names() -> None:
    left = ", ".join(f"sak {number}" for number in range(101))
    written = f"{HOME}; {left}"
    assert read_choices(written, UNITS) == ChoicesReading((HOME,), unknown=((written, ()),))
    fewer = ", ".join(f"sak {number}" for number in range(90))
    assert len(read_choices(f"{HOME}; {fewer}", UNITS).unknown) == 90


def test_many_names_and_one_unknown_are_told_apart_however_long_the_list() -> None:
    names = folded([f"Förskolan nummer {number}" for number in range(150)])
    written = ", ".join([*names.values(), "Okänd"])
    assert read_choices(written, names) == ChoicesReading(
        tuple(names.values()), unknown=(("Okänd", ()),)
    )


def test_names_are_found_beside_letters_that_change_length_in_lower_case() -> None:
    """İ becomes two, so that places in the two would differ."""
    assert read_choices(f"İİ; {HOME.upper()}", UNITS) == ChoicesReading(
        (HOME,), unknown=(("İİ", ()),)
    )
