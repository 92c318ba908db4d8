"""Names that every file system takes, and no two alike."""

from itertools import islice

from excel_uppsikt.language.file_names import TakenNames, numbered


def test_files_of_one_name_are_numbered_and_none_takes_anothers_name() -> None:
    taken = TakenNames()
    names = ("a.xlsx", "a (2).xlsx", "a.xlsx", "b/a.xlsx", "a.xlsx", "a (2).xlsx")
    assert [taken.own(name) for name in names] == [
        *("a.xlsx", "a (2).xlsx", "a (3).xlsx", "b/a.xlsx", "a (4).xlsx", "a (2) (2).xlsx")
    ]


def test_names_that_differ_in_case_are_one_where_the_disk_says_so() -> None:
    taken = TakenNames(str.casefold)
    assert [taken.own(name) for name in ("A.xlsx", "a.xlsx", "B.xlsx")] == [
        "A.xlsx", "a (2).xlsx", "B.xlsx",
    ]  # fmt: skip


def test_thousands_of_one_name_are_numbered_at_once() -> None:
    taken = TakenNames()
    assert [taken.own("a.xlsx") for _ in range(20_000)][-1] == "a (20000).xlsx"


def test_words_stand_before_the_number() -> None:
    assert list(islice(numbered("ut/a.docx", words="ny"), 2)) == [
        "ut/a (ny 2).docx",
        "ut/a (ny 3).docx",
    ]
    assert list(islice(numbered("a.docx", first=1), 2)) == ["a (1).docx", "a (2).docx"]
