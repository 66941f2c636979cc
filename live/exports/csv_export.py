"""
Writes CSV as Norwegian spreadsheets read it: UTF-8 with BOM, `;`, CRLF, English keys, and no cell that is a formula.
"""

import csv
import io
import re

from live.exports.snapshot import COLUMNS, Row, Snapshot

# What a spreadsheet reads as the start of a formula, also in full width and after spaces, which it ignores.
_runs = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_unwritable = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """*text* without characters that spreadsheets and XML can't hold; line ends are \\n."""
    return _unwritable.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def runs(text: str) -> bool:
    """Whether a spreadsheet would read *text* as a formula."""
    return _runs.match(text) is not None


def cell(value: str | int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = printable(str(value))
    return f"'{text}" if runs(text) else text


def cells(row: Row) -> list[str | int | bool | None]:
    return [getattr(row, column) for column in COLUMNS]


def write(snapshot: Snapshot) -> bytes:
    file = io.StringIO()
    lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows([cell(value) for value in cells(row)] for row in snapshot.rows)
    return file.getvalue().encode("utf-8-sig")
