"""What a records office takes in when a meeting is to be deleted: all of it in formats that last, and their hashes."""

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
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same meeting gives the same file, whenever it is asked for
KEPT: dict[str, Callable[[Snapshot], bytes]] = {
    "html": write_html, "json": write_json, "csv": write_csv, "xlsx": write_xlsx, "pdf": pdf_export.write,
}  # fmt: skip


def write(told: Snapshot) -> bytes:
    """
    A zip of `innspill-CODE.html`, `.json`, `.csv`, `.xlsx`, and `.pdf` where the extra is there, with their hashes in
    SHA256SUMS as `sha256sum -c` reads them.
    """
    files: dict[str, bytes] = {}
    for format, make in KEPT.items():
        with contextlib.suppress(ExtraMissing):
            files[f"innspill-{told.room.code}.{format}"] = make(told)
    files[SUMS] = "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in files.items()).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return packed.getvalue()
