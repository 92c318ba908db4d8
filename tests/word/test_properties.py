"""A Word document's keywords and title, however the file tells them, and nothing of what cannot be read."""

import io
import zipfile

import docx
import pytest

from excel_uppsikt.word.properties import keywords_and_title

BOTH = ("Skola & förskola", "Uppsiktsrapport")


def document() -> bytes:
    made = docx.Document()
    made.core_properties.keywords, made.core_properties.title = BOTH
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_parts(change: dict[str, bytes | None], **renamed: str) -> bytes:
    """The document with other parts; None for one left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = change.get(name, source.read(name))
            if data is not None:
                target.writestr(renamed.get(name.rpartition("/")[2].partition(".")[0], name), data)
    return stream.getvalue()


RELATIONS, CORE = "_rels/.rels", "docProps/core.xml"


def relations() -> bytes:
    with zipfile.ZipFile(io.BytesIO(document())) as source:
        return source.read(RELATIONS)


def test_they_are_told_wherever_the_file_has_them() -> None:
    elsewhere = relations().replace(CORE.encode(), b"/package/props.psmdcp")
    moved = with_parts({RELATIONS: elsewhere}, core="package/props.psmdcp")
    assert [keywords_and_title(one) for one in (document(), moved)] == [BOTH, BOTH]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"no zip file",
        document()[:-200],
        with_parts({RELATIONS: None}),
        with_parts({CORE: None}),
        with_parts({CORE: b"<cut"}),
        with_parts({RELATIONS: b"<Relationships/>"}),
        with_parts({CORE: b"<empty/>"}),
    ],
)
def test_nothing_is_told_of_what_cannot_be_read(damaged: bytes) -> None:
    assert keywords_and_title(damaged) == ("", "")
