"""Writes the zip archive for a records office: the export in several lasting formats, with their hashes."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from hashlib import sha256

from live.errors import ExtraMissing
from live.exports import pdf_export
from live.exports.csv_export import write as write_csv
from live.exports.html_export import write as write_html
from live.exports.json_export import write as write_json
from live.exports.snapshot import Snapshot
from live.exports.xlsx_export import write as write_xlsx

SUMS = "SHA256SUMS"
EPOCH = (1980, 1, 1, 0, 0, 0)  # a fixed date, so that the same content always gives the same file
CONTENTS: dict[str, Callable[[Snapshot], bytes]] = {
    "html": write_html, "json": write_json, "csv": write_csv, "xlsx": write_xlsx, "pdf": pdf_export.write,
}  # fmt: skip


def write(snapshot: Snapshot) -> bytes:
    """
    A zip of `innspill-CODE.html`, `.json`, `.csv`, `.xlsx`, and `.pdf` where its libraries are installed, with their
    hashes in SHA256SUMS, which `sha256sum -c` reads.
    """
    files: dict[str, bytes] = {}
    for format, make in CONTENTS.items():
        with contextlib.suppress(ExtraMissing):
            files[f"innspill-{snapshot.room.code}.{format}"] = make(snapshot)
    files[SUMS] = "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in files.items()).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return packed.getvalue()
