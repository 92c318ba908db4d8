"""The properties of zipped workbooks: the custom ones of .xlsx and .xlsb, and when any was saved."""

from datetime import UTC, datetime

from excel_uppsikt.excel.trees import Trees, local_name


def custom_properties(trees: Trees) -> dict[str, str]:
    """The custom properties of an .xlsx or .xlsb workbook, as text by name (ECMA-376 part 1, 22.3)."""
    return {
        element.get("name", ""): "".join(element.itertext())
        for element in trees.outermost("docprops/custom.xml", "property")
    }


def last_modified(trees: Trees) -> datetime | None:
    """When an .xlsx or .xlsb workbook was saved (UTC, without a zone), or None."""
    return moment(trees, "docprops/core.xml", "modified", utc=True)


def moment(trees: Trees, part: str, name: str, *, utc: bool) -> datetime | None:
    """The moment in a part's first element of a name, in UTC without a zone, or None.

    A time that tells no zone is taken for UTC, or else for the time of this computer's own.
    """
    for element in trees.elements(part):
        if local_name(element.tag) == name:
            try:
                found = datetime.fromisoformat((element.text or "").strip())
                if found.tzinfo is None and utc:
                    return found
                return found.astimezone(UTC).replace(tzinfo=None)
            except (ValueError, OverflowError, OSError):
                return None
    return None
