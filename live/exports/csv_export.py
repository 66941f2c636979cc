"""CSV as Norwegian spreadsheets read it: UTF-8 with BOM, `;`, CRLF, English keys, and no cell that runs."""

import csv
import io
import re

from live.exports.snapshot import COLUMNS, Row, Snapshot

# What a spreadsheet takes for the start of a formula, also in full width and behind spaces it drops.
_runs = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_unwritable = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """*text* without what neither a spreadsheet nor XML can hold; line ends are \\n."""
    return _unwritable.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def runs(text: str) -> bool:
    """Would a spreadsheet try to reckon this?"""
    return _runs.match(text) is not None


def cell(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = printable(str(value))
    return f"'{text}" if runs(text) else text


def cells(row: Row) -> list[str | int | bool]:
    return [getattr(row, column) for column in COLUMNS]


def write(told: Snapshot) -> bytes:
    file = io.StringIO()
    lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows([cell(value) for value in cells(row)] for row in told.rows)
    return file.getvalue().encode("utf-8-sig")
