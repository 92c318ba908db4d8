"""A workbook as if it had been saved at another moment, for the samples' people."""

import io
import re
import zipfile
from datetime import datetime

_PACKED = (2024, 1, 1, 0, 0, 0)


def saved_at(data: bytes, moment: datetime) -> bytes:
    """The workbook as if saved at this moment, and the same bytes whenever it is made."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
                pattern = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                content = re.sub(pattern, rb"\g<1>" + stamp, content)
            info = zipfile.ZipInfo(name, _PACKED)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return result.getvalue()
